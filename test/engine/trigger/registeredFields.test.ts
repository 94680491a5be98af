import { APP, SCOPES, VERIFY_TOKEN, problemOf, registrationSetup } from './registrationSetup';

const setup = registrationSetup();
const { callbacks, newTrigger } = setup;

it('adds fields to the app and keeps those it had', async () => {
	const trigger = newTrigger({ registration: 'app', events: ['account_update', 'flows'] });
	await setup.meta
		.setAppSubscription(APP, { url: trigger.url, verifyToken: VERIFY_TOKEN }, [])
		.catch(() => undefined);
	await trigger.activate();
	expect((await setup.meta.appSubscription(APP))?.fields.sort()).toEqual([
		'account_update',
		'flows',
	]);

	const more = newTrigger({ registration: 'app', events: ['security'] });
	expect(await more.exists()).toBe(false);
	await more.activate();
	expect((await setup.meta.appSubscription(APP))?.fields.sort()).toEqual([
		'account_update',
		'flows',
		'security',
	]);
});

describe('Message alone', () => {
	const events = ['message'];
	const needed = ['calls', 'messages', 'messaging_handovers', 'standby', 'user_preferences'];
	const fields = async () => (await setup.meta.appSubscription(APP))?.fields.sort();

	it.each(SCOPES)('by %s, also subscribes to what the rules for contacts need', async (scope) => {
		await newTrigger({ registration: scope, events }).activate();
		expect(await fields()).toEqual([...needed, 'smb_message_echoes'].sort());
	});

	it('needs no echoes where nothing pauses for them', async () => {
		const settings = { pauseMinutes: 0 };
		await newTrigger({ registration: 'app', events, settings }).activate();
		expect(await fields()).toEqual(needed);
	});

	it('leaves the app of somebody else alone', async () => {
		const url = setup.elsewhere.open('/app');
		await setup.meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['messages']);
		await newTrigger({ registration: 'phoneNumber', events }).activate();
		expect((await callbacks()).phoneNumberUrl).not.toBeNull();
		expect(await setup.meta.appSubscription(APP)).toMatchObject({
			callbackUrl: url,
			fields: ['messages'],
		});
	});
});

it('tells when the app of somebody else lacks the field', async () => {
	const url = setup.elsewhere.open('/app');
	await setup.meta.setAppSubscription(APP, { url, verifyToken: VERIFY_TOKEN }, ['account_update']);
	const problem = await problemOf(newTrigger({ registration: 'phoneNumber' }).activate());
	expect(problem.message).toContain('not subscribed to messages');
	expect(problem.advice).toContain('App Dashboard');
});
