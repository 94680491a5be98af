import {
	APP,
	BUSINESS,
	NUMBER,
	SCOPES,
	VERIFY_TOKEN,
	problemOf,
	registrationSetup,
} from './registrationSetup';

const setup = registrationSetup();
const { callbacks, newTrigger } = setup;

describe.each(SCOPES.slice(0, 2))('a test run by %s', (scope, callbackName) => {
	const current = async () => (await callbacks())[callbackName];
	beforeEach(async () => {
		const url = setup.elsewhere.open('/app');
		await setup.meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
	});

	it('puts the published workflow back after a test run', async () => {
		const published = newTrigger({ registration: scope });
		await published.activate();
		const test = newTrigger({ registration: scope }, { isTest: true });
		await test.activate();
		expect(await current()).toBe(test.url);
		await test.deactivate();
		expect(await current()).toBe(published.url);
		expect(await published.exists()).toBe(true);
	});

	it('puts another workflow of this n8n back after a test run', async () => {
		const other = newTrigger({ registration: scope }, { id: 'node-2' });
		await other.activate();
		const test = newTrigger({ registration: scope }, { isTest: true });
		await test.activate();
		await test.deactivate();
		expect(await current()).toBe(other.url);
	});

	it('takes over from a test run that crashed', async () => {
		await newTrigger({ registration: scope }, { isTest: true }).activate();
		const published = newTrigger({ registration: scope });
		await published.activate();
		await published.deactivate();
		expect(await current()).toBeNull();
	});
});

describe.each(SCOPES)('by %s', (scope, callbackName) => {
	const current = async () => (await callbacks())[callbackName];
	const put = async (url: string | null) => {
		const callback = url === null ? null : { url, verifyToken: VERIFY_TOKEN };
		await setup.meta.setAppSubscription(
			APP,
			{
				url: scope === 'app' && url !== null ? url : setup.elsewhere.open('/app'),
				verifyToken: VERIFY_TOKEN,
			},
			['messages'],
		);
		await setup.meta.subscribeApp(BUSINESS, scope === 'businessAccount' ? callback : null);
		if (scope === 'phoneNumber') await setup.meta.setPhoneNumberCallback(NUMBER, callback);
	};

	it('registers, is found again, and takes itself back', async () => {
		const trigger = newTrigger({ registration: scope });
		expect(await trigger.exists()).toBe(false);
		await trigger.activate();
		expect(await current()).toBe(trigger.url);
		expect(await trigger.exists()).toBe(true);
		expect((await setup.meta.subscribedApps(BUSINESS)).map(({ appId }) => appId)).toEqual([
			APP.appId,
		]);
		expect((await setup.meta.appSubscription(APP))?.fields).toContain('messages');

		await trigger.deactivate();
		expect(await current()).toBeNull();
		expect(await setup.meta.appSubscription(APP)).toBeNull();
		expect(trigger.staticData).toEqual({});
	});

	it('makes up a verify token where the credential has none', async () => {
		const trigger = newTrigger({ registration: scope });
		const problem = await problemOf(trigger.activate({ verifyToken: '' }));
		// The server knows only the credential's token, and Meta was given another one.
		expect(problem.message).toMatch(/403/);
	});

	it('refuses to take the place of somebody else', async () => {
		const foreign = setup.elsewhere.open('/foreign');
		await put(foreign);
		const problem = await problemOf(newTrigger({ registration: scope }).activate());
		expect(problem.message).toContain(foreign);
		expect(problem.advice).toContain('Replace Other Callback');
		expect(await current()).toBe(foreign);
	});

	it('replaces somebody else on demand, and puts them back', async () => {
		const foreign = setup.elsewhere.open('/foreign');
		await put(foreign);
		const options = { replaceCallback: true };
		const trigger = newTrigger({ registration: scope, settings: options });
		await trigger.activate();
		expect(await current()).toBe(trigger.url);
		await trigger.deactivate();
		expect(await current()).toBe(foreign);
	});

	it('takes the callback away where nobody answers for the one before', async () => {
		await put(setup.elsewhere.open('/gone'));
		const trigger = newTrigger({ registration: scope, settings: { replaceCallback: true } });
		await trigger.activate();
		setup.elsewhere.live.delete('/gone');
		const problem = await problemOf(trigger.deactivate());
		expect(problem.message).toContain('/gone');
		expect(await current()).toBeNull();
	});

	it('leaves alone what somebody else registered meanwhile', async () => {
		const trigger = newTrigger({ registration: scope });
		await trigger.activate();
		const foreign = setup.elsewhere.open('/foreign');
		await put(foreign);
		await trigger.deactivate();
		expect(await current()).toBe(foreign);
	});

	it('does not take webhooks from another published workflow', async () => {
		const other = newTrigger({ registration: scope }, { id: 'node-2' });
		await other.activate();
		const problem = await problemOf(newTrigger({ registration: scope }).activate());
		expect(problem.message).toContain('another workflow of this n8n');
		expect(await current()).toBe(other.url);
	});

	it('says what to do when Meta does not reach the address', async () => {
		const trigger = newTrigger({ registration: scope }, { id: 'unreachable' });
		const activation = trigger.activate();
		setup.n8n.live.delete(new URL(trigger.url).pathname);
		const problem = await problemOf(activation);
		expect(problem.message).toMatch(/^Meta refused to (send the webhooks|subscribe)/);
		expect(problem.advice).toContain('WEBHOOK_URL');
	});

	it('names the step at which Meta was not there', async () => {
		const graphBaseUrl = 'http://127.0.0.1:9';
		const problem = await problemOf(newTrigger({ registration: scope }).activate({ graphBaseUrl }));
		expect(problem.message).toMatch(/^Could not ask Meta to list the apps/);
	});

	it('names the step at which the token was refused', async () => {
		const accessToken = 'SIMULATOR_NO_ACCOUNT_TOKEN';
		const problem = await problemOf(newTrigger({ registration: scope }).activate({ accessToken }));
		expect(problem.message).toMatch(/^Meta refused to list the apps .*\(code \d+\)$/);
		expect(problem.advice).not.toBe('');
	});

	it.each(['appId', 'appSecret', 'businessAccountId'])('asks for a missing %s', async (part) => {
		const problem = await problemOf(newTrigger({ registration: scope }).activate({ [part]: '' }));
		expect(problem.message).toMatch(/^In the credential, .* is empty$/);
	});
});

