import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { parseBody } from '../../../nodes/WhatsAppCloud/trigger/receive/parseBody';
import { samplesFolder, withSamples } from '../../samples';
import { messagesWebhook } from './fixture';

/** Independent samples, not part of this repository; see CONTRIBUTING.md. */
const CORPUS = join(samplesFolder(join(__dirname, '../../..')), 'webhooks');

interface Sample extends JsonObject {
	entry: {
		id: string;
		changes: { field: string; value: JsonObject }[];
	}[];
}

/** Lists in which Meta puts one entry per occurrence. */
const LISTS = [
	...['messages', 'statuses', 'errors', 'message_echoes', 'calls', 'groups', 'user_preferences'],
	...['user_actions', 'automatic_events', 'state_sync'],
];

interface Part {
	id?: unknown;
	status?: unknown;
}

/** What a sample contains, found without any of the trigger's code. */
function partsOf(sample: Sample): Part[] {
	return sample.entry.flatMap(({ changes }) =>
		changes.flatMap(({ value }) => {
			const lists = Object.keys(value).filter((key) => LISTS.includes(key));
			return lists.length === 0 ? [{}] : lists.flatMap((list) => value[list] as Part[]);
		}),
	);
}

/** Each part of a body became exactly one event; nothing is lost. */
function expectWhole(bytes: Buffer): void {
	const sample = JSON.parse(bytes.toString('utf8')) as Sample;
	const parsed = parseBody(bytes);
	if (!parsed.ok) throw new Error('not parsed');
	const events = normalise(parsed.payload);

	const carried = events.filter(({ businessAccountId }) =>
		sample.entry.some(({ id }) => id === businessAccountId),
	);
	expect(carried).toEqual(events);
	const parts = partsOf(sample);
	expect(events).toHaveLength(parts.length);
	for (const [index, { id, status }] of parts.entries()) {
		if (id !== undefined) expect(events[index]?.id).toBe(id);
		if (status !== undefined && events[index]?.event === 'status') {
			expect(events[index]).toMatchObject({ status });
		}
	}
	expect(events.filter(({ event }) => event === 'other')).toEqual([]);
	for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
}

test('two messages and a status in one webhook become three events', () => {
	const message = { from: '49', timestamp: '1', type: 'text', text: { body: 'Hi' } };
	const status = { id: 'wamid.3', status: 'read', timestamp: '2', recipient_id: '49' };
	const messages = ['wamid.1', 'wamid.2'].map((id) => ({ ...message, id }));
	const body = messagesWebhook({ messages, statuses: [status] });
	expect(partsOf(body as Sample)).toHaveLength(3);
	expectWhole(Buffer.from(JSON.stringify(body)));
});

withSamples(CORPUS, 'independent samples of webhooks', () => {
	const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.map((file) => join(CORPUS, file));

	test('there are samples', () => expect(files).not.toEqual([]));

	test.each(files.map((file) => [relative(CORPUS, file), file]))('%s', (_, file) =>
		expectWhole(readFileSync(file)),
	);
});
