import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';
import { listFields } from '../../../fields/listField';
import { choiceOf } from '../../../values/choice';
import { requiredText } from '../../../values/schema/reading';
import { listOf } from '../../../values/list';
import { report, rowWith } from '../../../values/row';

const maxIceBreakers = 4;
const maxCommands = 30;

const hasEmoji = /\p{Extended_Pictographic}/u;

/** Meta takes no emoji here. */
const plainText = (max: number) =>
	requiredText(max).check(({ value, issues }) => {
		if (hasEmoji.test(value)) report({ issues }, [], 'has an emoji; Meta takes none here');
	});

const row = (displayName: string, name: string, hint: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	hint,
});

/** Which lists to replace, and their rows. */
export const componentFields: INodeProperties[] = [
	{
		displayName: 'Replace',
		name: 'change',
		type: 'options',
		options: [
			{ name: 'Both', value: 'both' },
			{ name: 'Commands', value: 'commands' },
			{ name: 'Ice Breakers', value: 'iceBreakers' },
		],
		default: 'both',
		description: 'The chosen lists are replaced as a whole; an empty list removes all of it',
	},
	...listFields({
		name: 'iceBreakers',
		displayName: 'Ice Breakers',
		rowName: 'iceBreaker',
		rowDisplayName: 'Ice Breaker',
		hint: `Up to ${maxIceBreakers}, of 80 characters each and without emoji`,
		description: 'What people can tap before they have written anything',
		row: [row('Text', 'text', 'Up to 80 characters')],
		jsonExample: [{ text: 'When are you open?' }],
		displayOptions: { show: { change: ['both', 'iceBreakers'] } },
	}),
	...listFields({
		name: 'commands',
		displayName: 'Commands',
		rowName: 'command',
		rowDisplayName: 'Command',
		hint: `Up to ${maxCommands}, without emoji`,
		description: 'What people see when they type a slash',
		row: [
			row('Name', 'name', 'Up to 32 characters, without the slash'),
			row('Description', 'description', 'Up to 256 characters'),
		],
		jsonExample: [{ name: 'order', description: 'Order a plant' }],
		displayOptions: { show: { change: ['both', 'commands'] } },
	}),
];

const iceBreaker = rowWith({ text: plainText(80) }, { fromScalar: (text) => ({ text }) });

/** Schemas of these fields. */
export const componentShape = {
	change: choiceOf(['both', 'commands', 'iceBreakers']).default('both'),
	iceBreakers: listOf(iceBreaker, { min: 0, max: maxIceBreakers }, 'iceBreaker').transform((rows) =>
		rows.map(({ text }) => text),
	),
	commands: listOf(
		rowWith({
			name: plainText(32).transform((name) => name.replace(/^\//, '')),
			description: plainText(256),
		}),
		{ min: 0, max: maxCommands },
		'command',
	),
} satisfies z.ZodRawShape;
