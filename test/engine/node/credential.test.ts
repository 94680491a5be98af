import { useEngine, useSimulator } from '../harness';
import { appSecret, credential, ids, requests, tokens, withoutStatuses } from './account';
import { answerJson, closedPort, startHost } from './ownHost';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

const tryOut = async (changes: Record<string, unknown> = {}, url = simulator.url) =>
	await engine.testCredential({ type: 'whatsAppCloudApi', data: credential(url, changes) });

const withoutApp = { appId: '', appSecret: '' };

test.each([
	['everything', {}, 'Sending works. The trigger works.'],
	['no app', withoutApp, 'Sending works. For the trigger add App Secret and App ID.'],
	['an app ID and no secret', { appSecret: '' }, 'Sending works. For the trigger add App Secret.'],
	[
		'no app ID and a verify token',
		{ appId: '', verifyToken: 'the-verify-token' },
		'Sending works. The trigger works by hand. To register by itself it needs App ID.',
	],
	[
		'no number',
		{ phoneNumberId: '' },
		'Sending works from the Sender that you pick in the node. The trigger works.',
	],
	[
		'no account',
		{ ...withoutApp, businessAccountId: '' },
		'Sending works. For the lists of numbers and templates add WhatsApp Business Account ID. For the trigger add App Secret, App ID, and WhatsApp Business Account ID.',
	],
	[
		'the standby token',
		{ accessToken: '', standbyAccessToken: tokens.standby, activeToken: 'standby' },
		'Sending works. The trigger works.',
	],
	['an older version', { graphVersion: 'v24.0' }, 'Sending works. The trigger works.'],
])('with %s, says what works', async (_what, changes, message) => {
	expect(await tryOut(changes)).toMatchObject({ status: 'OK', message });
});

test('tells of a version that has ended at Meta', async () => {
	const host = await startHost(({ path }, response) => {
		const token = { is_valid: true, app_id: ids.app };
		const number = { id: ids.phoneNumber, display_phone_number: '+1 555-010-0001' };
		if (path.endsWith('/debug_token')) answerJson(response, { data: token });
		else if (path.endsWith('/phone_numbers')) answerJson(response, { data: [number] });
		else answerJson(response, { id: '1' });
	});
	expect(await tryOut({ graphVersion: 'v20.0' }, host.url)).toMatchObject({
		status: 'OK',
		message:
			'Sending works. The trigger works. Meta has ended Graph Version v20.0 on 2026-09-24. Set it to v25.0.',
	});
});

