import { byOutput, itemJson } from '../../../../nodes/WhatsAppCloud/trigger/execution/items';
import { type ItemShape } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { readOptions } from '../../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';
import { readFixture } from '../../events/fixture';

const events = normalise(readFixture('mixed-batch'));
const toOutputs = (list: typeof events, shape: ItemShape) =>
	byOutput(list, shape).map((output) => output.map((event) => itemJson(event, shape)));
const shapeOf = (parameters: object) => readOptions({ ...parameters, timeZone: 'UTC' }).shape;

it('makes one output with readable items and their raw part', () => {
	const [items, ...others] = toOutputs(events, shapeOf({}));
	expect(others).toEqual([]);
	expect(items).toEqual(events);
});

it('leaves out the raw part on demand', () => {
	const [items] = toOutputs(events, shapeOf({ settings: { raw: false } }));
	expect(items).toHaveLength(events.length);
	for (const item of items ?? []) expect(item).not.toHaveProperty('raw');
	expect(items?.[0]).toMatchObject({ event: 'message', text: 'one' });
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
