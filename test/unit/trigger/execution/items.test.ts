import { byOutput, itemJson } from '../../../../nodes/WhatsAppCloud/trigger/execution/items';
import { type ItemShape } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { readFixture } from '../../events/fixture';

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
	const [items] = toOutputs(events, shapeOf({ simplify: false }));
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
