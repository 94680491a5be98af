import { z } from 'zod/v4';
import { checkLength, countCharacters, formatNumber } from '../values/limits';
import { requiredText } from '../values/schema/reading';
import { report } from '../values/row';
import { closeCodeBlocks, codeFence } from './closeCodeBlocks';
import { defineMessage } from './messageType';
import { splitText } from './splitText';
import { truth } from '../values/truth';

/** Longest text of one message, in characters. */
const maxTextCharacters = 4096;

/** Longest text outside the window, where it becomes the body of a template. */
const maxCharactersOutside = 1024;

/** More messages than this at once would be a flood, not a text. */
const maxParts = 20;

/** A plain text. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
export const text = defineMessage({
	fields: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Hello! Your order is on its way.',
			hint: 'Up to 4,096 characters, with *bold*, _italic_, ~struck~, ```fixed width```, > quotes and - lists',
		},
		{
			displayName: 'Preview Link',
			name: 'previewUrl',
			type: 'boolean',
			default: false,
			description: 'Whether WhatsApp shows a preview of the first link in the text',
		},
	],
	options: [
		{
			displayName: 'Split Long Text',
			name: 'splitLongText',
			type: 'boolean',
			default: true,
			description:
				'Whether to send a text of more than 4,096 characters as several messages, split between paragraphs or sentences, instead of refusing it. Each message returns its own item.',
		},
	],
	schema: z
		.object({
			text: requiredText(maxTextCharacters * maxParts),
			previewUrl: truth,
			options: z.object({ splitLongText: truth }).prefault({ splitLongText: false }),
		})
		.check(({ value, issues }) => {
			if (value.options.splitLongText) return;
			const advice = 'Shorten it, or switch on Options › Split Long Text.';
			checkLength(value.text, maxTextCharacters, { issues }, ['text'], advice);
		}),
	build: ({ text: whole, previewUrl, options }) => {
		const parts = options.splitLongText ? partsOf(whole) : [whole];
		const contents = parts.map((body) => ({
			type: 'text',
			text: { body, ...(previewUrl ? { preview_url: true } : {}) },
		}));
		const [first] = contents;
		return contents.length === 1 && first ? first : contents;
	},
	outsideWindow({ text: whole }, problems) {
		const length = countCharacters(whole);
		if (length <= maxCharactersOutside) return;
		const limit = `can have at most ${formatNumber(maxCharactersOutside)} characters`;
		const problem = `${limit} with Send Outside the Window, but has ${formatNumber(length)}`;
		report(problems, ['text'], problem, 'tooLong');
	},
});

/** A fixed-width block that is split stays fixed-width in each part. */
function partsOf(whole: string): string[] {
	if (!whole.includes(codeFence)) return splitText(whole, maxTextCharacters);
	return closeCodeBlocks(splitText(whole, maxTextCharacters - 2 * codeFence.length));
}
