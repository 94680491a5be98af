import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { loopOwner } from '../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import { arrived, webhookOf } from '../../unit/store/samples';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { verifyTokenFor } from '../../../nodes/WhatsAppCloud/graph/verifyToken';
import { useEngine, useSimulator } from '../harness';
import { appSecret, credential, ids, onlyJson } from '../node/account';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';
import { UserFolder } from './store';
import { checksOf, missingInPreview } from './webhookItems';

const VERIFY_TOKEN = 'the-verify-token';
const APP = { appId: ids.app, appSecret };
const folder = new UserFolder();
const simulator = useSimulator();
const engine = useEngine({ N8N_USER_FOLDER: folder.path });
let n8n: CallbackServer;
let store: Store;
let meta: Subscriptions;

beforeAll(async () => {
	n8n = await CallbackServer.start(VERIFY_TOKEN, verifyTokenFor('', appSecret));
	store = await folder.openStore();
	meta = connect(parseAccount(credential(simulator.url)));
});
beforeEach(async () => {
	await meta.deleteAppSubscription(APP);
	await meta.unsubscribeApp(ids.businessAccount);
});
afterAll(async () => {
	await n8n.stop();
	await folder.remove();
});

const run = async (
	operation: string,
	parameters: Record<string, unknown> = {},
	changes: Record<string, unknown> = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'webhook', operation, ...parameters },
		credentials: {
			whatsAppCloudApi: credential(simulator.url, { verifyToken: VERIFY_TOKEN, ...changes }),
		},
	});
const trigger = (id: string) =>
	new HookedTrigger(
		n8n,
		() => credential(simulator.url, { verifyToken: VERIFY_TOKEN }),
		{ registration: 'phoneNumber' },
		{ id, store },
	);

