import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../../nodes/WhatsAppCloud/graph/verifyToken';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { useSimulator } from '../harness';
import { appSecret, credential, ids } from '../node/account';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';
import { UserFolder } from './store';

const APP = { appId: ids.app, appSecret };
const group = listenerGroup(appSecret);
const simulator = useSimulator();
let folder: UserFolder;
let n8n: CallbackServer;
let store: Store;
let meta: Subscriptions;

beforeAll(async () => {
	n8n = await CallbackServer.start('the-verify-token', verifyTokenFor('', appSecret));
	meta = connect(parseAccount(credential(simulator.url)));
});
beforeEach(async () => {
	await meta.deleteAppSubscription(APP);
	await meta.unsubscribeApp(ids.businessAccount);
	folder = new UserFolder();
	store = await folder.openStore();
});
afterEach(async () => {
	await folder.remove();
});
afterAll(async () => {
	await n8n.stop();
});

interface Kind {
	registration?: string;
	isTest?: boolean;
	keepsState?: boolean;
	overrides?: Record<string, string>;
}
const trigger = (
	id: string,
	{ registration = 'phoneNumber', isTest = false, keepsState = true, overrides = {} }: Kind = {},
) =>
	new HookedTrigger(
		n8n,
		() => credential(simulator.url, { verifyToken: 'the-verify-token', ...overrides }),
		{ registration },
		{ id, isTest, store: keepsState ? store : null },
	);
const ofApp = async () => (await meta.appSubscription(APP))?.callbackUrl ?? null;
const ofNumber = async (id: string = ids.phoneNumber) =>
	(await meta.phoneNumberCallbacks(id)).phoneNumberUrl;
const records = async () => await store.registrationRecords.list(group, '');

/** A published trigger whose app has lost its callback, for example in the App Dashboard. */
async function publishedWithoutAppCallback(): Promise<HookedTrigger> {
	const published = trigger('published');
	await published.activate();
	await meta.deleteAppSubscription(APP);
	return published;
}

test('a test run beside a published workflow never becomes the callback of the app', async () => {
	const published = await publishedWithoutAppCallback();
	const tried = trigger('tried', { isTest: true });
	await tried.activate();
	expect(await ofApp()).toBe(published.url);
	await tried.deactivate();
	expect(await ofApp()).toBe(published.url);
	expect(await ofNumber()).toBe(published.url);
	await published.deactivate();
	expect([await ofApp(), await ofNumber(), await records()]).toEqual([null, null, []]);
});

test.each([
	['the new one goes first', [1, 0]],
	['the old one goes first', [0, 1]],
])('what a shared registration has given the app is removed: %s', async (_, order) => {
	const published = await publishedWithoutAppCallback();
	const added = trigger('added');
	await added.activate();
	expect(await ofApp()).toBe(added.url);
	const [first, last] = order.map((index) => [published, added][index]);
	await first?.deactivate();
	expect([await ofApp(), await ofNumber()]).toEqual([last?.url, last?.url]);
	await last?.deactivate();
	expect([await ofApp(), await ofNumber(), await records()]).toEqual([null, null, []]);
});

test('the callback of the app outlives its trigger while another number needs it', async () => {
	const first = trigger('first');
	const second = trigger('second', { overrides: { phoneNumberId: ids.secondPhoneNumber } });
	await first.activate();
	await second.activate();
	await first.deactivate();
	expect([await ofApp(), await ofNumber()]).toEqual([second.url, null]);
	expect(await ofNumber(ids.secondPhoneNumber)).toBe(second.url);
	await second.deactivate();
	expect([await ofApp(), await records()]).toEqual([null, []]);
});

test.each(['phoneNumber', 'businessAccount', 'app'])(
	'a test run by %s in an app without a callback says what to do, and changes nothing',
	async (registration) => {
		for (const keepsState of [true, false]) {
			const tried = trigger('tried', { registration, isTest: true, keepsState });
			await expect(tried.activate()).rejects.toMatchObject({
				message: expect.stringMatching(
					/^Nothing would arrive: the app \d+ needs a callback that lasts/,
				),
				advice: expect.stringMatching(/^Publish the workflow, then test it again/),
			});
			expect([await ofApp(), await ofNumber(), await records()]).toEqual([null, null, []]);
			expect(tried.staticData).toEqual({});
		}
	},
);

test.each([true, false])(
	'a publishing that fails half-way leaves nothing (state kept: %s)',
	async (keepsState) => {
		const added = trigger('added', { keepsState });
		await simulator.addFault({
			match: { method: 'POST', path: `/${ids.phoneNumber}$` },
			kind: 'error',
			code: 10,
		});
		await expect(added.activate()).rejects.toThrow(/Meta refused to send the webhooks/);
		expect([await ofApp(), await ofNumber(), await records()]).toEqual([null, null, []]);
		expect(added.staticData).toEqual({});
	},
);

test('what a killed test run has registered goes when a workflow is published', async () => {
	const published = trigger('published', { registration: 'businessAccount' });
	await published.activate();
	const killed = trigger('killed', { isTest: true });
	await killed.activate();
	expect(await ofNumber()).toBe(killed.url);
	killed.vanish();
	await store.listeners.remove(['workflow of killed:killed:test']);
	expect(await published.exists()).toBe(false);
	await published.activate();
	expect(await ofNumber()).toBeNull();
	expect(await published.exists()).toBe(true);
});

test('what could not be removed at Meta goes with the next chance', async () => {
	const first = trigger('first');
	await first.activate();
	await simulator.addFault({
		match: { method: 'POST', path: `/${ids.phoneNumber}$` },
		kind: 'error',
		code: 10,
		count: 1,
	});
	await expect(first.deactivate()).rejects.toThrow(/Meta refused to stop sending/);
	expect([await ofApp(), await ofNumber()]).toEqual([null, first.url]);
	first.vanish();
	const next = trigger('next', { registration: 'businessAccount' });
	await next.activate();
	expect(await ofNumber()).toBeNull();
	await next.deactivate();
	expect(await records()).toEqual([]);
});
