import { createHmac } from 'node:crypto';
import { at, textAt } from './support/json';
import { accessToken, appSecret, appToken, ids, useSimulator } from './support/simulator';

const simulator = useSimulator();

const error = (code: number, message?: unknown): object => ({
	error: expect.objectContaining({
		code,
		type: expect.any(String),
		fbtrace_id: expect.stringMatching(/^A/),
		...(message === undefined ? {} : { message }),
	}),
});

test.each([
	['none', null, 401, 104],
	['an unknown one', 'nonsense', 401, 190],
	['an expired one', 'SIMULATOR_EXPIRED_TOKEN', 401, 190],
	['an app token with a wrong secret', `${ids.app}|wrong`, 401, 190],
	['one of another app', 'SIMULATOR_OTHER_APP_TOKEN', 400, 100],
	['one without the permission', 'SIMULATOR_NO_ACCOUNT_TOKEN', 403, 200],
])('token: %s', async (_name, token, status, code) => {
	const answer = await simulator.graph(`/${ids.businessAccount}`, { token });
	expect(answer.status).toBe(status);
	expect(answer.body).toEqual(error(code));
});

test('an expired token says since when', async () => {
	const answer = await simulator.graph('/me', { token: 'SIMULATOR_EXPIRED_TOKEN' });
	expect(answer.body).toEqual(error(190, expect.stringContaining('Session has expired on')));
	expect(at(answer.body, 'error', 'error_subcode')).toBeUndefined();
});

test('a token may come as a parameter', async () => {
	const answer = await simulator.graph(`/me?access_token=${accessToken}`, { token: null });
	expect(answer.body).toMatchObject({ id: expect.any(String) });
});

test('the proof of the app secret is checked when it is given', async () => {
	const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');
	expect((await simulator.graph(`/me?appsecret_proof=${proof}`)).status).toBe(200);
	const wrong = await simulator.graph(`/me?appsecret_proof=${proof.replace(/^./, 'g')}`);
	expect(wrong.status).toBe(400);
	expect(wrong.body).toEqual(error(100, expect.stringContaining('appsecret_proof')));
	await simulator.admin('/settings', { requireAppSecretProof: true }, 'PATCH');
	expect((await simulator.graph('/me')).status).toBe(400);
	expect((await simulator.graph(`/me?appsecret_proof=${proof}`)).status).toBe(200);
});

test('versions: expired ones and future ones are refused, none is the oldest', async () => {
	const call = async (path: string): Promise<Response> =>
		await fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${accessToken}` } });
	const expired = await call('/v20.0/me');
	expect(expired.status).toBe(400);
	expect(await expired.json()).toEqual(error(2635));
	expect(await (await call('/v99.0/me')).json()).toEqual(error(2500));
	const current = await call('/v27.0/me');
	expect(current.headers.get('facebook-api-version')).toBe('v27.0');
	expect(current.headers.get('x-fb-trace-id')).toMatch(/^A/);
	expect((await call('/me')).headers.get('facebook-api-version')).toBe('v21.0');
});

test('paths and objects that are not there', async () => {
	expect((await simulator.graph('/nowhere/at/all')).body).toEqual(error(2500));
	const undecodable = await simulator.graph('/%E0%A4%A');
	expect([undecodable.status, undecodable.body]).toEqual([400, error(2500)]);
	const answer = await simulator.graph('/123');
	expect(answer.status).toBe(400);
	expect(answer.body).toEqual(error(100, expect.stringContaining("Object with ID '123'")));
	expect(at(answer.body, 'error', 'type')).toBe('GraphMethodException');
});

test('debug_token tells what it knows', async () => {
	const debug = async (input: string, token = accessToken): Promise<unknown> =>
		(await simulator.graph(`/debug_token?input_token=${encodeURIComponent(input)}`, { token }))
			.body;
	expect(await debug(accessToken)).toEqual({
		data: expect.objectContaining({
			app_id: ids.app,
			type: 'SYSTEM_USER',
			is_valid: true,
			expires_at: 0,
			scopes: expect.arrayContaining(['whatsapp_business_messaging']),
			granular_scopes: expect.arrayContaining([
				{ scope: 'whatsapp_business_messaging', target_ids: [ids.businessAccount] },
			]),
		}),
	});
	expect(await debug('SIMULATOR_EXPIRED_TOKEN', appToken)).toMatchObject({
		data: { is_valid: false, error: { code: 190 } },
	});
	expect(await debug('nonsense')).toMatchObject({
		data: { is_valid: false, error: { code: 190 } },
	});
	expect(await debug('SIMULATOR_OTHER_APP_TOKEN')).toEqual(error(100));
});

test('oauth/access_token gives app tokens and exchanges tokens', async () => {
	const ask = async (query: Record<string, string>): Promise<unknown> =>
		(
			await simulator.graph(`/oauth/access_token?${new URLSearchParams(query).toString()}`, {
				token: null,
			})
		).body;
	const client = { client_id: ids.app, client_secret: appSecret };
	expect(await ask({ ...client, grant_type: 'client_credentials' })).toEqual({
		access_token: appToken,
		token_type: 'bearer',
	});
	const exchanged = await ask({
		...client,
		grant_type: 'fb_exchange_token',
		fb_exchange_token: accessToken,
	});
	expect(exchanged).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
	const answer = await simulator.graph(`/${ids.phoneNumber}`, {
		token: textAt(exchanged, 'access_token'),
	});
	expect(answer.status).toBe(200);
	expect(await ask({ ...client, client_secret: 'wrong' })).toEqual(error(1));
	expect(await ask({ client_id: '1', client_secret: 'x' })).toEqual(error(101));
});

test('a system user keeps being one, and any token of the app can be ended', async () => {
	const ask = async (path: string, query: Record<string, string>): Promise<unknown> => {
		const client = { client_id: ids.app, client_secret: appSecret, ...query };
		const url = `/oauth/${path}?${new URLSearchParams(client).toString()}`;
		return (await simulator.graph(url)).body;
	};
	const fresh = textAt(
		await ask('access_token', {
			grant_type: 'fb_exchange_token',
			fb_exchange_token: accessToken,
			set_token_expires_in_60_days: 'true',
		}),
		'access_token',
	);
	const debug = async (): Promise<unknown> =>
		(await simulator.graph(`/debug_token?input_token=${fresh}`)).body;
	expect(await debug()).toMatchObject({ data: { type: 'SYSTEM_USER', is_valid: true } });
	expect(await ask('revoke', { revoke_token: 'SIMULATOR_OTHER_APP_TOKEN' })).toEqual(error(100));
	expect(await ask('revoke', { revoke_token: fresh })).toEqual({ success: true });
	expect(await debug()).toMatchObject({ data: { is_valid: false } });
});

test('a token runs out when the clock is moved', async () => {
	const expiresAt = Math.floor(Date.now() / 1000) + 3600;
	await simulator.admin('/account', { tokens: { SHORT: { expiresAt } } }, 'PATCH');
	expect((await simulator.graph('/me', { token: 'SHORT' })).status).toBe(200);
	await simulator.admin('/clock', { ms: 3_601_000 });
	expect((await simulator.graph('/me', { token: 'SHORT' })).body).toEqual(error(190));
});
