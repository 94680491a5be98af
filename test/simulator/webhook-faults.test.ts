import { Callback } from './support/callback';
import { at } from './support/json';
import { ana, ids, useSimulator } from './support/simulator';

let callback: Callback;
const simulator = useSimulator(['--timing', 'sent=0,delivered=never,read=never']);
beforeEach(async () => {
	callback = await new Callback().start();
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url } }, 'PATCH');
});
afterEach(async () => await callback.stop());

const fault = async (rule: object): Promise<unknown> => await simulator.admin('/faults', rule);
const say = async (body: string): Promise<unknown> =>
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: { type: 'text', text: { body } },
	});
const said = (): unknown[] => callback.messages().map((entry) => at(entry, 'text', 'body'));

test('duplicated', async () => {
	await fault({ kind: 'webhookDuplicate', copies: 3, match: { event: 'message' } });
	await say('thrice');
	await callback.until((received) => received.length === 3);
	expect(said()).toEqual(['thrice', 'thrice', 'thrice']);
});

test('dropped', async () => {
	await fault({ kind: 'webhookDrop', count: 1 });
	await say('lost');
	await say('found');
	await callback.until((received) => received.length === 1);
	expect(said()).toEqual(['found']);
	expect(await simulator.admin('/webhooks')).toMatchObject({ totals: { dropped: 1 } });
});

test('reordered', async () => {
	await fault({ kind: 'webhookReorder', count: 1 });
	await say('first');
	await say('second');
	await callback.until((received) => received.length === 2);
	expect(said()).toEqual(['second', 'first']);
});

test('delayed', async () => {
	await fault({ kind: 'webhookDelay', latencyMs: 60_000, count: 1 });
	await say('late');
	await say('early');
	await callback.until((received) => received.length === 1);
	expect(said()).toEqual(['early']);
	await simulator.admin('/clock', { ms: 60_000 });
	await callback.until((received) => received.length === 2);
	expect(said()).toEqual(['early', 'late']);
});

test('by status and operation ID', async () => {
	await fault({ kind: 'webhookDrop', match: { status: 'sent', operationId: 'silent' } });
	await simulator.send({ biz_opaque_callback_data: 'silent' });
	await simulator.send({ biz_opaque_callback_data: 'loud' });
	await callback.until((received) => received.length === 1);
	expect(callback.statuses()).toMatchObject([{ biz_opaque_callback_data: 'loud' }]);
});

test.each([
	['+19990131026', 131026],
	['+19990131049', 131049],
])('the number %s fails later with %d', async (to, code) => {
	expect((await simulator.send({ to })).status).toBe(200);
	await callback.until((received) => received.length === 1);
	expect(callback.statuses()).toMatchObject([
		{ status: 'failed', errors: [{ code, error_data: { details: expect.any(String) } }] },
	]);
});
