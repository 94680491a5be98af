import { templateField } from '../../fields/locators/templateField';
import { idOfForm } from '../../values/id';
import { checkSize, textListOf } from '../../values/list';
import { targetOf } from '../../node/management/target';
import type { INodeProperties } from 'n8n-workflow';

const digits = /^\d{1,32}$/;

/** The ID of a template in one language. */
export const templateIdSchema = idOfForm(digits, 'must be an ID, which consists of digits only');

/** One template in one language. */
export const template = targetOf({
	label: 'Template',
	fields: [templateField('templateId', 'Template', 'The template, in one of its languages')],
	shape: { templateId: templateIdSchema },
	idOf: (_run, { templateId }) => templateId,
});

/** The most that Meta takes at once. */
const maxTemplates = 100;

/** Several templates by ID. */
export const templateIdsField = (description: string): INodeProperties => ({
	displayName: 'Template IDs',
	name: 'templateIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1407680676729941, 1387372356726668',
	hint: 'Up to 100, separated by commas',
	description,
});

const ids = textListOf((id) => (digits.test(id) ? id : null), 'is no ID of a template');

/** A list of IDs, each once. */
export const templateIds = (limits = { min: 1, max: maxTemplates }) =>
	ids.transform((given, context): string[] => {
		const different = [...new Set(given)];
		checkSize(different.length, limits, context);
		return different;
	});
