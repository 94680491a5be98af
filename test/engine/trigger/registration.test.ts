import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { RegistrationProblem } from '../../../nodes/WhatsAppCloud/trigger/registration/registrationProblem';
import type { Subscriptions } from '../../../nodes/WhatsAppCloud/graph/endpoints/subscriptions';
import { useSimulator } from '../harness';
import { CallbackServer } from './callback';
import { connect, HookedTrigger } from './hooks';

const VERIFY_TOKEN = 'the-verify-token';
const APP = { appId: '100000000000001', appSecret: 'simulator-app-secret' };
const BUSINESS = '200000000000001';
const NUMBER = '300000000000001';

const simulator = useSimulator();
let n8n: CallbackServer;
let elsewhere: CallbackServer;
let meta: Subscriptions;
let credential: Record<string, string | boolean>;

beforeAll(async () => {
	n8n = await CallbackServer.start(VERIFY_TOKEN);
	elsewhere = await CallbackServer.start(VERIFY_TOKEN);
	credential = {
		...APP,
		accessToken: 'SIMULATOR_ACCESS_TOKEN',
		businessAccountId: BUSINESS,
		phoneNumberId: NUMBER,
		verifyToken: VERIFY_TOKEN,
		advancedSettings: true,
		graphBaseUrl: simulator.url,
	};
	meta = connect(parseAccount(credential));
});
beforeEach(async () => {
	await meta.deleteAppSubscription(APP);
	await meta.unsubscribeApp(BUSINESS);
});
afterAll(async () => {
	await n8n.stop();
	await elsewhere.stop();
});

class Trigger extends HookedTrigger {
	constructor(parameters: Record<string, unknown>, node: { id?: string; isTest?: boolean } = {}) {
		super(n8n, () => credential, parameters, node);
	}
}

const callbacks = async () => await meta.phoneNumberCallbacks(NUMBER);
async function problemOf(work: Promise<unknown>): Promise<RegistrationProblem> {
	const error = await work.then(
		() => null,
		(reason: unknown) => reason,
	);
	if (error instanceof RegistrationProblem) return error;
	throw new Error(`no RegistrationProblem but ${String(error)}`);
}

const SCOPES = [
	['phoneNumber', 'phoneNumberUrl'],
	['businessAccount', 'businessAccountUrl'],
	['app', 'appUrl'],
] as const;

describe.each(SCOPES.slice(0, 2))('a test run by %s', (scope, callbackName) => {
	const current = async () => (await callbacks())[callbackName];
	beforeEach(async () => {
		const url = elsewhere.open('/app');
		await meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
	});

	it('puts the published workflow back after a test run', async () => {
		const published = new Trigger({ registration: scope });
		await published.activate();
		const test = new Trigger({ registration: scope }, { isTest: true });
		await test.activate();
		expect(await current()).toBe(test.url);
		await test.deactivate();
		expect(await current()).toBe(published.url);
		expect(await published.exists()).toBe(true);
	});

	it('puts another workflow of this n8n back after a test run', async () => {
		const other = new Trigger({ registration: scope }, { id: 'node-2' });
		await other.activate();
		const test = new Trigger({ registration: scope }, { isTest: true });
		await test.activate();
		await test.deactivate();
		expect(await current()).toBe(other.url);
	});

	it('takes over from a test run that crashed', async () => {
		await new Trigger({ registration: scope }, { isTest: true }).activate();
		const published = new Trigger({ registration: scope });
		await published.activate();
		await published.deactivate();
		expect(await current()).toBeNull();
	});
});

