import type { INodeProperties } from 'n8n-workflow';

import { choiceOf } from '../../values/choice';
import { truth } from '../../values/truth';

const tapsOnlyField: INodeProperties = {
	displayName: 'Only Taps Count',
	name: 'tapsOnly',
	type: 'boolean',
	default: false,
	description:
		'Whether a written text never counts as a tap, not even a title in full. For questions that nobody must answer by accident.',
};

/** What becomes of a text that is none of the choices. */
const otherTextField: INodeProperties = {
	displayName: 'If Something Else Is Written',
	name: 'otherText',
	type: 'options',
	options: [
		{
			name: 'Ask Again',
			value: 'askAgain',
			description: 'It counts as a wrong answer',
		},
		{
			name: 'Take It as the Answer',
			value: 'accept',
			description: 'The answer then has a text and no ID',
		},
		{
			name: 'Ignore It',
			value: 'leave',
			description: 'It starts other workflows as if nothing had been asked',
		},
	],
	default: 'askAgain',
	description:
		'What to do with a text that fits none of the choices. One that fits a title in any spelling, or its place, such as "2", counts as a tap, unless only taps do.',
};

/** What becomes of a written text where a tap is wanted. */
export const writtenFields: INodeProperties[] = [tapsOnlyField, otherTextField];

/** Checks these fields. */
export const writtenShape = {
	tapsOnly: truth,
	otherText: choiceOf(['askAgain', 'accept', 'leave']).prefault('askAgain'),
};
