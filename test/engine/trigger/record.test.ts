import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { until } from '../../until';
import { credential } from '../node/account';
import { useEngine, useSimulator } from '../harness';
import { CaptureServer, type CapturedWebhook } from './capture';
import { UserFolder } from './store';
import { present } from '../../present';

const APP_ID = '100000000000001';
const BUSINESS = '200000000000001';
const CUSTOMER = '15550200001';

const folder = new UserFolder();
const simulator = useSimulator();
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let capture: CaptureServer;
let store: Store;

beforeAll(async () => {
	capture = await CaptureServer.start();
	store = await folder.openStore();
});
beforeEach(async () => {
	await simulator.admin('PATCH', '/account', {
		apps: { [APP_ID]: { subscription: { callbackUrl: capture.url, fields: ['messages'] } } },
		businessAccounts: { [BUSINESS]: { subscribedApps: [{ appId: APP_ID }] } },
	});
});
afterAll(async () => {
	await capture.stop();
	await folder.remove();
});

const credentialsWith = (changes: Record<string, unknown> = {}) => ({
	whatsAppCloudApi: credential(simulator.url, changes),
});

const receive = async (
	webhook: CapturedWebhook,
	parameters: Record<string, unknown> = {},
	changes: Record<string, unknown> = {},
) => await engine.replayWebhook({ ...webhook, parameters, credentials: credentialsWith(changes) });

/** @returns the error, `undefined` if there was none */
async function send(
	delivery: Record<string, unknown>,
	changes: Record<string, unknown> = {},
): Promise<string | undefined> {
	const { error } = await engine.runNode({
		node: 'whatsAppCloud',
		parameters: {
			resource: 'message',
			operation: 'sendText',
			recipient: `+${CUSTOMER}`,
			text: 'hello',
			delivery,
		},
		credentials: credentialsWith(changes),
	});
	return error?.message;
}

async function write(text: string): Promise<CapturedWebhook> {
	await simulator.admin('POST', '/chat/messages', {
		phoneNumberId: '300000000000001',
		customer: CUSTOMER,
		message: { type: 'text', text: { body: text } },
	});
	// Statuses of messages that other tests sent may come in between.
	for (;;) {
		const webhook = present((await capture.take(1))[0]);
		if (Buffer.from(webhook.body.base64, 'base64').includes('"messages":[')) return webhook;
	}
}

test('a status completes a send whose answer was lost, though nobody chose statuses', async () => {
	await simulator.addFault({ kind: 'noResponse', when: 'after', count: 1 });
	expect(await send({ timeoutSeconds: 1, maxAttempts: 1 })).toMatch(/no answer/);
	const webhook = present((await capture.take(1))[0]);
	const body = Buffer.from(webhook.body.base64, 'base64').toString();
	const operationId = /"biz_opaque_callback_data":"([^"]+)"/.exec(body)?.[1] ?? '';
	const find = async () =>
		(await store.outbox.findByOperationId([operationId], Date.now()))[0] ?? null;
	expect(await find()).toMatchObject({ state: 'unknown' });

	const answer = await receive(webhook, { events: ['message'] });
	expect(answer).toMatchObject({ status: 200, body: 'EVENT_RECEIVED', outputs: [] });
	const operation = await find();
	expect(operation).toMatchObject({ state: 'sent', messageId: expect.stringMatching(/^wamid\./) });
	const [timeline] = await store.statuses.timelines([operation?.messageId ?? '']);
	expect(timeline).toMatchObject({ operationId, accountKey: BUSINESS, sentAt: expect.any(Number) });
});

test('a message is remembered as the last one of its sender, plain or hashed', async () => {
	const webhook = await write('hello');
	await receive(webhook, { events: ['status'] });
	const [contact] = await store.contacts.get(BUSINESS, [`+${CUSTOMER}`]);
	expect(contact?.inbound['300000000000001']).toMatchObject({
		messageId: expect.stringMatching(/^wamid\./),
	});

	await receive(webhook, { events: ['status'] }, { hashIdentifiers: true });
	const { entries } = await store.contacts.list({
		accountKey: BUSINESS,
		fact: 'inbound',
		limit: 10,
	});
	expect(entries.map(({ contactKey }) => contactKey)).toEqual([
		`+${CUSTOMER}`,
		expect.stringMatching(/^hmac:[0-9a-f]{40}$/),
	]);

	// A send finds the same person under that name.
	expect(await send({ campaign: 'hashed' }, { hashIdentifiers: true })).toBeUndefined();
	const report = await store.reports.messages({
		accountKey: BUSINESS,
		campaign: 'hashed',
		limit: 10,
	});
	expect(JSON.stringify(report)).toContain(entries[1]?.contactKey);
});

test('where nothing is sent the trigger deletes what is older than Keep State For', async () => {
	const dayMs = 86_400_000;
	// The clock is trusted once it has been seen to advance.
	const now = Date.now();
	await store.purge(BUSINESS, now - 2 * 3_600_000);
	await store.purge(BUSINESS, now - 3_600_000 + 1_000);
	for (const age of [10, 2]) {
		const status = {
			accountKey: BUSINESS,
			messageId: `wamid.of ${age} days`,
			status: 'delivered',
			at: now - age * dayMs,
			operationId: null,
			phoneNumberId: '300000000000001',
			recipientKey: null,
			errorCode: null,
			errorTitle: null,
			pricing: null,
		};
		await store.statuses.record([status], now - age * dayMs);
	}
	const webhook = await write('hello');
	// A process that has not deleted anything yet.
	await engine.reload({ N8N_USER_FOLDER: folder.path });
	await engine.replayWebhook({ ...webhook, credentials: credentialsWith({ retentionDays: 5 }) });
	const left = async () =>
		(await store.statuses.timelines(['wamid.of 10 days', 'wamid.of 2 days'])).map(
			(timeline) => timeline?.messageId,
		);
	await until('the old status was deleted', async () => (await left())[0] === undefined);
	expect(await left()).toEqual([undefined, 'wamid.of 2 days']);
});

test('without state everything else works', async () => {
	const answer = await receive(await write('hello'), {}, { stateStore: 'off' });
	expect(answer).toMatchObject({ status: 200, outputs: [[{ json: { text: 'hello' } }]] });
});

test('state that cannot be written is answered with 500, and the log says why', async () => {
	const broken = new UserFolder();
	mkdirSync(dirname(broken.stateFile), { recursive: true });
	writeFileSync(broken.stateFile, 'this is no database, whatever it may be called'.repeat(100));
	await engine.reload({ N8N_USER_FOLDER: broken.path });
	const answer = await engine.replayWebhook({
		...(await write('hello')),
		credentials: credentialsWith(),
	});
	expect(answer).toMatchObject({ status: 500, body: 'Try again', outputs: [] });
	expect(answer.logs).toContainEqual(
		expect.objectContaining({
			level: 'error',
			message: expect.stringMatching(/state cannot be written.*damaged|not a SQLite/i),
		}),
	);
	await broken.remove();
});