describe.each(SCOPES)('by %s', (scope, callbackName) => {
	const current = async () => (await callbacks())[callbackName];
	const put = async (url: string | null) => {
		const callback = url === null ? null : { url, verifyToken: VERIFY_TOKEN };
		await meta.setAppSubscription(
			APP,
			{
				url: scope === 'app' && url !== null ? url : elsewhere.open('/app'),
				verifyToken: VERIFY_TOKEN,
			},
			['messages'],
		);
		await meta.subscribeApp(BUSINESS, scope === 'businessAccount' ? callback : null);
		if (scope === 'phoneNumber') await meta.setPhoneNumberCallback(NUMBER, callback);
	};

	it('registers, is found again, and takes itself back', async () => {
		const trigger = new Trigger({ registration: scope });
		expect(await trigger.exists()).toBe(false);
		await trigger.activate();
		expect(await current()).toBe(trigger.url);
		expect(await trigger.exists()).toBe(true);
		expect((await meta.subscribedApps(BUSINESS)).map(({ appId }) => appId)).toEqual([APP.appId]);
		expect((await meta.appSubscription(APP))?.fields).toContain('messages');

		await trigger.deactivate();
		expect(await current()).toBeNull();
		expect(await meta.appSubscription(APP)).toBeNull();
		expect(trigger.staticData).toEqual({});
	});

	it('makes up a verify token where the credential has none', async () => {
		const trigger = new Trigger({ registration: scope });
		const problem = await problemOf(trigger.activate({ verifyToken: '' }));
		// The server knows only the credential's token, and Meta was given another one.
		expect(problem.message).toMatch(/403/);
	});

	it('refuses to take the place of somebody else', async () => {
		const foreign = elsewhere.open('/foreign');
		await put(foreign);
		const problem = await problemOf(new Trigger({ registration: scope }).activate());
		expect(problem.message).toContain(foreign);
		expect(problem.advice).toContain('Replace Other Callback');
		expect(await current()).toBe(foreign);
	});

	it('replaces somebody else on demand, and puts them back', async () => {
		const foreign = elsewhere.open('/foreign');
		await put(foreign);
		const options = { replaceCallback: true };
		const trigger = new Trigger({ registration: scope, settings: options });
		await trigger.activate();
		expect(await current()).toBe(trigger.url);
		await trigger.deactivate();
		expect(await current()).toBe(foreign);
	});

	it('takes the callback away where nobody answers for the one before', async () => {
		await put(elsewhere.open('/gone'));
		const trigger = new Trigger({ registration: scope, settings: { replaceCallback: true } });
		await trigger.activate();
		elsewhere.live.delete('/gone');
		const problem = await problemOf(trigger.deactivate());
		expect(problem.message).toContain('/gone');
		expect(await current()).toBeNull();
	});

	it('leaves alone what somebody else registered meanwhile', async () => {
		const trigger = new Trigger({ registration: scope });
		await trigger.activate();
		const foreign = elsewhere.open('/foreign');
		await put(foreign);
		await trigger.deactivate();
		expect(await current()).toBe(foreign);
	});

	it('does not take webhooks from another published workflow', async () => {
		const other = new Trigger({ registration: scope }, { id: 'node-2' });
		await other.activate();
		const problem = await problemOf(new Trigger({ registration: scope }).activate());
		expect(problem.message).toContain('another workflow of this n8n');
		expect(await current()).toBe(other.url);
	});

	it('says what to do when Meta does not reach the address', async () => {
		const trigger = new Trigger({ registration: scope }, { id: 'unreachable' });
		const activation = trigger.activate();
		n8n.live.delete(new URL(trigger.url).pathname);
		const problem = await problemOf(activation);
		expect(problem.message).toMatch(/^Meta refused to (send the webhooks|subscribe)/);
		expect(problem.advice).toContain('WEBHOOK_URL');
	});

	it('names the step at which Meta was not there', async () => {
		const graphBaseUrl = 'http://127.0.0.1:9';
		const problem = await problemOf(
			new Trigger({ registration: scope }).activate({ graphBaseUrl }),
		);
		expect(problem.message).toMatch(/^Could not ask Meta to list the apps/);
	});

	it('names the step at which the token was refused', async () => {
		const accessToken = 'SIMULATOR_NO_ACCOUNT_TOKEN';
		const problem = await problemOf(new Trigger({ registration: scope }).activate({ accessToken }));
		expect(problem.message).toMatch(/^Meta refused to list the apps .*\(code \d+\)$/);
		expect(problem.advice).not.toBe('');
	});

	it.each(['appId', 'appSecret', 'businessAccountId'])('asks for a missing %s', async (part) => {
		const problem = await problemOf(new Trigger({ registration: scope }).activate({ [part]: '' }));
		expect(problem.message).toMatch(/^In the credential, .* is empty$/);
	});
});

