import { runNode, useSimulator } from '../harness';
import { credentials, ids, itemsOf, onlyJson, requests, tokens, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const debug = async (
	parameters: Record<string, unknown> = {},
	account: Record<string, unknown> = {},
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'token', operation: 'debug', ...parameters },
		credentials: credentials(simulator.url, account),
	});

const withoutApp = { appId: '', appSecret: '' };

/** Adds a token to the account. */
async function addToken(token: string, parts: Record<string, unknown>): Promise<void> {
	await simulator.admin('PATCH', '/account', { tokens: { [token]: parts } });
}

const inDays = (days: number): number => Math.floor(Date.now() / 1000 + days * 86_400);

describe('a token that works', () => {
	test('for ever: every part of the item', async () => {
		expect(onlyJson(await debug())).toEqual({
			verdict: 'ok',
			reason: 'The token works',
			isValid: true,
			token: 'active',
			type: 'SYSTEM_USER',
			appId: ids.app,
			appName: 'Simulator app',
			issuedAt: '2026-01-01T00:00:00.000Z',
			expiresAt: null,
			daysLeft: null,
			neverExpires: true,
			dataAccessExpiresAt: null,
			scopes: expect.arrayContaining(['whatsapp_business_messaging']),
			missingScopes: [],
			businessAccountIds: [ids.businessAccount],
		});
	});

	test.each([
		[30.5, 14, 'ok', 30],
		[14.5, 14, 'ok', 14],
		[13.5, 14, 'expiring', 13],
		[0.5, 14, 'expiring', 0],
		[0.5, 0, 'ok', 0],
		[30.5, 60, 'expiring', 30],
	])('for %d days, warned %d days before: %s', async (days, warningDays, verdict, daysLeft) => {
		const expiresAt = inDays(days);
		await addToken('ENDING', { type: 'USER', expiresAt });
		const json = onlyJson(await debug({ warningDays }, { accessToken: 'ENDING' }));
		expect(json).toMatchObject({
			verdict,
			isValid: true,
			daysLeft,
			neverExpires: false,
			expiresAt: new Date(expiresAt * 1000).toISOString(),
			dataAccessExpiresAt: new Date(expiresAt * 1000).toISOString(),
		});
	});

	test('but lacks a permission', async () => {
		await addToken('NARROW', { scopes: ['whatsapp_business_messaging'] });
		expect(onlyJson(await debug({}, { accessToken: 'NARROW' }))).toMatchObject({
			verdict: 'ok',
			reason: 'The token works, but lacks whatsapp_business_management',
			missingScopes: ['whatsapp_business_management'],
		});
	});

	test('and reaches several accounts', async () => {
		const both = [ids.businessAccount, '200000000000009'];
		await addToken('WIDE', { businessAccountIds: both });
		expect(onlyJson(await debug({}, { accessToken: 'WIDE' }))).toMatchObject({
			businessAccountIds: both,
		});
	});

	test('and reaches none', async () => {
		const json = onlyJson(await debug({}, { accessToken: tokens.withoutAccount }));
		expect(json).toMatchObject({
			verdict: 'ok',
			businessAccountIds: [],
			missingScopes: ['whatsapp_business_messaging', 'whatsapp_business_management'],
		});
	});
});

describe('a token that does not work', () => {
	test('because it has expired', async () => {
		expect(onlyJson(await debug({}, { accessToken: tokens.expired }))).toMatchObject({
			verdict: 'invalid',
			reason: 'The token has expired',
			isValid: false,
			neverExpires: false,
			daysLeft: expect.any(Number),
		});
	});

	test('because nobody knows it', async () => {
		expect(onlyJson(await debug({}, { accessToken: 'NOT_A_TOKEN' }))).toMatchObject({
			verdict: 'invalid',
			reason: expect.stringContaining('Cannot parse access token'),
			isValid: false,
			scopes: [],
		});
	});

	test('for this app: Meta says so, with its code', async () => {
		const { error } = await debug({}, { accessToken: tokens.ofOtherApp });
		expect(error?.message).toMatch(
			/^The access token belongs to another Meta app .* \(100\) \[item 0\]$/,
		);
		expect(error?.description).toMatch(/Meta says: .*did not match the Viewing App/);
	});
});

