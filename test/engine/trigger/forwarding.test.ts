import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { forwardWebhook } from '../../../nodes/WhatsAppCloud/graph/http/forwardWebhook';
import { requirePublic } from '../../../nodes/WhatsAppCloud/trigger/settings/forwardOption';
import { readOptions } from '../../../nodes/WhatsAppCloud/trigger/settings/triggerOptions';

describe('a call', () => {
	let server: Server;
	let url: string;
	let got: { headers: Record<string, unknown>; body: Buffer }[];
	let answer: { status: number; headers?: Record<string, string> } | 'hang';
	beforeEach(async () => {
		got = [];
		answer = { status: 200 };
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				got.push({ headers: request.headers, body: Buffer.concat(chunks) });
				if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end('ok');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	});
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	const body = Buffer.from(
		'{"object":"whatsapp_business_account","text":"\\u00e4 \xe4"}',
		'latin1',
	);
	const refusal = async (changes: Partial<Parameters<typeof forwardWebhook>[0]> = {}) =>
		await forwardWebhook({
			address: url,
			body,
			signature: 'sha256=abc',
			deliveryId: 'delivery 1',
			allowsPrivate: true,
			timeoutMs: 1_000,
			...changes,
		});
	const call = async (...given: Parameters<typeof refusal>) =>
		(await refusal(...given))?.problem ?? null;

	test('hands over the same bytes, signed', async () => {
		expect(await call()).toBeNull();
		expect(got).toEqual([
			{
				headers: expect.objectContaining({
					'content-type': 'application/json',
					'x-hub-signature-256': 'sha256=abc',
					'x-whatsapp-cloud-delivery': 'delivery 1',
				}),
				body,
			},
		]);
	});

	test('a receiver that refuses, redirects, hangs or is gone has not taken it', async () => {
		answer = { status: 503 };
		expect(await call()).toMatch(/^127\.0\.0\.1:\d+ answered with HTTP 503$/);
		answer = { status: 302, headers: { location: `${url}/elsewhere` } };
		expect(await call()).toMatch(/HTTP 302, and redirects are not followed$/);
		expect(got).toHaveLength(2);
		answer = 'hang';
		expect(await call()).toMatch(/^(127\.0\.0\.1|The connection)/);
		expect(got).toHaveLength(3);
		expect(await call({ address: 'http://127.0.0.1:1/' })).toMatch(
			/^127\.0\.0\.1:1 cannot be reached/,
		);
	});

	test('its status is told, and that there was no answer', async () => {
		for (const status of [302, 401, 422, 500]) {
			answer = { status };
			expect(await refusal()).toMatchObject({ status });
		}
		answer = 'hang';
		expect(await refusal()).toMatchObject({ status: null });
		expect(await refusal({ address: 'http://127.0.0.1:1/' })).toMatchObject({ status: null });
		expect(await refusal({ allowsPrivate: false })).toMatchObject({ status: null });
	});

	test('a private address is not called, nor a name that leads to one', async () => {
		expect(await call({ allowsPrivate: false })).toMatch(/is not an address of the internet$/);
		const { port } = server.address() as AddressInfo;
		const named = `http://localhost.:${port}/hook`;
		expect(await call({ allowsPrivate: false, address: named })).toMatch(/not .* of the internet$/);
		for (const address of ['http://[::1]/', 'http://10.0.0.1/', 'http://[::ffff:192.168.0.1]/']) {
			expect(await call({ allowsPrivate: false, address })).toMatch(/of the internet$/);
		}
		expect(got).toEqual([]);
	});
});

describe('the option', () => {
	const forwardsOf = (url: string, events: string[] = []) =>
		readOptions({
			timeZone: 'UTC',
			settings: { forwards: { address: [{ url, events }] } },
		}).forwards;

	test('an address needs https and the internet, unless the credential allows others', () => {
		const account = parseAccountWithoutToken({});
		const open = parseAccountWithoutToken({ allowPrivateForwards: true });
		for (const url of ['http://chat.example.com/', 'https://192.168.0.1/', 'https://chat/']) {
			expect(() => requirePublic(forwardsOf(url), account)).toThrow(
				'Options › Forward Webhooks To › Address 1 › URL',
			);
			expect(() => requirePublic(forwardsOf(url), open)).not.toThrow();
		}
		expect(() => requirePublic(forwardsOf('https://chat.example.com/'), account)).not.toThrow();
	});

	test('what is no address is refused by its place in the panel', () => {
		expect(() => forwardsOf('chat.example.com')).toThrow(/Forward Webhooks To › .*URL/);
	});
});
