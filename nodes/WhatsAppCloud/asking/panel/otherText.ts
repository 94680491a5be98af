import type { INodeProperties } from 'n8n-workflow';

import { choiceOf } from '../../values/choice';

/** What becomes of a text that is none of the choices. */
export const otherTextField: INodeProperties = {
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
		'What to do with a text that fits none of the choices. One that fits a title in any spelling, or its place, such as "2", counts as a tap.',
};

export const otherTextSchema = choiceOf(['askAgain', 'accept', 'leave']).prefault('askAgain');