describe('tells apart', () => {
	test.each([
		[
			'a token with an invisible character',
			{ accessToken: `${tokens.active}\u200b` },
			/Access Token contains a blank or a character that no token has/,
		],
		['a wrong token', { accessToken: 'NOT_A_TOKEN' }, /^Access Token is wrong: Meta does not know/],
		['an expired one', { accessToken: tokens.expired }, /^Access Token expired on \d{4}-\d\d-\d\d/],
		[
			'one of another app',
			{ accessToken: tokens.ofOtherApp },
			/^Access Token belongs to another app, not to the App ID .*100000000000001/,
		],
		[
			'one without permissions',
			{ accessToken: tokens.withoutAccount },
			/^Access Token lacks whatsapp_business_messaging and whatsapp_business_management\. Create/,
		],
		[
			'an account ID that is wrong',
			{ businessAccountId: '999' },
			/no access to the WhatsApp Business account 999/,
		],
		[
			'a number ID that is wrong',
			{ phoneNumberId: '999' },
			/no access to the phone number 999. Check Default Phone Number ID/,
		],
		[
			'the IDs of number and account swapped',
			{ businessAccountId: ids.phoneNumber, phoneNumberId: ids.businessAccount },
			/^Default Phone Number ID and WhatsApp Business Account ID are swapped: .* Exchange them\.$/,
		],
		[
			'the ID of the number in the place of the account',
			{ businessAccountId: ids.phoneNumber, phoneNumberId: '' },
			/^WhatsApp Business Account ID holds the ID of a phone number, which belongs into Default Phone Number ID\. Copy/,
		],
		[
			'the ID of the number in both places',
			{ businessAccountId: ids.phoneNumber },
			/^WhatsApp Business Account ID holds the ID of a phone number/,
		],
		[
			'the ID of the account in the place of the number',
			{ phoneNumberId: ids.businessAccount },
			/^Default Phone Number ID holds the ID of a WhatsApp Business account, .* from App Dashboard/,
		],
		[
			'the ID of the app in the place of the account',
			{ businessAccountId: ids.app },
			/^WhatsApp Business Account ID holds the ID of something else at Meta, such as an app/,
		],
		[
			'the phone number in the place of its ID',
			{ phoneNumberId: '15550100001' },
			/^Default Phone Number ID holds the phone number itself\. Enter its ID, 300000000000001\.$/,
		],
		[
			'an account that the token cannot use, with those it can',
			{ businessAccountId: '999' },
			/999\. It can use 200000000000001(, \d+)*\. Check WhatsApp Business Account ID/,
		],
		[
			'a bare token',
			{ ...withoutApp, businessAccountId: '', phoneNumberId: '' },
			/^The token works, but there is no number to send from\. Copy Default Phone Number ID/,
		],
		['a wrong app secret', { appSecret: 'another' }, /^App ID and App Secret do not fit together/],
		['an unknown app', { appId: '42' }, /^App ID and App Secret do not fit together/],
	])('%s', async (_what, changes, message) => {
		expect(await tryOut(changes)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test('a number of another account', async () => {
		const host = await startHost(({ path }, response) => {
			const token = { is_valid: true, app_id: ids.app };
			if (path.endsWith('/debug_token')) answerJson(response, { data: token });
			else if (path.endsWith('/phone_numbers')) answerJson(response, { data: [{ id: '5' }] });
			else answerJson(response, { id: '1' });
		});
		expect((await tryOut({}, host.url)).message).toMatch(
			/^The phone number 300000000000001 belongs to another account, .* 200000000000001\. Copy/,
		);
	});

	test('a token without the permission to send', async () => {
		const scopes = ['whatsapp_business_management'];
		const host = await startHost((_request, response) =>
			answerJson(response, { data: { is_valid: true, app_id: ids.app, scopes } }),
		);
		expect((await tryOut({}, host.url)).message).toMatch(
			/^Access Token lacks whatsapp_business_messaging\. Create a new one/,
		);
	});

	test.each([
		[
			'a wrong token',
			{ accessToken: 'NOT_A_TOKEN' },
			/is wrong or has expired.*App ID and App Secret/,
		],
		['an expired one', { accessToken: tokens.expired }, /Session has expired/],
		[
			'one without permissions',
			{ accessToken: tokens.withoutAccount },
			/^Access Token lacks whatsapp_business_messaging and whatsapp_business_management/,
		],
		[
			'one of another app',
			{ accessToken: tokens.ofOtherApp, appId: ids.app },
			/belongs to another app/,
		],
	])('without app secret: %s', async (_what, changes, message) => {
		expect(await tryOut({ ...withoutApp, ...changes })).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	test('the standby token by its own name', async () => {
		const changes = { standbyAccessToken: tokens.expired, activeToken: 'standby' };
		expect((await tryOut(changes)).message).toMatch(/^Standby Access Token expired on/);
	});
});

describe('a host that is not Meta', () => {
	test('and does not listen', async () => {
		expect(await tryOut({}, await closedPort())).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Meta was not reached: .*refused.*Graph Base URL/),
		});
	});

	test('and has no name', async () => {
		const { message } = await tryOut({}, 'http://graph.invalid');
		expect(message).toMatch(/^Meta was not reached: graph\.invalid cannot be reached/);
	});

	test.each([
		['a page', 502, '<html><h1>Bad Gateway</h1></html>'],
		['a page that says all is well', 200, '<html>Log in</html>'],
		['broken JSON', 200, '{"data":'],
		['nothing', 200, ''],
	])('and answers with %s', async (_what, status, body) => {
		const host = await startHost((_request, response) => {
			response.writeHead(status, { 'content-type': 'text/html' }).end(body);
		});
		const { message } = await tryOut({}, host.url);
		expect(message).toMatch(new RegExp(`^Meta was not reached: .*HTTP ${status}`));
		expect(message).not.toContain('<');
	});

	test.each([{}, { data: null }, { data: [] }, []])('and answers with %j', async (body) => {
		const host = await startHost((_request, response) => answerJson(response, body));
		const { status, message } = await tryOut({}, host.url);
		expect(status).toBe('Error');
		expect(message).not.toMatch(/TypeError|undefined|Cannot read/);
	});

	test('and leads elsewhere gets nobody the token', async () => {
		const elsewhere = await startHost((_request, response) => answerJson(response, {}));
		const host = await startHost((_request, response) => {
			response.writeHead(302, { location: `${elsewhere.url}/steal` }).end();
		});
		expect(await tryOut({}, host.url)).toMatchObject({ status: 'Error' });
		expect(elsewhere.received).toEqual([]);
	});
});

describe('parts that cannot be', () => {
	test.each([
		[{ accessToken: '' }, 'In the credential, Access Token is empty'],
		[{ accessToken: undefined }, 'In the credential, Access Token is empty'],
		[{ activeToken: 'standby' }, 'In the credential, Standby Access Token is empty'],
		[{ graphVersion: '25' }, 'In the credential, Graph Version must look like v25.0'],
		[{ graphBaseUrl: 'graph.facebook.com' }, 'In the credential, Graph Base URL must be'],
		[{ phoneNumberId: '+1 555 010 0001' }, 'In the credential, Default Phone Number ID must'],
		[{ appId: 'my app' }, 'In the credential, App ID must consist of digits only'],
		[{ defaultCountry: 'Germany' }, 'In the credential, Default Country must be a two-letter'],
	])('%j', async (changes, message) => {
		expect(await tryOut(changes)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining(message),
		});
		expect(await requests(simulator)).toEqual([]);
	});
});

test('no secret comes back or is logged', async () => {
	const echo = await startHost(({ headers, query }, response) => {
		const seen = [headers.authorization, query.get('input_token')].join(' ');
		answerJson(response, { error: { code: 190, message: `Malformed token ${seen}` } }, 401);
	});
	const secret = 'EAAsecretOfTheTest';
	const results = [
		await tryOut({ accessToken: secret }, echo.url),
		await tryOut({ accessToken: secret, ...withoutApp }, echo.url),
		await tryOut({ accessToken: secret }),
	];
	const written = JSON.stringify(results) + engine.output();
	expect(echo.received.length).toBeGreaterThan(0);
	for (const hidden of [secret, appSecret, '[hidden]']) expect(written).not.toContain(hidden);
});