describe('getSubscriptions', () => {
	test('names what is missing while nothing is registered', async () => {
		const json = onlyJson(await run('getSubscriptions'));
		expect(json).toMatchObject({
			ok: false,
			problem: expect.stringMatching(/^App subscribed to the business account: It is not/),
			advice: expect.stringContaining('Subscribe'),
			effectiveUrl: null,
			apps: [],
			listeners: [],
		});
	});

	test('tells who listens, who is called, and what became of webhooks', async () => {
		const [first, second] = [trigger('a'), trigger('b')];
		await first.activate();
		await second.activate();
		const group = listenerGroup(appSecret);
		const now = Date.now();
		await store.counters.increment(
			[
				{ accountKey: group, name: counterNames.received, by: 3, detail: 'message text' },
				{
					accountKey: group,
					name: `${counterNames.filtered}workflow of a:a:Senders`,
					by: 2,
					detail: null,
				},
			],
			now,
		);
		const json = onlyJson(await run('getSubscriptions'));
		expect(json).toMatchObject({
			effectiveUrl: first.url,
			callbacks: { phoneNumberUrl: first.url },
			apps: [{ appId: ids.app, isOwn: true }],
			app: { fields: expect.arrayContaining(['messages']) },
			listeners: [
				{ listenerId: 'workflow of a:a', url: first.url, isCalledByMeta: true, isTest: false },
				{ listenerId: 'workflow of b:b', url: second.url, isCalledByMeta: false },
			],
			lastEvent: { at: new Date(now).toISOString(), what: 'message text', count: 3 },
			filtered: [{ count: 2, reason: 'Senders', listenerId: 'workflow of a:a' }],
		});
		expect(checksOf(json)).toEqual({
			'App secret in the credential': true,
			'App subscribed to the business account': true,
			'App subscribed to the field "messages"': true,
			'Public address with https': false,
			"Meta's registration leads to a trigger": true,
			'A trigger answers at the address': true,
			'App secret fits the signatures': true,
			'Last webhook': true,
			'Executions start': false,
			'n8n prepares expressions only where they are needed': null,
		});
		expect(json['problem']).toContain('127.0.0.1');
		expect(missingInPreview('getSubscriptions', json)).toEqual([]);

		for (const id of ['workflow of a:a', 'workflow of b:b']) {
			await store.outbox.renewLease({ owner: loopOwner(id, 'x'), leaseMs: 60_000 }, Date.now());
		}
		const event = arrived('diagnosed', {
			deliveries: [{ listenerId: 'workflow of a:a', batchId: 'diagnosed', dueAt: 0 }],
		});
		await store.inbox.receive(webhookOf([event]), now);
		const alive = onlyJson(await run('getSubscriptions'));
		expect(alive['checks']).toContainEqual({
			check: 'Executions start',
			ok: true,
			finding: expect.stringMatching(
				/^"Trigger a" in workflow "Shop a": waiting: 1, oldest \d+ s, loop alive; .*waiting: 0, loop alive$/,
			),
			advice: '',
		});
		expect(alive['listeners']).toMatchObject([
			{ waiting: 1, waitingSince: new Date(now).toISOString(), isStarting: true },
			{ waiting: 0, waitingSince: null, isStarting: true },
		]);
		expect(missingInPreview('getSubscriptions', alive)).toEqual([]);

		first.vanish();
		expect(checksOf(onlyJson(await run('getSubscriptions')))).toMatchObject({
			'A trigger answers at the address': false,
		});
		const name = `${counterNames.refused}wrongSignature`;
		const refused = { accountKey: group, name, by: 7, detail: null };
		await store.counters.increment([refused], now + 1_000);
		expect(onlyJson(await run('getSubscriptions'))['checks']).toContainEqual(
			expect.objectContaining({
				check: 'App secret fits the signatures',
				ok: false,
				finding: expect.stringContaining('7 with a signature that does not match'),
			}),
		);
		await first.deactivate();
		await second.deactivate();
	});

	test('asks no stranger, who would learn the verify token', async () => {
		const asked: string[] = [];
		const stranger = createServer((request, response) => {
			asked.push(request.url ?? '');
			response.end(new URL(request.url ?? '/', 'http://x').searchParams.get('hub.challenge'));
		});
		await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/webhook/x/webhook`;
		await meta.subscribeApp(ids.businessAccount, null);
		await meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
		await meta.setPhoneNumberCallback(ids.phoneNumber, { url, verifyToken: VERIFY_TOKEN });
		asked.length = 0;
		const json = onlyJson(await run('getSubscriptions'));
		const list = await engine.searchList({
			node: 'whatsAppCloudTrigger',
			method: 'searchRegistrations',
			credentials: {
				whatsAppCloudApi: credential(simulator.url, { verifyToken: VERIFY_TOKEN }),
			},
		});
		stranger.close();
		const lines = list.results?.map(({ name }) => name);
		expect(lines).toContain(`The phone number delivers to ${url}`);
		expect(lines).toContain('The business account has no callback of its own');
		expect(json['effectiveUrl']).toBe(url);
		expect(asked).toEqual([]);
		expect(checksOf(json)).toMatchObject({ 'A trigger answers at the address': null });
		expect(json['checks']).toContainEqual(
			expect.objectContaining({ finding: expect.stringContaining('was not asked') }),
		);
	});

	test('names the workflows of the triggers in the list of the panel', async () => {
		const known = trigger('a');
		await known.activate();
		const list = await engine.searchList({
			node: 'whatsAppCloudTrigger',
			method: 'searchRegistrations',
			credentials: {
				whatsAppCloudApi: credential(simulator.url, { verifyToken: VERIFY_TOKEN }),
			},
		});
		const json = onlyJson(await run('getSubscriptions'));
		await known.deactivate();
		const lines = list.results?.map(({ name }) => name);
		expect(lines).toContainEqual(
			expect.stringMatching(/^"Trigger a" in workflow "Shop a" is listening, /),
		);
		expect(json['listeners']).toMatchObject([
			{ workflowId: 'workflow of a', workflowName: 'Shop a' },
		]);
	});

	test('asks an address of this n8n at which no known trigger is', async () => {
		const known = trigger('a');
		await known.activate();
		const url = n8n.open('/webhook/left-behind/webhook');
		await meta.setPhoneNumberCallback(ids.phoneNumber, { url, verifyToken: VERIFY_TOKEN });
		const json = onlyJson(await run('getSubscriptions'));
		expect(checksOf(json)).toMatchObject({
			"Meta's registration leads to a trigger": false,
			'A trigger answers at the address': true,
		});
		await known.deactivate();
	});

	test('does without state and without the secrets of the app', async () => {
		const json = onlyJson(await run('getSubscriptions', {}, { stateStore: 'off', appSecret: '' }));
		expect(json).toMatchObject({ ok: false, problem: expect.stringContaining('App secret') });
		expect(checksOf(json)).toMatchObject({ 'Last webhook': null });
	});
});

describe('subscribe and unsubscribe', () => {
	const url = () => n8n.open('/webhook/by-hand/webhook');

	test('a phone number', async () => {
		const callbackUrl = url();
		const json = onlyJson(await run('subscribe', { place: 'phoneNumber', callbackUrl }));
		expect(json).toMatchObject({ success: true, phoneNumberId: ids.phoneNumber, callbackUrl });
		expect(missingInPreview('subscribe', json)).toEqual([]);
		expect((await meta.subscribedApps(ids.businessAccount)).map(({ appId }) => appId)).toEqual([
			ids.app,
		]);
		expect((await meta.phoneNumberCallbacks(ids.phoneNumber)).phoneNumberUrl).toBe(callbackUrl);
		expect(onlyJson(await run('unsubscribe', { place: 'phoneNumber' }))).toEqual({
			deleted: true,
		});
		expect((await meta.phoneNumberCallbacks(ids.phoneNumber)).phoneNumberUrl).toBeNull();
	});

	test('a business account, its address, and its subscription', async () => {
		const callbackUrl = url();
		await run('subscribe', { place: 'businessAccount', callbackUrl });
		expect((await meta.subscribedApps(ids.businessAccount))[0]?.overrideUrl).toBe(callbackUrl);
		await run('unsubscribe', { place: 'businessAccount' });
		expect((await meta.subscribedApps(ids.businessAccount))[0]).toMatchObject({
			appId: ids.app,
			overrideUrl: null,
		});
		await run('unsubscribe', { place: 'subscription' });
		expect(await meta.subscribedApps(ids.businessAccount)).toEqual([]);
	});

	test('the app, with fields', async () => {
		const callbackUrl = url();
		const options = { fields: 'messages, account_update' };
		const json = onlyJson(await run('subscribe', { place: 'app', callbackUrl, options }));
		expect(missingInPreview('subscribe', json)).toEqual([]);
		const app = await meta.appSubscription(APP);
		expect(app).toMatchObject({ callbackUrl });
		expect(app?.fields.sort()).toEqual(['account_update', 'messages']);
		const ended = onlyJson(await run('unsubscribe', { place: 'app' }));
		expect(missingInPreview('unsubscribe', ended)).toEqual([]);
		expect(await meta.appSubscription(APP)).toBeNull();
	});

	test('a trigger that is gone is forgotten', async () => {
		await trigger('gone').activate();
		const listenerId = 'workflow of gone:gone';
		const waiting = arrived('gone', { deliveries: [{ listenerId, batchId: 'gone', dueAt: 0 }] });
		await store.inbox.receive(webhookOf([waiting]), Date.now());
		const ended = await run('unsubscribe', { place: 'listener', listenerId });
		expect(onlyJson(ended)).toEqual({ deleted: true, dropped: 1 });
		expect(await store.listeners.list(listenerGroup(appSecret), Date.now())).toEqual([]);
		const again = await run('unsubscribe', { place: 'listener', listenerId: 'nobody' });
		expect(again.error?.message).toMatch(/Listener ID.*is not the ID of a known trigger/);
	});

	test.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
		['no address', { place: 'phoneNumber' }, {}, /Callback URL.*is empty/],
		[
			'no web address',
			{ callbackUrl: 'somewhere' },
			{},
			/Callback URL.*must be a web address that begins with https:/,
		],
		[
			'an address that is too long',
			{ callbackUrl: `https://n8n.example.com/${'x'.repeat(200)}` },
			{},
			/Callback URL.*can have at most 200 characters, but has 224/,
		],
		['an unknown place', { place: 'moon' }, {}, /must be one of/],
		[
			'no business account',
			{ callbackUrl: 'https://n8n.example.com/' },
			{ businessAccountId: '' },
			/WhatsApp Business Account ID/,
		],
	])('%s is reported', async (_, parameters, changes, message) => {
		const { error } = await run('subscribe', parameters, changes);
		expect(`${error?.message ?? ''} ${error?.description ?? ''}`).toMatch(message);
	});
});

test('names what is forwarded by its host, since an address may hold a secret', async () => {
	const forward = {
		group: listenerGroup(appSecret),
		address: 'https://hooks.luckyshrub.example/in?token=hush',
		body: '{}',
		bodyHash: 'a',
		signature: 'sha256=1',
		people: [],
	};
	const now = Date.now();
	await store.inbox.receive({ ...webhookOf([]), forwards: [forward] }, now);
	const json = onlyJson(await run('getSubscriptions'));
	const { host } = new URL(forward.address);
	expect(json).toMatchObject({
		forwards: [{ host, waiting: 1, waitingSince: new Date(now).toISOString(), problem: null }],
	});
	expect(JSON.stringify(json)).not.toContain('hush');
});
