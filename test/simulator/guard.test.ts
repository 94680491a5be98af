import { request } from 'node:http';
import { Callback } from './support/callback';
import { at, textAt } from './support/json';
import { accessToken, ana, appToken, ids, startSimulator, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off'], 'first');

interface Raw {
	status: number;
	headers: Record<string, unknown>;
	body: string;
}

/** A request with headers that `fetch` does not let you set. */
async function raw(
	path: string,
	headers: Record<string, string> = {},
	method = 'GET',
	body = '',
	base = simulator.url,
): Promise<Raw> {
	return await new Promise((resolve, reject) => {
		const sent = request(base + path, { method, headers }, (response) => {
			let text = '';
			response.on('data', (chunk) => (text += String(chunk)));
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
			);
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

const port = (): string => new URL(simulator.url).port;
const state = '/_simulator/chat/state';

test.each<[string, () => string, number]>([
	['an address of this machine', () => `127.0.0.1:${port()}`, 200],
	['another of its addresses', () => `127.9.8.7:${port()}`, 200],
	['localhost', () => `localhost:${port()}`, 200],
	['LOCALHOST', () => `LOCALHOST:${port()}`, 200],
	['localhost with a dot', () => `localhost.:${port()}`, 200],
	['a name below localhost', () => `meta.localhost:${port()}`, 200],
	['its IPv6 address', () => `[::1]:${port()}`, 200],
	['another port, as behind a proxy', () => 'localhost:8080', 200],
	['a strange name', () => `attacker.example:${port()}`, 403],
	['a name that begins as its own', () => `127.0.0.1.attacker.example:${port()}`, 403],
	['a name that ends as its own', () => `attackerlocalhost:${port()}`, 403],
	['a name behind its own', () => 'localhost@attacker.example', 403],
	['an address of the network', () => `192.168.1.5:${port()}`, 403],
])('Host is %s', async (_what, host, expected) => {
	expect((await raw(state, { host: host() })).status).toBe(expected);
});

test.each<[string, () => Record<string, string>, number]>([
	['its own page', () => ({ origin: simulator.url, 'sec-fetch-site': 'same-origin' }), 200],
	['the address bar', () => ({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }), 200],
	['a page of another port', () => ({ origin: 'http://127.0.0.1:1' }), 403],
	['a page of its other name', () => ({ origin: `http://localhost:${port()}` }), 403],
	['a page without origin', () => ({ origin: 'null' }), 403],
	['a picture on another site', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
	['a picture on another port', () => ({ 'sec-fetch-site': 'same-site' }), 403],
	[
		'a link on another site, to data',
		() => ({
			'sec-fetch-site': 'cross-site',
			'sec-fetch-mode': 'navigate',
			'sec-fetch-dest': 'document',
		}),
		403,
	],
	[
		'a WebSocket of another site',
		() => ({
			origin: 'https://attacker.example',
			connection: 'upgrade',
			upgrade: 'websocket',
			'sec-websocket-version': '13',
			'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
		}),
		403,
	],
])('a request of %s', async (_what, headers, expected) => {
	expect((await raw(state, headers())).status).toBe(expected);
});

test('the Graph API answers strangers in its own words', async () => {
	const answer = await raw('/v25.0/me', {
		authorization: `Bearer ${accessToken}`,
		origin: 'https://attacker.example',
	});
	expect([answer.status, at(JSON.parse(answer.body), 'error', 'code')]).toEqual([403, 10]);
});

test.each([
	['application/x-www-form-urlencoded', 'ms=1'],
	['text/plain', '{"ms":1}'],
	['application/jsonp', '{"ms":1}'],
	['multipart/form-data; boundary=x', '--x--'],
	['', '{"ms":1}'],
])('its own API takes no "%s"', async (type, body) => {
	const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
	const paths = ['/_simulator/clock', '/_simulator/chat/read', '/_simulator/faults'];
	for (const path of [...paths, '/%5fsimulator/clock', '/_simulator/cloc%6b/']) {
		const answer = await raw(path, headers, 'POST', body);
		expect([path, answer.status]).toEqual([path, 415]);
	}
	expect(await simulator.admin('/clock')).toMatchObject({ offsetMs: 0 });
});

test('its own API takes JSON with a charset, and nothing at all where nothing is needed', async () => {
	const json = { 'content-type': 'application/json; charset=utf-8' };
	expect((await raw('/_simulator/clock', json, 'POST', '{"ms":0}')).status).toBe(200);
	expect((await raw('/_simulator/counters/reset', {}, 'POST')).status).toBe(200);
	expect((await raw('/_simulator/faults', {}, 'DELETE')).status).toBe(200);
});

test('files that come back have nothing in them that runs', async () => {
	const form = new FormData();
	form.set('file', new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), 'a.html');
	const upload = await fetch(`${simulator.url}/_simulator/chat/media`, {
		method: 'POST',
		body: form,
	});
	const id = textAt(await upload.json(), 'id');
	const link = textAt((await simulator.graph(`/${id}`)).body, 'url');
	for (const url of [`${simulator.url}/_simulator/chat/media/${id}`, link]) {
		const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
		expect(answer.status).toBe(200);
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(answer.headers.get('content-security-policy')).toBe('sandbox');
	}
});

const elsewhere = 'http://192.0.2.1/hook';
const words = /not on this machine/;
test('callbacks are on this machine', async () => {
	const account = async (json: unknown): Promise<string> => {
		const response = await fetch(`${simulator.url}/_simulator/account`, {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(json),
		});
		return `${response.status} ${await response.text()}`;
	};
	const refused = /^400 .*not on this machine/;
	expect(await account({ webhook: { callbackUrl: elsewhere } })).toMatch(refused);
	expect(
		await account({ apps: { [ids.app]: { subscription: { callbackUrl: elsewhere } } } }),
	).toMatch(refused);
	expect(
		await account({ phoneNumbers: { [ids.phoneNumber]: { overrideCallbacks: { a: elsewhere } } } }),
	).toMatch(refused);
	const app = await simulator.graph(`/${ids.app}/subscriptions`, {
		token: appToken,
		json: {
			object: 'whatsapp_business_account',
			callback_url: elsewhere,
			verify_token: 'x',
			fields: 'messages',
		},
	});
	const override = { override_callback_uri: elsewhere, verify_token: 'x' };
	const waba = await simulator.graph(`/${ids.businessAccount}/subscribed_apps`, { json: override });
	const number = await simulator.graph(`/${ids.phoneNumber}`, {
		json: { webhook_configuration: override },
	});
	for (const answer of [app, waba, number]) {
		expect(at(answer.body, 'error', 'code')).toBe(2200);
		expect(textAt(answer.body, 'error', 'message')).toMatch(words);
	}
});

test('options open what is closed', async () => {
	const open = await startSimulator('--allow-host', 'meta.test', '--allow-callback', '192.0.2.1');
	try {
		const headers = { host: `meta.test:${new URL(open.url).port}` };
		expect((await raw(state, headers, 'GET', '', open.url)).status).toBe(200);
		expect((await raw(state, { host: 'other.test' }, 'GET', '', open.url)).status).toBe(403);
		await open.admin('/account', { webhook: { callbackUrl: elsewhere } }, 'PATCH');
		await expect(
			open.admin('/account', { webhook: { callbackUrl: 'http://192.0.2.2/' } }, 'PATCH'),
		).rejects.toThrow(words);
	} finally {
		await open.stop();
	}
});

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('the name %s', (name) => {
	const error = async (parts: Record<string, unknown>): Promise<unknown> => {
		const answer = await simulator.send(parts);
		expect([400, 404]).toContain(answer.status);
		expect(textAt(answer.body, 'error', 'fbtrace_id')).not.toBe('');
		return at(answer.body, 'error', 'code');
	};

	test('is no type of a message', async () => {
		const parts: unknown = JSON.parse(`{"type":"${name}","${name}":{"body":"x"}}`);
		expect(await error(parts as Record<string, unknown>)).toBe(131051);
		expect(await error({ type: 'interactive', interactive: { type: name } })).toBe(131009);
	});

	test('is no part of a template', async () => {
		const component = { type: 'button', sub_type: name, index: 0 };
		const language = { code: 'en_US' };
		expect(
			await error({
				type: 'template',
				template: { name: 'order_update', language, components: [component] },
			}),
		).not.toBe(1);
		expect(await error({ type: 'template', template: { name, language, components: [] } })).toBe(
			132001,
		);
	});

	test('is no field, no ID and no granularity', async () => {
		const field = await simulator.graph(`/${ids.phoneNumber}?fields=${name}`);
		expect([field.status, at(field.body, 'error', 'code')]).toEqual([400, 100]);
		const object = await simulator.graph(`/${name}`);
		expect([object.status, at(object.body, 'error', 'code')]).toEqual([400, 100]);
		const analytics = await simulator.graph(
			`/${ids.businessAccount}/pricing_analytics?start=1&end=2&granularity=${name}`,
		);
		expect([analytics.status, at(analytics.body, 'error', 'code')]).toEqual([400, 100]);
	});

	test('is no type of what a customer sends', async () => {
		const response = await fetch(`${simulator.url}/_simulator/chat/messages`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: `{"phoneNumberId":"${ids.phoneNumber}","customer":"${ana}","message":{"type":"${name}"}}`,
		});
		expect(response.status).toBe(400);
		const interactive = await fetch(`${simulator.url}/_simulator/chat/messages`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: `{"phoneNumberId":"${ids.phoneNumber}","customer":"${ana}","message":{"type":"interactive","interactive":{"type":"${name}","${name}":{"id":"x"}}}}`,
		});
		expect(interactive.status).toBeLessThan(500);
	});

	test('is an ordinary member of a form', async () => {
		const form = new URLSearchParams({ [name]: '{"text":"x"}', messaging_product: 'whatsapp' });
		const answer = await simulator.graph(`/${ids.phoneNumber}/messages`, { body: form });
		expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([400, 100]);
	});
});

test('a callback is called under its own name alone', async () => {
	const callback = await new Callback().start();
	try {
		const { port: callbackPort } = new URL(callback.url);
		const named = await simulator.graph(`/${ids.phoneNumber}`, {
			json: {
				webhook_configuration: {
					override_callback_uri: `http://localhost@192.0.2.1:${callbackPort}/`,
					verify_token: callback.verifyToken,
				},
			},
		});
		expect(at(named.body, 'error', 'code')).toBe(2200);
		expect(callback.handshakes).toEqual([]);
	} finally {
		await callback.stop();
	}
});
