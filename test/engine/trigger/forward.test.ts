import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { callCallback } from '../../../nodes/WhatsAppCloud/graph/http/callbacks';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import {
	forgetLost,
	FORWARDED_HEADER,
	forwardToAll,
	recordForwards,
	receiversOf,
} from '../../../nodes/WhatsAppCloud/trigger/sharing/forward';
import {
	readListeners,
	type ListenerDetails,
} from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import {
	READ_RECEIPT_MS,
	CLAIM_LEASE_MS,
	CLAIM_WAIT_MS,
	DOWNLOAD_MS,
} from '../../../nodes/WhatsAppCloud/trigger/timeouts';
import { changeWebhook } from '../../unit/events/fixture';
import { UserFolder } from './store';

const GROUP = 'app:group';
const folder = new UserFolder();
let store: Store;
let server: Server;
let base: string;
let received: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;

beforeAll(async () => {
	store = await folder.openStore();
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			received.push({ url: request.url ?? '', headers: request.headers, body });
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
	received = [];
	status = 200;
	const known = await store.listeners.list(GROUP, 0);
	await store.listeners.remove(known.map(({ listenerId }) => listenerId));
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await folder.remove();
});

const add = async (
	id: string,
	about: Partial<ListenerDetails> = {},
	listener: { isTest?: boolean; address?: string } = {},
) =>
	await store.listeners.register(
		{
			listenerId: id,
			accountKey: GROUP,
			workflowId: id,
			nodeId: id,
			nodeName: id,
			isTest: false,
			address: `${base}/${id}`,
			owner: 'test',
			leaseUntil: null,
			details: JSON.stringify({
				scope: 'manual',
				businessAccountId: '',
				phoneNumberId: '',
				interests: null,
				canRegister: true,
				session: 0,
				...about,
			}),
			...listener,
		},
		Date.now(),
	);
const known = async (now = Date.now()) => readListeners(await store.listeners.list(GROUP, now));
const events = normalise(
	changeWebhook('messages', {
		metadata: { phone_number_id: '1' },
		messages: [{ id: 'wamid.1', from: '49', type: 'text', text: { body: 'hi' } }],
	}),
);
const request = { body: Buffer.from('{"signed": true}'), signature: 'sha256=abc' };
const receivers = async () => receiversOf(events, await known(), 'self');
const hand = async () => await forwardToAll(callCallback, request, await receivers(), 'self');

test('everybody but oneself gets the bytes and the signature, and who handed them on', async () => {
	for (const id of ['self', 'a', 'b']) await add(id);
	const handOvers = await hand();
	expect(handOvers.map(({ listener, failure }) => [listener.listenerId, failure])).toEqual([
		['a', null],
		['b', null],
	]);
	expect(received.map(({ url }) => url).sort()).toEqual(['/a', '/b']);
	expect(received[0]).toMatchObject({
		body: '{"signed": true}',
		headers: { 'x-hub-signature-256': 'sha256=abc', [FORWARDED_HEADER]: 'self' },
	});
});

test('nobody gets what they did not choose or are not registered for', async () => {
	await add('statuses', { interests: { events: ['status'], statuses: [] } });
	await add('otherNumber', { scope: 'phoneNumber', phoneNumberId: '2' });
	await add('otherAccount', { scope: 'businessAccount', businessAccountId: '2' });
	await add('own', { scope: 'phoneNumber', phoneNumberId: '1' });
	await add('messages', { interests: { events: ['message'], statuses: [] } });
	await hand();
	expect(received.map(({ url }) => url).sort()).toEqual(['/messages', '/own']);
});

test.each([
	['an error', 500, undefined, /answered with 500/, false],
	['nobody', 404, undefined, /answered with 404/, true],
	['nothing', 200, 'http://127.0.0.1:9/x', /127\.0\.0\.1:9/, false],
])('%s at the other end is reported', async (_, answer, address, problem, isNobody) => {
	await add('a', {}, address === undefined ? {} : { address });
	status = answer;
	expect((await hand())[0]?.failure).toEqual({
		problem: expect.stringMatching(problem),
		isNobody,
	});
});

