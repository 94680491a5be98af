import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { loadPhoneNumbers } from '../../../nodes/WhatsAppCloud/methods/phoneNumbers';
import { startSimulator } from '../harness';
import { credential, ids } from '../node/account';
import { connect } from './hooks';

let graph: Server | null = null;

afterAll(() => {
	graph?.closeAllConnections();
	graph?.close();
});

test('the panel offers every phone number of a large account', async () => {
	const simulator = await startSimulator();
	const phoneNumbers = Object.fromEntries(
		Array.from({ length: 448 }, (_, index) => [String(400_000_000_000_000 + index), {}]),
	);
	await simulator.admin('PATCH', '/account', { phoneNumbers });
	const host = { getCredentials: async () => await Promise.resolve(credential(simulator.url)) };
	const options = await loadPhoneNumbers.call(host as unknown as ILoadOptionsFunctions);
	const values = new Set(options.map(({ value }) => value));
	expect(values.size).toBe(450);
	expect(values).toContain(ids.phoneNumber);
	expect(values).toContain('400000000000447');
});

test('an app is found on whichever page of the subscribed apps it stands', async () => {
	const server = createServer((request, response) => {
		const after = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('after') ?? 0);
		const body = {
			data: [{ whatsapp_business_api_data: { id: `app ${after}`, name: 'An app' } }],
			paging: { cursors: { after: String(after + 1) }, ...(after < 2 ? { next: 'more' } : {}) },
		};
		response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
	});
	graph = server;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const graphBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const meta = connect(parseAccount({ accessToken: 'A_TOKEN', graphBaseUrl }));
	const apps = await meta.subscribedApps('1');
	expect(apps.map(({ appId }) => appId)).toEqual(['app 0', 'app 1', 'app 2']);
});
