import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import {
	isLeaving,
	readListeners,
} from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { verifyTokenFor } from '../../../nodes/WhatsAppCloud/graph/verifyToken';
import { useSimulator } from '../harness';
import { appSecret, credential, ids } from '../node/account';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';
import { UserFolder } from './store';

const APP = { appId: ids.app, appSecret };
const folder = new UserFolder();
const simulator = useSimulator();
let n8n: CallbackServer;
let store: Store;
let meta: Subscriptions;

beforeAll(async () => {
	n8n = await CallbackServer.start('the-verify-token', verifyTokenFor('', appSecret));
	store = await folder.openStore();
	meta = connect(parseAccount(credential(simulator.url)));
});
beforeEach(async () => {
	await meta.deleteAppSubscription(APP);
	await meta.unsubscribeApp(ids.businessAccount);
	const known = await store.listeners.list(listenerGroup(appSecret), 0);
	await store.listeners.remove(known.map(({ listenerId }) => listenerId));
	for (const { name } of await store.registrationRecords.list(listenerGroup(appSecret), '')) {
		await store.registrationRecords.set(listenerGroup(appSecret), name, null, Date.now());
	}
});
afterAll(async () => {
	await n8n.stop();
	await folder.remove();
});

const trigger = (
	id: string,
	parameters: Record<string, unknown> = { registration: 'phoneNumber' },
	isTest = false,
	sleep?: () => Promise<void>,
) =>
	new HookedTrigger(
		n8n,
		() => credential(simulator.url, { verifyToken: 'the-verify-token' }),
		parameters,
		{ id, isTest, store, ...(sleep === undefined ? {} : { sleep }) },
	);
const callback = async () => (await meta.phoneNumberCallbacks(ids.phoneNumber)).phoneNumberUrl;
/** As in the App Dashboard; a test run gives the app none. */
const giveAppCallback = async () => {
	const url = n8n.open('/by-hand');
	await meta.setAppSubscription(APP, { url, verifyToken: 'the-verify-token' }, ['messages']);
};
const listening = async () =>
	readListeners(await store.listeners.list(listenerGroup(appSecret), Date.now()))
		.filter((each) => !isLeaving(each))
		.map(({ address }) => address);

describe.each([
	['phoneNumber', callback],
	['businessAccount', async () => (await meta.subscribedApps(ids.businessAccount))[0]?.overrideUrl],
	['app', async () => (await meta.appSubscription(APP))?.callbackUrl],
] as const)('two triggers by %s', (registration, current) => {
	test('share one callback, and the second takes over when the first one goes', async () => {
		const [first, second] = [trigger('a', { registration }), trigger('b', { registration })];
		await first.activate();
		await second.activate();
		expect(await current()).toBe(first.url);
		expect(await listening()).toEqual([first.url, second.url]);
		expect([await first.exists(), await second.exists()]).toEqual([true, true]);

		await first.deactivate();
		expect(await current()).toBe(second.url);
		expect(await listening()).toEqual([second.url]);

		await second.deactivate();
		expect((await current()) ?? null).toBeNull();
		expect(await meta.appSubscription(APP)).toBeNull();
		expect(await store.registrationRecords.list(listenerGroup(appSecret), '')).toEqual([]);
	});

	test('the second one goes without a trace', async () => {
		const [first, second] = [trigger('a', { registration }), trigger('b', { registration })];
		await first.activate();
		await second.activate();
		await second.deactivate();
		expect(await current()).toBe(first.url);
		await first.deactivate();
		expect((await current()) ?? null).toBeNull();
	});
});

test('what the rules for contacts need comes where a trigger is the callback of the app', async () => {
	const fields = async () => (await meta.appSubscription(APP))?.fields.sort();
	await trigger('a', { registration: 'app', events: ['flows'] }).activate();
	expect(await fields()).toEqual(['flows']);
	const events = ['message'];
	await trigger('b', { registration: 'phoneNumber', events }).activate();
	expect(await fields()).toEqual([
		...['calls', 'flows', 'messages', 'messaging_handovers', 'smb_message_echoes'],
		...['standby', 'user_preferences'],
	]);
});

test('a callback of somebody else on this n8n is left alone', async () => {
	await giveAppCallback();
	await trigger('a', { registration: 'phoneNumber', events: ['message'] }).activate();
	expect((await meta.appSubscription(APP))?.fields).toEqual(['messages']);
});

test('what stood there before comes back when the last one goes', async () => {
	const elsewhere = await CallbackServer.start('the-verify-token', verifyTokenFor('', appSecret));
	const url = elsewhere.open('/foreign');
	await meta.subscribeApp(ids.businessAccount, null);
	await meta.setAppSubscription(APP, { url, verifyToken: 'the-verify-token' }, ['messages']);
	await meta.setPhoneNumberCallback(ids.phoneNumber, { url, verifyToken: 'the-verify-token' });
	const settings = { replaceCallback: true };
	const first = trigger('a', { registration: 'phoneNumber', settings });
	const second = trigger('b');
	await first.activate();
	await second.activate();
	await first.deactivate();
	expect(await callback()).toBe(second.url);
	await second.deactivate();
	expect(await callback()).toBe(url);
	await elsewhere.stop();
});

