import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { JsonValue } from '../../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import {
	decodeEvents,
	encodeEvent,
} from '../../../../nodes/WhatsAppCloud/trigger/deliveries/content';
import { toItems } from '../../../../nodes/WhatsAppCloud/trigger/execution/items';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { samplesFolder, withSamples } from '../../../samples';
import { changeWebhook, fixturesIn, messagesWebhook, readFixture } from '../../events/fixture';

const keeper = { appSecret: 'secret', hashIdentifiers: true, keepTexts: false };

function itemsOf(
	payload: JsonValue,
	settings: object = {},
	isChosen: (id: string | null) => boolean = () => true,
) {
	const options = readOptions({ outputFormat: 'builtIn', settings, timeZone: 'UTC' });
	const contents = normalise(payload)
		.filter(({ id }) => isChosen(id))
		.map((event) => encodeEvent(event, keeper, true));
	const events = decodeEvents(contents, keeper.appSecret) ?? [];
	return toItems(events, new Map(), options, keeper.appSecret).map((output) =>
		output.map(({ json }) => json),
	);
}

interface Payload {
	entry: { changes: { field: string; value: object }[] }[];
}

/** What n8n's WhatsApp Trigger makes of a webhook. */
const builtIn = (payload: JsonValue): object[] =>
	(payload as unknown as Payload).entry.flatMap(({ changes }) =>
		changes.map(({ field, value }) => ({ ...value, field })),
	);

const message = (id: string, from: string) => ({
	id,
	from,
	timestamp: '1793620800',
	type: 'text',
	text: { body: `text of ${id}` },
});

describe('the items are those of n8n’s WhatsApp Trigger', () => {
	test('several messages, statuses and empty lists stay in one item', () => {
		const payload = messagesWebhook({
			contacts: [{ wa_id: '49', profile: { name: 'Ada' } }],
			messages: [message('a', '49'), message('b', '50')],
			statuses: [{ id: 'c', status: 'read', recipient_id: '49' }],
			errors: [],
		});
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});

	test('changes of one webhook are items of their own, also those that look the same', () => {
		const change = { field: 'messages', value: { messages: [message('a', '49')] } };
		const payload = {
			object: 'whatsapp_business_account',
			entry: [{ id: '1', changes: [change, structuredClone(change)] }],
		};
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});

	test('a chat history, in as many parts as it has messages', () => {
		const thread = (id: string) => ({ id, messages: [message(`${id}a`, id)] });
		const payload = changeWebhook('history', {
			history: [{ metadata: { phase: 1 }, threads: [thread('49')] }, { threads: [thread('50')] }],
		});
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});

	test.each(fixturesIn('messages'))('%s', (name) => {
		const { message: written } = readFixture(name) as { message: JsonValue };
		const payload = messagesWebhook({ messages: [written] });
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});

	/** No object, or a history whose threads hold several messages. */
	const others = ['value-that-is-no-object', 'history', 'history-with-context'];
	const notices = fixturesIn('notices').filter((name) => !others.includes(name.slice(8)));
	test.each(notices)('%s', (name) => {
		const { field, value } = readFixture(name) as { field: string; value: JsonValue };
		const payload = changeWebhook(field, value);
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});
});

test('what filters keep out, or came before, is left out of its change', () => {
	const payload = messagesWebhook({ messages: [message('a', '49'), message('b', '50')] });
	expect(itemsOf(payload, {}, (id) => id === 'b')).toEqual([
		[{ ...builtIn(payload)[0], messages: [message('b', '50')] }],
	]);
});

test('split outputs split a change', () => {
	const status = { id: 'c', status: 'read', recipient_id: '49' };
	const payload = messagesWebhook({ messages: [message('a', '49')], statuses: [status] });
	const [messages, statuses, rest] = itemsOf(payload, { splitOutputs: true });
	expect(messages).toEqual([expect.not.objectContaining({ statuses: [status] })]);
	expect(statuses).toEqual([expect.not.objectContaining({ messages: [message('a', '49')] })]);
	expect(rest).toEqual([]);
});

test('collected messages of a person are one item, across webhooks', () => {
	const options = readOptions({
		outputFormat: 'builtIn',
		settings: { collect: { wait: {} } },
		timeZone: 'UTC',
	});
	const contents = ['a', 'b'].flatMap((id) =>
		normalise(messagesWebhook({ messages: [message(id, '49')] })).map((event) =>
			encodeEvent(event, keeper, true),
		),
	);
	const events = decodeEvents(contents, keeper.appSecret) ?? [];
	const [items] = toItems(events, new Map(), options, keeper.appSecret);
	expect(items?.map(({ json }) => json)).toMatchObject([
		{ field: 'messages', messages: [{ id: 'a' }, { id: 'b' }] },
	]);
});

test('an event that was stored for another format stands alone', () => {
	const options = readOptions({ outputFormat: 'builtIn', timeZone: 'UTC' });
	const [items] = toItems(
		normalise(messagesWebhook({ messages: [message('a', '49')] })),
		new Map(),
		options,
		keeper.appSecret,
	);
	expect(items?.map(({ json }) => json)).toEqual([message('a', '49')]);
});

test('an event that was stored for this format shows nothing of it in another one', () => {
	const [event] = normalise(messagesWebhook({ messages: [message('a', '49')] }));
	if (event === undefined) throw new Error('no event');
	const placed = decodeEvents([encodeEvent(event, keeper, true)], keeper.appSecret) ?? [];
	const options = readOptions({ timeZone: 'UTC' });
	const [items] = toItems(placed, new Map(), options, keeper.appSecret);
	expect(items?.[0]?.json).not.toHaveProperty('place');
});

test.each(['builtIn', 'raw'])('%s data cannot be redacted', (outputFormat) => {
	expect(() => readOptions({ outputFormat, settings: { redact: true }, timeZone: 'UTC' })).toThrow(
		'"Options › Redact" cannot be applied to Meta\'s own data',
	);
});

const CORPUS = join(samplesFolder(join(__dirname, '../../../..')), 'webhooks');
withSamples(CORPUS, 'items of n8n’s trigger against independent samples of webhooks', () => {
	const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => join(CORPUS, file));

	test.each(files.map((file) => [relative(CORPUS, file), file]))('%s', (_, file) => {
		const payload = JSON.parse(readFileSync(file, 'utf8')) as JsonValue;
		expect(itemsOf(payload)).toEqual([builtIn(payload)]);
	});
});
