import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { RefusalCounters } from '../../../nodes/WhatsAppCloud/trigger/counters/refusalCounters';
import { RequestCounters } from '../../../nodes/WhatsAppCloud/trigger/counters/requestCounters';
import {
	nameOfListener,
	readListeners,
	type KnownListener,
} from '../../../nodes/WhatsAppCloud/trigger/listeners/knownListeners';
import { listenerGroup } from '../../../nodes/WhatsAppCloud/trigger/listeners/listenerIds';
import { listenerFor } from '../../../nodes/WhatsAppCloud/trigger/listeners/ownListener';
import { changeWebhook } from '../../unit/events/fixture';
import { present } from '../../present';
import { receiveWebhook } from './receiveWebhook';
import { UserFolder } from './store';

/** Of the triggers of `plain`. */
export const GROUP = listenerGroup('secret');
const clock = { now: () => Date.now() };
export const plain = parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: '1' });
export const hashed = { ...plain, hashIdentifiers: true };

interface Trigger {
	parameters?: Record<string, unknown>;
	isTest?: boolean;
	scope?: KnownListener['about']['scope'];
	phoneNumberId?: string;
}

let sequence = 0;

/** Receives webhooks with the sources, a state in a folder of its own, and an address for test runs. */
export function receiveSetup() {
	let folder: UserFolder;
	let store: Store;
	let server: Server;
	let base: string;
	let posted: { url: string; headers: IncomingHttpHeaders; body: string }[];
	let answer: number;
	let logs: string[];

	beforeAll(async () => {
		server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				posted.push({ url: request.url ?? '', headers: request.headers, body });
				response.writeHead(answer).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(async () => {
		folder = new UserFolder();
		store = await folder.openStore();
		posted = [];
		logs = [];
		answer = 200;
	});
	afterEach(async () => await folder.remove());
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	/** A trigger as it registers. */
	const describeListener = (
		id: string,
		{ parameters = {}, isTest = false, scope = 'manual', phoneNumberId = '' }: Trigger = {},
		account = plain,
	) =>
		listenerFor({
			listenerId: id,
			group: GROUP,
			workflow: { id: `workflow of ${id}` },
			node: { id, name: `Trigger ${id}`, parameters: {} },
			url: `${base}/${id}`,
			isTest,
			scope: { scope, businessAccountId: '', phoneNumberId },
			parameters: { ...parameters, timeZone: 'UTC' },
			account,
			now: Date.now(),
		});
	/** Registers a trigger. */
	const listen = async (...args: Parameters<typeof describeListener>) =>
		await store.listeners.register(describeListener(...args), Date.now());

	const counters = () =>
		new RequestCounters({
			store,
			group: GROUP,
			refusals: new RefusalCounters(),
			clock,
			log: (_, message) => logs.push(message),
		});

	/** Two messages of two people. */
	const newEvents = () =>
		normalise(
			changeWebhook('messages', {
				metadata: { phone_number_id: '1' },
				messages: ['49', '50'].map((from) => ({
					id: `wamid.${sequence++}`,
					from,
					timestamp: String(Math.floor(Date.now() / 1_000)),
					type: 'text',
					text: { body: `hi from ${from}` },
				})),
			}),
		);

	/** Receives a webhook at the trigger `self`. */
	const receive = async (events = newEvents(), account = plain) => {
		const counts = counters();
		const describeOwn = () => {
			const own = { ...describeListener('self'), registeredAt: 0, updatedAt: 0 };
			return present(readListeners([own])[0]);
		};
		const received = await receiveWebhook(events, {
			...{ store, account, group: GROUP, ownId: 'self', describeOwn },
			now: Date.now(),
		});
		for (const { name, by, detail } of received.counts) counts.add(name, by, detail);
		counts.flush();
		return { ...received, missing: received.missing.map(nameOfListener) };
	};

	/** What waits for a trigger, as it is stored. */
	const waitingFor = async (listenerId: string): Promise<string[]> => {
		const batches = await store.inbox.take(
			{ listenerId, owner: 'x', limit: 10, takesOver: false },
			Date.now(),
		);
		const claims = await Promise.all(
			batches.map(({ batchId }) => store.inbox.claim(batchId, 'e', 1_000, Date.now())),
		);
		return claims.flatMap((claim) => claim?.contents ?? []);
	};

	return {
		get store() {
			return store;
		},
		/** What test runs got. */
		get posted() {
			return posted;
		},
		get logs() {
			return logs;
		},
		/** What test runs answer from now on; 200 at first. */
		answerWith: (status: number) => {
			answer = status;
		},
		counters,
		describeListener,
		listen,
		newEvents,
		receive,
		waitingFor,
	};
}
