import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import type {
	JsonObject,
	JsonValue,
} from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { changeWebhook } from '../../unit/events/fixture';
import { useEngine, useSimulator } from '../harness';
import { appSecret, credential, ids, onlyJson } from '../node/account';
import { until } from '../../until';
import { UserFolder } from './store';

const DAY = 86_400;
const metadata = { display_phone_number: '15550001111', phone_number_id: ids.phoneNumber };
const folder = new UserFolder();
const simulator = useSimulator([], 'first');
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let store: Store;

beforeAll(async () => {
	store = await folder.openStore();
});
afterAll(async () => await folder.remove());

const credentials = () => ({ whatsAppCloudApi: credential(simulator.url) });
const daysAgo = (days: number) => String(Math.floor(Date.now() / 1000 - days * DAY));
const message = (id: string, days: number) => ({
	messages: [
		{ id, from: '4915112345678', timestamp: daysAgo(days), type: 'text', text: { body: 'hi' } },
	],
});
const status = (id: string, days: number) => ({
	statuses: [{ id, status: 'read', timestamp: daysAgo(days), recipient_id: '4915112345678' }],
});

async function post(value: JsonObject, settings: JsonObject = {}, field = 'messages') {
	const payload: JsonValue = changeWebhook(field, { metadata, ...value });
	return await engine.replayWebhook({
		credentials: credentials(),
		secret: appSecret,
		body: JSON.stringify(payload),
		parameters: { settings },
	});
}
const startedBy = async (...args: Parameters<typeof post>) => {
	const { status: answer, outputs } = await post(...args);
	expect(answer).toBe(200);
	return outputs?.flat().map(({ json }) => json['event']) ?? [];
};
const diagnosis = async () => {
	const json = onlyJson(
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'webhook', operation: 'getSubscriptions' },
			credentials: credentials(),
		}),
	);
	const checks = json['checks'] as { check: string; ok: boolean; advice: string }[];
	return checks.find(({ check }) => check === 'Messages and statuses are new');
};

test('what is too old for Meta to deliver starts nothing, and log and diagnosis say so', async () => {
	expect(await diagnosis()).toBeUndefined();
	const answer = await post(message('wamid.old', 31));
	expect(answer).toMatchObject({ status: 200, outputs: [] });
	expect(answer.logs).toContainEqual(
		expect.objectContaining({
			level: 'error',
			message: expect.stringMatching(/1 messages or statuses were dropped.*clock of this machine/),
		}),
	);
	expect(await startedBy(status('wamid.old2', 400))).toEqual([]);
	await until('both are counted', async () => {
		const counters = await store.counters.list(listenerGroup(appSecret), counterNames.filtered);
		return counters.length === 1 && counters[0]?.count === 2;
	});
	expect(await diagnosis()).toMatchObject({
		ok: false,
		advice: expect.stringContaining(new Date().toISOString().slice(0, 10)),
	});
});

test('what Meta may deliver is taken, and the diagnosis is content again', async () => {
	expect(await startedBy(message('wamid.week', 7))).toEqual(['message']);
	expect(await startedBy(status('wamid.weeks', 29))).toEqual(['status']);
	await until('the diagnosis is content', async () => (await diagnosis())?.ok === true);
});

test('the option says how old, and 0 takes everything', async () => {
	expect(await startedBy(message('wamid.a', 9), { replayDays: 8 })).toEqual([]);
	expect(await startedBy(message('wamid.b', 9), { replayDays: 10 })).toEqual(['message']);
	expect(await startedBy(message('wamid.c', 4_000), { replayDays: 0 })).toEqual(['message']);
	const answer = await post(message('wamid.d', 0), { replayDays: 'many' });
	expect(answer).toMatchObject({ status: 500, outputs: [] });
	expect(JSON.stringify(answer.logs)).toContain('Drop Replays Older Than');
});

test('histories are old by nature, and notices are no messages', async () => {
	const [old] = message('wamid.h', 170).messages;
	const history = [{ threads: [{ id: '4915112345678', messages: [old ?? {}] }] }];
	expect(await startedBy({ history }, {}, 'history')).toEqual(['history']);
	const review = { decision: 'APPROVED', timestamp: daysAgo(170) };
	expect(await startedBy(review, {}, 'account_review_update')).toEqual(['account_review_update']);
});

test('echoes, standby and payments are dated, too', async () => {
	const echo = { id: 'wamid.e', to: '4915112345678', timestamp: daysAgo(60), type: 'text' };
	expect(await startedBy({ message_echoes: [echo] }, {}, 'smb_message_echoes')).toEqual([]);
	expect(await startedBy({ standby: message('wamid.s', 60) }, {}, 'standby')).toEqual([]);
	const [paid] = status('wamid.p', 60).statuses;
	const statuses = [{ ...paid, type: 'payment', status: 'captured' }];
	expect(await startedBy({ statuses })).toEqual([]);
});
