import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { forgetLookUps } from '../../../nodes/WhatsAppCloud/graph/keptAnswers';
import { loadPhoneNumbers } from '../../../nodes/WhatsAppCloud/methods/phoneNumbers';
import { useSimulator } from '../harness';
import { credential, ids } from '../node/account';
import { connect } from './hooks';

interface Page {
	data: unknown[];
	paging: { cursors: { after: string }; next?: string };
}

const simulator = useSimulator();
let server: Server;
let account: { accessToken: string; graphBaseUrl: string; businessAccountId: string };
let page: (after: string | null) => Page;
let requests = 0;

beforeAll(async () => {
	server = createServer((request, response) => {
		requests++;
		const after = new URL(request.url ?? '/', 'http://x').searchParams.get('after');
		response.setHeader('content-type', 'application/json').end(JSON.stringify(page(after)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const graphBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	account = { accessToken: 'A_TOKEN', graphBaseUrl, businessAccountId: '1' };
});
beforeEach(() => {
	requests = 0;
	forgetLookUps(parseAccount(account));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const load = async (values: object) => {
	const host = { getCredentials: async () => await Promise.resolve(values) };
	return await loadPhoneNumbers.call(host as unknown as ILoadOptionsFunctions);
};

test('the panel offers every phone number of a large account', async () => {
	const phoneNumbers = Object.fromEntries(
		Array.from({ length: 448 }, (_, index) => [String(400_000_000_000_000 + index), {}]),
	);
	await simulator.admin('PATCH', '/account', { phoneNumbers });
	const options = await load(credential(simulator.url));
	const values = new Set(options.map(({ value }) => value));
	expect(values.size).toBe(450);
	expect(values).toContain(ids.phoneNumber);
	expect(values).toContain('400000000000447');
});

test('an app is found on whichever page of the subscribed apps it stands', async () => {
	page = (after) => ({
		data: [{ whatsapp_business_api_data: { id: `app ${after ?? 0}`, name: 'An app' } }],
		paging: {
			cursors: { after: String(Number(after) + 1) },
			...(Number(after) < 2 ? { next: 'more' } : {}),
		},
	});
	const apps = await connect(parseAccount(account)).subscribedApps('1');
	expect(apps.map(({ appId }) => appId)).toEqual(['app 0', 'app 1', 'app 2']);
});

const following: Record<string, string> = { '': 'x', x: 'y', y: 'x' };

test.each<[string, (after: string | null) => Page, number]>([
	['gives empty pages', () => ({ data: [], paging: { cursors: { after: 'x' }, next: 'more' } }), 0],
	[
		'gives the same page again',
		() => ({ data: [{ id: '2' }], paging: { cursors: { after: 'x' }, next: 'more' } }),
		2,
	],
])('a server that %s without end is asked no more', async (_, answer, length) => {
	page = answer;
	expect(await load(account)).toHaveLength(length);
	// The first page, and the one after it, which points to itself.
	expect(requests).toBe(2);
	await connect(parseAccount(account)).subscribedApps('1');
	expect(requests).toBe(4);
});

test('pages that go round in a circle end', async () => {
	const entries = Array.from({ length: 50 }, (_, index) => ({ id: String(index) }));
	page = (after) => ({
		data: entries,
		paging: { cursors: { after: following[after ?? ''] ?? '' }, next: 'more' },
	});
	// The first page, and both pages of the circle.
	expect(await load(account)).toHaveLength(3 * entries.length);
	expect(requests).toBe(3);
});