it('has nothing to undo after an activation that never began', async () => {
	const trigger = newTrigger({ registration: 'app' });
	await problemOf(trigger.activate({ appSecret: '' }));
	await trigger.deactivate({ appSecret: '' });
	expect(trigger.logs).toEqual([
		expect.stringMatching(/^warn: .*nothing is undone.*App Secret is empty/),
	]);
});

it('tells what became of the registration at the end', async () => {
	const trigger = newTrigger({ registration: 'phoneNumber' });
	await trigger.activate();
	await trigger.deactivate();
	const ofNumberAndApp = Array(2).fill(expect.stringMatching(/^debug: .*at Meta: removed$/));
	expect(trigger.logs).toEqual(ofNumberAndApp);
});

it('registers the phone number that was picked', async () => {
	const second = '300000000000002';
	const phoneNumberId = { __rl: true, mode: 'list', value: second };
	const trigger = newTrigger({ registration: 'phoneNumber', phoneNumberId });
	await trigger.activate();
	expect((await setup.meta.phoneNumberCallbacks(second)).phoneNumberUrl).toBe(trigger.url);
	expect((await callbacks()).phoneNumberUrl).toBeNull();
	await trigger.deactivate();
	expect((await setup.meta.phoneNumberCallbacks(second)).phoneNumberUrl).toBeNull();
});

it('says when the address is too long for an override', async () => {
	const id = 'x'.repeat(200);
	const problem = await problemOf(
		newTrigger({ registration: 'businessAccount' }, { id }).activate(),
	);
	expect(problem.message).toContain('200 at most');
});

describe('by hand', () => {
	it('asks Meta for nothing and leaves everything as it is', async () => {
		const trigger = newTrigger({});
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
		const problem = await problemOf(newTrigger({}).activate({ [part]: '' }));
		expect(problem.message).toMatch(message);
	});
});
