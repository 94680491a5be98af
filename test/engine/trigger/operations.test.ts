import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loopOwner } from '../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import { arrived, webhookOf } from '../../unit/store/samples';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { counterNames } from '../../../nodes/WhatsAppCloud/trigger/counters/counterNames';
import { appSecret, credential, ids, onlyJson } from '../node/account';
import { checksOf, missingInPreview } from './webhookItems';
import { APP, VERIFY_TOKEN, webhookSetup } from './webhookSetup';

const setup = webhookSetup();
const { engine, run, simulator, trigger } = setup;

/** What a list of the panel says, whose lines are parts of sentences. */
const textOf = ({ results = [] }: { results?: { name: string }[] }): string =>
	results.map(({ name }) => name.trim()).join(' ');

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
		await setup.store.counters.increment(
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
			await setup.store.outbox.renewLease(
				{ owner: loopOwner(id, 'x'), leaseMs: 60_000 },
				Date.now(),
			);
		}
		const event = arrived('diagnosed', {
			deliveries: [{ listenerId: 'workflow of a:a', batchId: 'diagnosed', dueAt: 0 }],
		});
		await setup.store.inbox.receive(webhookOf([event]), now);
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
		await setup.store.counters.increment([refused], now + 1_000);
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
		await setup.meta.subscribeApp(ids.businessAccount, null);
		await setup.meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
		await setup.meta.setPhoneNumberCallback(ids.phoneNumber, { url, verifyToken: VERIFY_TOKEN });
		asked.length = 0;
		const json = onlyJson(await run('getSubscriptions'));
		const list = await engine.searchList({
			node: 'whatsAppCloudTrigger',
			method: 'searchRegistrations',
			credentials: {
				whatsAppCloudApi: credential(simulator.url, { verifyToken: VERIFY_TOKEN }),
			},
		});
		stranger.closeAllConnections();
		stranger.close();
		const text = textOf(list);
		expect(text).toContain(`The phone number delivers to ${url}`);
		expect(text).toContain('The business account has no callback of its own');
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
		expect(textOf(list)).toContain('"Trigger a" in workflow "Shop a" is listening, ');
		expect(json['listeners']).toMatchObject([
			{ workflowId: 'workflow of a', workflowName: 'Shop a' },
		]);
	});

	test('asks an address of this n8n at which no known trigger is', async () => {
		const known = trigger('a');
		await known.activate();
		const url = setup.n8n.open('/webhook/left-behind/webhook');
		await setup.meta.setPhoneNumberCallback(ids.phoneNumber, { url, verifyToken: VERIFY_TOKEN });
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
	await setup.store.inbox.receive({ ...webhookOf([]), forwards: [forward] }, now);
	const json = onlyJson(await run('getSubscriptions'));
	const { host } = new URL(forward.address);
	expect(json).toMatchObject({
		forwards: [{ host, waiting: 1, waitingSince: new Date(now).toISOString(), problem: null }],
	});
	expect(JSON.stringify(json)).not.toContain('hush');
});
