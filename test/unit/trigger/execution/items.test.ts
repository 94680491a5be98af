import {
	byOutput,
	itemJson,
	toItems,
} from '../../../../nodes/WhatsAppCloud/trigger/execution/items';
import { type ItemShape } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { messagesWebhook, readFixture } from '../../events/fixture';

const events = normalise(readFixture('mixed-batch'));
const toOutputs = (list: typeof events, shape: ItemShape) =>
	byOutput(list, shape).map((output) => output.map((event) => itemJson(event, shape)));
const shapeOf = (parameters: object) => readOptions({ ...parameters, timeZone: 'UTC' }).shape;

it('makes one output with readable items, and their raw part on demand', () => {
	const [items, ...others] = toOutputs(events, shapeOf({ settings: { raw: true } }));
	expect(others).toEqual([]);
	expect(items).toEqual(events);
});

it('leaves out the raw part unless it is all there is', () => {
	const [items] = toOutputs(events, shapeOf({}));
	expect(items?.map((item) => [item['event'], 'raw' in item])).toEqual([
		['message', false],
		['other', true],
		['message', false],
		['status', false],
		['other', true],
		['account_update', false],
		['other', true],
		['message', false],
	]);
});

it('begins with what most workflows use', () => {
	const [items] = toOutputs(events, shapeOf({}));
	expect(Object.keys(items?.[0] ?? {}).slice(0, 8)).toEqual([
		'event',
		'type',
		'text',
		'from',
		'contact',
		'id',
		'replyId',
		'media',
	]);
});

it("returns Meta's own part where nothing is simplified", () => {
	const [items] = toOutputs(events, shapeOf({ outputFormat: 'raw' }));
	expect(items?.[0]).toEqual(events[0]?.raw);
	expect(items?.[1]).toEqual({ raw: 'not a message' });
});

it('splits messages, statuses and the rest', () => {
	const outputs = toOutputs(events, shapeOf({ settings: { splitOutputs: true } }));
	expect(outputs.map((items) => items.map(({ event }) => event))).toEqual([
		['message', 'message', 'message'],
		['status'],
		['other', 'other', 'account_update', 'other'],
	]);
});

describe('collected messages', () => {
	const written = normalise(
		messagesWebhook({
			messages: [
				{ id: '1', from: '49', type: 'text', text: { body: 'Hello' } },
				{ id: '2', from: '50', type: 'text', text: { body: 'Another' } },
				{ id: '3', from: '49', type: 'image', image: { id: 'i', caption: 'this one' } },
				{ id: '4', from: '49', type: 'document', document: { id: 'd' } },
			],
			statuses: [{ id: '5', status: 'sent', recipient_id: '49' }],
		}),
	);
	const file = (data: string) => ({ file: { data, mimeType: 'text/plain' } });
	const itemsOf = (settings: object) => {
		const files = new Map(written.slice(2, 4).map((event, at) => [event, file(`file ${at}`)]));
		const options = readOptions({
			settings: { collect: { wait: {} }, downloadMedia: true, ...settings },
			timeZone: 'UTC',
		});
		return toItems(written, files, options, 'secret', { attempt: 2 });
	};

	it('are one item for each person, with the text and the files of all', () => {
		const [items = []] = itemsOf({});
		expect(items).toHaveLength(3);
		expect(items[0]).toMatchObject({
			json: {
				id: '4',
				text: 'Hello\nthis one',
				media: { outputField: 'data2' },
				messages: [
					{ id: '1', text: 'Hello' },
					{ id: '3', media: { outputField: 'data' } },
					{ id: '4', media: { outputField: 'data2' } },
				],
				delivery: { attempt: 2 },
			},
			binary: { data: { data: 'file 0' }, data2: { data: 'file 1' } },
		});
		expect(items[1]?.json).toMatchObject({ text: 'Another', messages: [{ id: '2' }] });
		expect(items[2]?.json).toMatchObject({ event: 'status', id: '5' });
		expect(items[2]?.json).not.toHaveProperty('messages');
	});

	it('are redacted like any other', () => {
		expect(JSON.stringify(itemsOf({ redact: true }))).not.toMatch(/Hello|Another|this one/);
	});
});