it('has nothing to undo after an activation that never began', async () => {
	const trigger = new Trigger({ registration: 'app' });
	await problemOf(trigger.activate({ appSecret: '' }));
	await trigger.deactivate({ appSecret: '' });
	expect(trigger.logs).toEqual([
		expect.stringMatching(/^warn: .*nothing is undone.*App Secret is empty/),
	]);
});

it('tells what became of the registration at the end', async () => {
	const trigger = new Trigger({ registration: 'phoneNumber' });
	await trigger.activate();
	await trigger.deactivate();
	const ofNumberAndApp = Array(2).fill(expect.stringMatching(/^debug: .*at Meta: removed$/));
	expect(trigger.logs).toEqual(ofNumberAndApp);
});

it('registers the phone number that was picked', async () => {
	const second = '300000000000002';
	const phoneNumberId = { __rl: true, mode: 'list', value: second };
	const trigger = new Trigger({ registration: 'phoneNumber', phoneNumberId });
	await trigger.activate();
	expect((await meta.phoneNumberCallbacks(second)).phoneNumberUrl).toBe(trigger.url);
	expect((await callbacks()).phoneNumberUrl).toBeNull();
	await trigger.deactivate();
	expect((await meta.phoneNumberCallbacks(second)).phoneNumberUrl).toBeNull();
});

it('adds fields to the app and keeps those it had', async () => {
	const trigger = new Trigger({ registration: 'app', events: ['account_update', 'flows'] });
	await meta
		.setAppSubscription(APP, { url: trigger.url, verifyToken: VERIFY_TOKEN }, [])
		.catch(() => undefined);
	await trigger.activate();
	expect((await meta.appSubscription(APP))?.fields.sort()).toEqual(['account_update', 'flows']);

	const more = new Trigger({ registration: 'app', events: ['security'] });
	expect(await more.exists()).toBe(false);
	await more.activate();
	expect((await meta.appSubscription(APP))?.fields.sort()).toEqual([
		'account_update',
		'flows',
		'security',
	]);
});

describe('Message alone', () => {
	const events = ['message'];
	const needed = ['calls', 'messages', 'messaging_handovers', 'standby', 'user_preferences'];
	const fields = async () => (await meta.appSubscription(APP))?.fields.sort();

	it.each(SCOPES)('by %s, also subscribes to what the rules for contacts need', async (scope) => {
		await new Trigger({ registration: scope, events }).activate();
		expect(await fields()).toEqual([...needed, 'smb_message_echoes'].sort());
	});

	it('needs no echoes where nothing pauses for them', async () => {
		const settings = { pauseMinutes: 0 };
		await new Trigger({ registration: 'app', events, settings }).activate();
		expect(await fields()).toEqual(needed);
	});

	it('leaves the app of somebody else alone', async () => {
		const url = elsewhere.open('/app');
		await meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
		await new Trigger({ registration: 'phoneNumber', events }).activate();
		expect((await callbacks()).phoneNumberUrl).not.toBeNull();
		expect(await meta.appSubscription(APP)).toMatchObject({
			callbackUrl: url,
			fields: ['messages'],
		});
	});
});

it('tells when the app of somebody else lacks the field', async () => {
	const url = elsewhere.open('/app');
	await meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['account_update']);
	const problem = await problemOf(new Trigger({ registration: 'phoneNumber' }).activate());
	expect(problem.message).toContain('not subscribed to messages');
	expect(problem.advice).toContain('App Dashboard');
});

it('says when the address is too long for an override', async () => {
	const id = 'x'.repeat(200);
	const problem = await problemOf(
		new Trigger({ registration: 'businessAccount' }, { id }).activate(),
	);
	expect(problem.message).toContain('200 at most');
});

describe('by hand', () => {
	it('asks Meta for nothing and leaves everything as it is', async () => {
		const trigger = new Trigger({});
		await trigger.activate({ graphBaseUrl: 'http://127.0.0.1:9' });
		await trigger.deactivate();
		expect(await callbacks()).toEqual({
			phoneNumberUrl: null,
			businessAccountUrl: null,
			appUrl: null,
		});
	});

	it.each([
		['appSecret', /App Secret/],
		['verifyToken', /Verify Token/],
	])('does not start without %s', async (part, message) => {
		const problem = await problemOf(new Trigger({}).activate({ [part]: '' }));
		expect(problem.message).toMatch(message);
	});
});
