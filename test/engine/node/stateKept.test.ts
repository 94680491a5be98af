import { readFileSync } from 'node:fs';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { until } from '../../until';
import { useEngine, useSimulator } from '../harness';
import { UserFolder } from '../trigger/store';
import { credentials, detailed, ids, itemsOf, onlyJson, withoutStatuses } from './account';

const folder = new UserFolder();
const simulator = useSimulator(withoutStatuses, 'first');
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let store: Store;

beforeAll(async () => {
	store = await folder.openStore();
});
afterAll(async () => {
	await folder.remove();
});

const dayMs = 86_400_000;

const run = async (parameters: Record<string, unknown>, state: Record<string, unknown> = {}) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters,
		credentials: credentials(simulator.url, state),
	});

const send = async (to: string, state: Record<string, unknown> = {}) =>
	onlyJson(await run(detailed({ recipient: to, text: 'Hello' }), state));

const recordOf = async (item: Record<string, unknown>) => {
	const [record] = await store.outbox.findByOperationId([String(item['operationId'])], Date.now());
	return record;
};

test('with Hash Recipients neither number nor text is left of a message that was sent', async () => {
	const plain = await recordOf(await send('+15550207001'));
	expect(plain?.recipientKey).toBe('+15550207001');
	const item = await send('+15550207002', { hashIdentifiers: true });
	const record = await recordOf(item);
	expect(record?.recipientKey).toMatch(/^hmac:[0-9a-f]{40}$/);
	expect(JSON.stringify(record)).not.toContain('15550207002');
	expect(record?.body).toBeNull();
	const report = itemsOf(
		await run({ resource: 'report', operation: 'delivery', mode: 'messages', returnAll: true }),
	).map(({ json }) => json['recipient']);
	expect(report).toEqual(expect.arrayContaining(['+15550207001', record?.recipientKey]));
	expect(readFileSync(folder.stateFile).includes('SIMULATOR_ACCESS_TOKEN')).toBe(false);
});

test('Hash Recipients without an app secret sends nothing, and says what to do', async () => {
	const before = (await simulator.counters())['acceptedMessages'];
	const { error } = await run(
		{ recipient: '+15550207009', text: 'Hello' },
		{ hashIdentifiers: true, appSecret: '' },
	);
	expect(error?.message).toMatch(/App Secret is empty.*Enter App Secret/);
	expect((await simulator.counters())['acceptedMessages']).toBe(before);
});

test('what is older than Keep State For goes, after a run and without being waited for', async () => {
	// The clock is trusted once it has been seen to advance.
	const now = Date.now();
	await store.purge(ids.businessAccount, now - 2 * 3_600_000);
	await store.purge(ids.businessAccount, now - 3_600_000 + 1_000);
	const old = { messageId: 'wamid.old', at: now - 10 * dayMs };
	const recent = { messageId: 'wamid.recent', at: now - 2 * dayMs };
	for (const { messageId, at } of [old, recent]) {
		const status = {
			accountKey: ids.businessAccount,
			messageId,
			status: 'delivered',
			at,
			operationId: null,
			phoneNumberId: ids.phoneNumber,
			recipientKey: null,
			errorCode: null,
			errorTitle: null,
			pricing: null,
		};
		await store.statuses.record([status], at);
	}
	// A process that has not deleted anything yet.
	await engine.reload({ N8N_USER_FOLDER: folder.path });
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+15550207003', text: 'Hello' },
		credentials: credentials(simulator.url, { retentionDays: 7 }),
	});
	const left = async () =>
		(await store.statuses.timelines(['wamid.old', 'wamid.recent'])).map(
			(timeline) => timeline?.messageId ?? null,
		);
	await until('the old status is gone', async () => (await left())[0] === null, 20_000);
	expect(await left()).toEqual([null, 'wamid.recent']);
});