test('a trigger that is leaving does not take over', async () => {
	const stay = async () => await new Promise<void>(() => undefined);
	const [first, second] = [trigger('a'), trigger('b', undefined, false, stay)];
	await first.activate();
	await second.activate();
	await second.deactivate();
	await first.deactivate();
	expect(await callback()).toBeNull();
});

test('a publishing that fails leaves the trigger as it was', async () => {
	await trigger('a').activate();
	const changed = trigger('a', { registration: 'phoneNumber', events: ['message'] });
	await expect(changed.activate({ graphBaseUrl: 'http://127.0.0.1:9' })).rejects.toThrow(/Meta/);
	expect(await listening()).toEqual([changed.url]);
	expect(await trigger('a').exists()).toBe(true);
});

test('a trigger that cannot take over is named with the reason, and the next one does', async () => {
	const [first, second, third] = [trigger('a'), trigger('b'), trigger('c')];
	for (const each of [first, second, third]) await each.activate();
	second.vanish();
	await first.deactivate();
	expect(await callback()).toBe(third.url);
	expect(first.logs).toContainEqual(
		expect.stringMatching(/^warn: .*\/webhook\/b\/webhook does not take the registration: Meta/),
	);
});

test('a trigger by hand takes over, and gives back what it took', async () => {
	const [first, byHand] = [trigger('a'), trigger('b', {})];
	await first.activate();
	await byHand.activate();
	await first.deactivate();
	expect(await callback()).toBe(byHand.url);
	await byHand.deactivate();
	expect(await callback()).toBeNull();
});

test('a test run joins without touching what is registered', async () => {
	const published = trigger('a');
	await published.activate();
	for (const test of [trigger('a', undefined, true), trigger('b', undefined, true)]) {
		await test.activate();
		expect(await callback()).toBe(published.url);
		expect(await listening()).toContain(test.url);
		await test.deactivate();
		expect(await callback()).toBe(published.url);
	}
	expect(await listening()).toEqual([published.url]);
});

test('a test run alone registers itself, and leaves nothing', async () => {
	await giveAppCallback();
	const test = trigger('a', undefined, true);
	await test.activate();
	expect(await callback()).toBe(test.url);
	await test.deactivate();
	expect(await callback()).toBeNull();
	expect(await listening()).toEqual([]);
});

test('a test run makes room for a trigger that is published meanwhile', async () => {
	await giveAppCallback();
	const [tried, published] = [trigger('a', undefined, true), trigger('b')];
	await tried.activate();
	await published.activate();
	expect(await callback()).toBe(published.url);
	expect(await listening()).toEqual([tried.url, published.url]);
	await tried.deactivate();
	expect(await callback()).toBe(published.url);
	await published.deactivate();
	expect(await callback()).toBeNull();
});

test('a number of its own takes nothing from the trigger of the app', async () => {
	const [ofApp, ofNumber] = [trigger('a', { registration: 'app' }), trigger('b')];
	await ofApp.activate();
	await ofNumber.activate();
	expect(await callback()).toBe(ofNumber.url);
	expect((await meta.appSubscription(APP))?.callbackUrl).toBe(ofApp.url);
	await ofNumber.deactivate();
	expect(await callback()).toBe(ofApp.url);
});

test('what a killed n8n has left at Meta and nobody answers is replaced', async () => {
	const gone = trigger('a');
	await gone.activate();
	gone.vanish();
	await store.listeners.remove(['workflow of a:a']);
	const next = trigger('b');
	await next.activate();
	expect(await callback()).toBe(next.url);
});

test('a workflow that shares no state is not pushed aside', async () => {
	const alone = new HookedTrigger(
		n8n,
		() => credential(simulator.url, { verifyToken: 'the-verify-token' }),
		{ registration: 'phoneNumber' },
		{ id: 'alone' },
	);
	await alone.activate();
	await expect(trigger('b').activate()).rejects.toThrow(/shares no state/);
	expect(await callback()).toBe(alone.url);
	expect(await listening()).toEqual([]);
});

test('after a restart everything is found as it was', async () => {
	const [first, second] = [trigger('a'), trigger('b')];
	await first.activate();
	await second.activate();
	for (const again of [trigger('a'), trigger('b')]) expect(await again.exists()).toBe(true);
});

test('what an expression chooses is not known before the event', async () => {
	await trigger('a', { registration: 'phoneNumber', events: '={{ ["message"] }}' }).activate();
	await trigger('b', { registration: 'phoneNumber', events: ['message'] }).activate();
	const known = readListeners(await store.listeners.list(listenerGroup(appSecret), Date.now()));
	expect(known.map(({ about }) => about.interests)).toEqual([
		null,
		{ events: ['message'], statuses: [] },
	]);
});
