import type { INodeProperties } from 'n8n-workflow';
import { requiredText } from '../../../values/schema/reading';
import { report } from '../../../values/schema/singleStep';

const [minCharacters, maxCharacters] = [2, 75];

/** The name that people see; Meta reviews it. */
export const displayNameField: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Lucky Shrub',
	hint: '2 to 75 characters',
	description: 'What people see as the name of the number. Meta reviews it.',
};

export const displayNameSchema = requiredText(maxCharacters).check(({ value, issues }) => {
	if (value.trim().length >= minCharacters || value.trim() === '') return;
	report({ issues }, [], `needs at least ${minCharacters} characters`, 'tooSmall');
});