test('where nobody listens for two minutes there is no listener any more', async () => {
	await add('a');
	status = 404;
	const start = Date.now();
	await recordForwards(store.listeners, await hand(), start);
	expect(await known(start + 119_000)).toHaveLength(1);
	expect(await known(start + 121_000)).toEqual([]);
});

test('one that answers again stays', async () => {
	await add('a');
	status = 404;
	await recordForwards(store.listeners, await hand(), Date.now());
	status = 200;
	await recordForwards(store.listeners, await hand(), Date.now());
	expect(await known(Date.now() + 3_600_000)).toHaveLength(1);
});

test('whoever does not answer for a day is no listener any more', async () => {
	await add('a', {}, { address: 'http://127.0.0.1:9/x' });
	const start = Date.now();
	const dayMs = 24 * 3_600_000;
	await recordForwards(store.listeners, await hand(), start);
	// Meta delivers again; the day still counts from the first failure.
	await recordForwards(store.listeners, await hand(), start + dayMs / 2);
	expect(await known(start + dayMs - 1_000)).toHaveLength(1);
	expect(await known(start + dayMs + 1_000)).toEqual([]);
});

test('nobody at the address counts sooner than no answer', async () => {
	await add('a');
	status = 502;
	const start = Date.now();
	await recordForwards(store.listeners, await hand(), start);
	status = 404;
	await recordForwards(store.listeners, await hand(), start);
	expect(await known(start + 121_000)).toEqual([]);
});

const lease = async (ids: string[], leaseUntil: number) => {
	const read = (await known(0)).filter(({ listenerId }) => ids.includes(listenerId));
	await store.listeners.lease(read, leaseUntil, Date.now());
};

test('whoever was unpublished while a request was under way stays so', async () => {
	await add('a');
	await lease(['a'], Date.now() + 60_000);
	const handOvers = await hand();
	await store.listeners.remove(['a']);
	await recordForwards(store.listeners, handOvers, Date.now());
	expect(await known(0)).toEqual([]);
});

test.each([404, 502])(
	'a %i counts for the listener that gave it, not for a newer one',
	async (answer) => {
		await add('a');
		await lease(['a'], Date.now() + 48 * 3_600_000);
		status = answer;
		const handOvers = await hand();
		await add('a');
		await recordForwards(store.listeners, handOvers, Date.now());
		expect(await known(0)).toMatchObject([{ listenerId: 'a', leaseUntil: null }]);
	},
);

test('nobody forgets itself, nor whoever was published again meanwhile', async () => {
	for (const id of ['self', 'again', 'lost']) await add(id);
	const now = Date.now();
	await lease(['self', 'again', 'lost'], now - 1);
	const everybody = await known(0);
	await add('again');
	const lost = await forgetLost(store.listeners, everybody, 'self', now);
	expect(lost.map(({ listenerId }) => listenerId)).toEqual(['lost']);
	expect((await known(0)).map(({ listenerId }) => listenerId).sort()).toEqual(['again', 'self']);
});

test('those that are gone are forgotten once, test runs and the living stay', async () => {
	for (const id of ['alive', 'failing', 'lost', 'test'])
		await add(id, {}, { isTest: id === 'test' });
	const now = Date.now();
	await lease(['lost', 'test'], now - 1);
	await lease(['failing'], now + 1);
	const everybody = await known(0);
	const names = async () =>
		(await forgetLost(store.listeners, everybody, 'self', now)).map(({ listenerId }) => listenerId);
	expect([await names(), await names()]).toEqual([['lost'], []]);
	const left = await store.listeners.list(GROUP, 0);
	expect(left.map(({ listenerId }) => listenerId).sort()).toEqual(['alive', 'failing', 'test']);
});

test('who hands on waits as long as the other one may take for a file', async () => {
	const asked: number[] = [];
	await add('a');
	await forwardToAll(
		async (_, { timeoutMs }) => {
			asked.push(timeoutMs);
			return await Promise.resolve({ status: 200 });
		},
		request,
		await receivers(),
		'self',
	);
	const longest = CLAIM_WAIT_MS + DOWNLOAD_MS + READ_RECEIPT_MS;
	expect(asked).toHaveLength(1);
	expect(asked[0]).toBeGreaterThan(longest);
	expect(CLAIM_LEASE_MS).toBeGreaterThan(longest);
});
