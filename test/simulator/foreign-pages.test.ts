import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { Callback } from './support/callback';
import { at, listAt } from './support/json';
import { accessToken, appToken, ids, useSimulator } from './support/simulator';

/** What a page on another origin can do to a simulator running on the same machine. */
const simulator = useSimulator(['--timing', 'off']);
let attacker: Server;
let victim: Callback;
let browser: Browser;
let page: Page;

const strange = 'attacker.example';
const attackerPort = (): number => (attacker.address() as AddressInfo).port;

beforeAll(async () => {
	victim = await new Callback().start();
	attacker = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end('<!doctype html><title>A nice page</title><iframe name="sink"></iframe>');
	});
	await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
	browser = await chromium.launch({
		executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
		args: ['--no-sandbox', `--host-resolver-rules=MAP ${strange} 127.0.0.1`],
	});
});
afterAll(async () => {
	await browser.close();
	await victim.stop();
	attacker.closeAllConnections();
	attacker.close();
});
beforeEach(async () => {
	page = await browser.newPage();
});
afterEach(async () => await page.close());

/** Posts a form into a frame of the page, and waits until it has loaded. */
async function postForm(
	action: string,
	fields: Record<string, string>,
	enctype = 'application/x-www-form-urlencoded',
): Promise<void> {
	const answered = page.waitForEvent('response', (response) => response.url().startsWith(action));
	const inputs = Object.entries(fields).map(
		([name, value]) => `<input name="${name}" value='${value}'>`,
	);
	await page.setContent(
		`<iframe name="sink"></iframe>
		<form method="post" action="${action}" enctype="${enctype}" target="sink">
		${inputs.join('')}<button>Win a plant</button></form>`,
	);
	await page.getByRole('button').click();
	await answered;
}

const customers = async (): Promise<unknown[]> =>
	listAt(await simulator.admin('/account'), 'customers').map((customer) => customer['name']);

describe.each([
	['another port of this machine', () => `http://127.0.0.1:${attackerPort()}/`],
	['another site', () => `http://${strange}:${attackerPort()}/`],
])('a page of %s', (_where, address) => {
	beforeEach(async () => {
		await page.goto(address());
	});

	test('makes no customer with a form', async () => {
		await postForm(`${simulator.url}/_simulator/chat/customers`, { name: 'Mallory' });
		expect(await customers()).not.toContain('Mallory');
	});

	test('sends no message with a form that knows the token', async () => {
		await postForm(`${simulator.url}/v25.0/${ids.phoneNumber}/messages`, {
			access_token: accessToken,
			messaging_product: 'whatsapp',
			to: '+15550200001',
			type: 'text',
			text: '{"body":"Hello"}',
		});
		expect(await simulator.admin('/counters')).toMatchObject({ acceptedMessages: 0 });
	});

	test('makes it call no address with a form', async () => {
		victim.handshakes.length = 0;
		await postForm(`${simulator.url}/v25.0/${ids.app}/subscriptions`, {
			access_token: appToken,
			object: 'whatsapp_business_account',
			callback_url: victim.url,
			verify_token: victim.verifyToken,
			fields: 'messages',
		});
		expect(victim.handshakes).toEqual([]);
	});

	test.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
		'resets nothing with a request of the type "%s"',
		async (type) => {
			await simulator.send();
			await page.evaluate(
				async ([url, contentType]) =>
					await fetch(url, {
						method: 'POST',
						mode: 'no-cors',
						...(contentType === ''
							? {}
							: { headers: { 'content-type': contentType }, body: '{"a":1}' }),
					}),
				[`${simulator.url}/_simulator/reset`, type] as const,
			);
			expect(await simulator.admin('/counters')).toMatchObject({ acceptedMessages: 1 });
		},
	);

	test('reads nothing, changes nothing, and hears nothing', async () => {
		const heard = await page.evaluate(async (url) => {
			const tryFetch = async (path: string, init?: RequestInit): Promise<string> => {
				try {
					const response = await fetch(url + path, init);
					return response.ok ? await response.text() : 'refused';
				} catch {
					return 'refused';
				}
			};
			const eventSource = await new Promise<string>((resolve) => {
				const source = new EventSource(`${url}/_simulator/chat/events`);
				source.onopen = () => resolve('open');
				source.onerror = () => resolve('refused');
			});
			const webSocket = await new Promise<string>((resolve) => {
				const socket = new WebSocket(`${url.replace('http', 'ws')}/_simulator/chat/events`);
				socket.onopen = () => resolve('open');
				socket.onerror = () => resolve('refused');
			});
			return [
				await tryFetch('/_simulator/chat/state'),
				await tryFetch('/_simulator/clock', {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: '{"ms":60000}',
				}),
				eventSource,
				webSocket,
			];
		}, simulator.url);
		expect(heard).toEqual(['refused', 'refused', 'refused', 'refused']);
		expect(await simulator.admin('/clock')).toMatchObject({ offsetMs: 0 });
	});

	test('shows the chat in no frame, and may link to it', async () => {
		await page.setContent(
			`<a href="${simulator.url}/">Chat</a><iframe src="${simulator.url}/_simulator/chat/"></iframe>`,
		);
		await page.waitForLoadState('networkidle');
		expect(await page.frames()[1]?.locator('body[data-ready]').count()).toBe(0);
		await page.getByRole('link', { name: 'Chat' }).click();
		await page.locator('body[data-ready]').waitFor();
	});
});

test('a name that was led to this machine opens nothing (DNS rebinding)', async () => {
	const { port } = new URL(simulator.url);
	for (const path of ['/_simulator/chat/state', '/_simulator/chat/', '/v25.0/me']) {
		const answer = await page.goto(`http://${strange}:${port}${path}`);
		expect([path, answer?.status()]).toEqual([path, 403]);
		expect(await page.content()).not.toContain('Ana Torres');
	}
	const own = await page.goto(`http://localhost:${port}/_simulator/chat/state`);
	expect(own?.status()).toBe(200);
	expect(at(await own?.json(), 'customers', 0, 'name')).toBe('Ana Torres');
});