describe('which token', () => {
	test.each([
		['active', 'primary', tokens.active],
		['active', 'standby', tokens.standby],
		['standby', 'primary', tokens.standby],
		['standby', 'standby', tokens.active],
	])('%s, while %s is active', async (token, activeToken, expected) => {
		await addToken(expected, { userName: 'Chosen', expiresAt: inDays(3.5) });
		const account = { activeToken, standbyAccessToken: tokens.standby };
		expect(onlyJson(await debug({ token }, account))).toMatchObject({ token, daysLeft: 3 });
	});

	test('by an expression, one for each item', async () => {
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'token', operation: 'debug', token: '={{ $json.which }}' },
			credentials: credentials(simulator.url, { standbyAccessToken: tokens.expired }),
			items: ['active', 'standby'].map((which) => ({ json: { which } })),
		});
		expect(itemsOf(result).map(({ json }) => json['verdict'])).toEqual(['ok', 'invalid']);
	});

	test('a pasted one, with spaces around it', async () => {
		const json = onlyJson(await debug({ token: 'pasted', pastedToken: ` ${tokens.expired}\n` }));
		expect(json).toMatchObject({ token: 'pasted', verdict: 'invalid', type: 'USER' });
	});

	test('a standby that is not there', async () => {
		const { error } = await debug({ token: 'standby' });
		expect(error).toMatchObject({
			message: expect.stringContaining('the credential has none'),
			description: expect.stringContaining('Standby Access Token'),
		});
	});

	test('a pasted one that is empty', async () => {
		const { error } = await debug({ token: 'pasted', pastedToken: '={{ " " }}' });
		expect(error?.message).toContain('"Token to Check" is empty');
	});

	test.each([
		[
			{ token: '={{ "third" }}' },
			'"Token" must be one of Active Token (active), Standby Token (standby), Pasted Token (pasted)',
		],
		[{ warningDays: '={{ "soon" }}' }, '"Warn Before Expiry" must be a number of days'],
		[{ warningDays: -1 }, '"Warn Before Expiry" must be from 0 to 3,650 days, but is -1'],
		[{ warningDays: 5000 }, '"Warn Before Expiry" must be from 0 to 3,650 days, but is 5,000'],
	])('%j is refused', async (parameters, problem) => {
		expect((await debug(parameters)).error?.message).toContain(problem);
	});
});

describe('without app ID and app secret', () => {
	test('a token that works tells about itself', async () => {
		expect(onlyJson(await debug({}, withoutApp))).toMatchObject({
			verdict: 'ok',
			appId: ids.app,
			businessAccountIds: [ids.businessAccount],
		});
	});

	test.each([
		['expired', tokens.expired, /has expired/],
		['unknown', 'NOT_A_TOKEN', /Cannot parse access token/],
	])('one that is %s is invalid, in the words of Meta', async (_why, accessToken, reason) => {
		expect(onlyJson(await debug({}, { ...withoutApp, accessToken }))).toMatchObject({
			verdict: 'invalid',
			isValid: false,
			reason: expect.stringMatching(reason),
		});
	});
});

test('a permission for all accounts names none: the one of the credential is tried', async () => {
	await addToken(tokens.active, { businessAccountIds: [] });
	expect(onlyJson(await debug())).toMatchObject({ businessAccountIds: [] });
	const tried = (await requests(simulator)).map(({ path }) => path.split('?')[0]);
	expect(tried).toEqual(['/v25.0/debug_token', `/v25.0/${ids.businessAccount}`]);
});

test('an app ID and app secret that do not belong together are reported', async () => {
	const { error } = await debug({}, { appSecret: 'another secret' });
	expect(error?.message).toMatch(/^App ID and App Secret in the credential do not fit together/);
	expect(error?.description).toMatch(/^Copy App ID and App Secret from .* Meta says: .*signature/);
});
