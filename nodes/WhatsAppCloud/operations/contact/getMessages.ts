import { z } from 'zod/v4';
import { historyFilter, historyOptions, historyShape, messageCountField } from '../../memory/panel';
import { noPresent } from '../../memory/conversation';
import { readHistory, requireTexts, unreadableNote } from '../../memory/readHistory';
import { defineOperation } from '../../node/operation';
import { requireStore } from '../../node/requireStore';
import { senderOf } from '../../node/sender';
import { systemClock } from '../../time/system/systemClock';
import { optionalId, requiredId } from '../../values/id';
import { isoTime } from '../../values/timestamp';
import { atNumberField } from './getContact';
import { contactField, personOf } from './person';

/** What a person and the business have written to each other. */
export const getMessages = defineOperation({
	name: 'Get Messages',
	action: 'Get messages of contact',
	description:
		'List the last messages of a conversation, whoever wrote them, oldest first. Needs Keep Texts in the credential.',
	fields: [
		contactField,
		atNumberField,
		messageCountField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: historyOptions,
		},
	],
	schema: z.object({
		contact: requiredId(256),
		phoneNumberId: optionalId(64),
		...historyShape,
	}),
	outputSchema: {
		author: 'string',
		type: 'string',
		text: 'string',
		line: 'string',
		messageId: 'string',
		at: 'string',
	},
	concurrency: 20,
	async execute(run, values) {
		const { account, host } = run;
		requireTexts(account);
		const phoneNumberId = senderOf(run, values.phoneNumberId, atNumberField.displayName);
		const store = await requireStore(run);
		const { accountKey, key } = personOf(account, values.contact);
		const request = { accountKey, contactKey: key, phoneNumberId, ...historyFilter(values) };
		const now = systemClock.now();
		const { messages, unreadable } = await readHistory(store, account, request, noPresent, now);
		if (unreadable > 0) {
			host.addExecutionHints({ message: unreadableNote(unreadable), location: 'outputPane' });
		}
		return messages.map(({ author, message, line, at }) => ({
			json: {
				author,
				type: message.type,
				text: message.text,
				line,
				messageId: message.id,
				at: isoTime(at),
			},
		}));
	},
});
