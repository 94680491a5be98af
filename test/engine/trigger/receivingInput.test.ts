import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { JsonObject } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { messagesWebhook } from '../../unit/events/fixture';
import { messageWebhook, SimulatedN8n, type Begun, type Behaviour } from './simulatedN8n';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

let folder: UserFolder;
let watched: WatchedStore;
let store: Store;
let clock: VirtualClock;
let begun: Begun[];

beforeEach(async () => {
	folder = new UserFolder();
	watched = new WatchedStore(await folder.openStore());
	({ store } = watched);
	clock = createVirtualClock(Date.now(), async () => await watched.idle());
	begun = [];
});
afterEach(async () => await folder.remove());

const hourMs = 3_600_000;

const start = (behaviour: Partial<Behaviour> = {}) =>
	new SimulatedN8n(store, clock, begun, behaviour);
const pass = async (ms: number) => await clock.run(clock.sleep(ms));
const idsOf = (trigger: string) =>
	begun
		.filter((each) => each.trigger === trigger)
		.flatMap(({ items }) => items.map((item) => String(item['id'])));
const waiting = async (...triggers: string[]) =>
	(await store.inbox.backlogs(triggers, clock.now())).map((each) => each.waiting + each.claimed);

const statusWebhook = (statuses: { id: string; status: string; person: string }[]) => {
	const timestamp = String(Math.floor(clock.now() / 1_000));
	return messagesWebhook({
		statuses: statuses.map(({ id, status, person }) => ({
			id,
			status,
			timestamp,
			recipient_id: person,
		})),
	});
};

test('two triggers with different options on one number: each gets what it chose, once', async () => {
	const n8n = start();
	await n8n.publish('texts', { events: ['message'], messageTypes: ['text'] });
	await n8n.publish('reads', { events: ['message', 'status'], statuses: ['read'] });
	await clock.run(
		(async () => {
			const message = messageWebhook('wamid.text', '49', clock.now());
			for (let time = 0; time < 3; time++) await n8n.receive(message);
			for (const status of ['sent', 'delivered', 'read']) {
				await n8n.receive(statusWebhook([{ id: `wamid.${status}`, status, person: '49' }]));
			}
		})(),
	);
	await pass(10_000);
	expect(idsOf('texts')).toEqual(['wamid.text']);
	expect(idsOf('reads').sort()).toEqual(['wamid.read', 'wamid.text']);
	expect(await waiting('texts', 'reads')).toEqual([0, 0]);
});

test('published again with other events: what waits begins once, what comes is chosen anew', async () => {
	const n8n = start({ beginMs: () => 2_000 });
	await n8n.publish('first', { events: ['message'] });
	const messages = async (...names: string[]) => {
		for (const name of names) {
			await n8n.receive(messageWebhook(`wamid.${name}`, '49', clock.now()));
		}
	};
	await clock.run(messages('a', 'b', 'c'));
	await pass(1_000);
	expect(begun).toEqual([]);
	await clock.run(n8n.unpublish('first'));
	await n8n.publish('first', { events: ['status'] });
	await clock.run(messages('d'));
	await clock.run(n8n.receive(statusWebhook([{ id: 'wamid.e', status: 'read', person: '49' }])));
	await pass(120_000);
	expect(idsOf('first').sort()).toEqual(['wamid.a', 'wamid.b', 'wamid.c', 'wamid.e']);
	expect(await waiting('first')).toEqual([0]);
});

test.each([
	['back an hour', -hourMs],
	['ahead an hour', hourMs],
	['back a year', -8_760 * hourMs],
	['ahead a year', 8_760 * hourMs],
])('the clock jumps %s while messages wait, are emitted and run: each once', async (_, ms) => {
	// The first of each three is forgotten, the second one waits for n8n when the clock jumps.
	let turn = 0;
	const beginMs = () => [null, 3_000, 10][turn++ % 3] ?? null;
	const n8n = start({ beginMs: () => (turn < 9 ? beginMs() : 10), runMs: 5_000 });
	await n8n.publish('first');
	const ids = Array.from({ length: 12 }, (_each, index) => `wamid.${index}`);
	const write = async (id: string, index: number) =>
		await n8n.receive(messageWebhook(id, `49${index % 4}`, clock.now()));
	await clock.run(Promise.all(ids.slice(0, 6).map(write)));
	await pass(1_000);
	clock.jump(ms);
	await clock.run(Promise.all(ids.slice(6).map(write)));
	// Meta repeats what it is not sure about.
	await clock.run(Promise.all(ids.map(write)));
	await pass(600_000);
	expect(idsOf('first').sort()).toEqual([...ids].sort());
	expect(await waiting('first')).toEqual([0]);
});

describe('a person known by number and by user ID', () => {
	const userId = 'DE.13491208655302741918';
	const said = (id: string, second: number, known: { number: boolean; user: boolean }) => {
		const from = {
			...(known.number && { from: '49151' }),
			...(known.user && { from_user_id: userId }),
		};
		const contact = {
			...(known.number && { wa_id: '49151' }),
			...(known.user && { user_id: userId }),
		};
		const timestamp = String(Math.floor(clock.now() / 1_000) - 60 + second);
		const message: JsonObject = { id, timestamp, type: 'text', text: { body: id }, ...from };
		return { contact, message };
	};

	test('in one webhook: one execution has all in order', async () => {
		const n8n = start();
		await n8n.publish('first');
		const both = [
			said('wamid.2', 2, { number: false, user: true }),
			said('wamid.1', 1, { number: true, user: true }),
			said('wamid.3', 3, { number: true, user: false }),
		];
		const contacts = both.map(({ contact }) => contact);
		const messages = both.map(({ message }) => message);
		await clock.run(n8n.receive(messagesWebhook({ contacts, messages })));
		await pass(10_000);
		expect(begun).toHaveLength(1);
		expect(idsOf('first')).toEqual(['wamid.1', 'wamid.2', 'wamid.3']);
	});

	test('in webhook after webhook: the messages begin in order', async () => {
		const n8n = start({ beginMs: () => 1_000 });
		await n8n.publish('first');
		const in_order = ['wamid.0', 'wamid.1', 'wamid.2', 'wamid.3'];
		await clock.run(
			(async () => {
				for (const index of [0, 3, 1, 2]) {
					const { contact, message } = said(in_order[index] ?? '', index, {
						number: index % 2 === 0,
						user: true,
					});
					await n8n.receive(messagesWebhook({ contacts: [contact], messages: [message] }));
				}
			})(),
		);
		await pass(60_000);
		expect(idsOf('first')).toEqual(in_order);
	});
});

test('a webhook with 1,000 statuses of 1,000 people: one execution, and nobody is held up', async () => {
	const n8n = start({ beginMs: () => 1_000 });
	await n8n.publish('first');
	const statuses = Array.from({ length: 1_000 }, (_, index) => ({
		id: `wamid.${index}`,
		status: 'delivered',
		person: String(49_000 + index),
	}));
	const webhook = statusWebhook(statuses);
	await clock.run(n8n.receive(webhook));
	await clock.run(n8n.receive(webhook));
	await clock.run(n8n.receive(messageWebhook('wamid.message', '49000', clock.now())));
	await pass(1_500);
	expect(begun).toHaveLength(2);
	expect(idsOf('first').sort()).toEqual([...statuses.map(({ id }) => id), 'wamid.message'].sort());
	expect(await waiting('first')).toEqual([0]);
});

test('10,000 messages of one person in a minute: each once, in order', async () => {
	const n8n = start({ beginMs: () => 5, runMs: 0 });
	await n8n.publish('first');
	const perWebhook = 10;
	const ids = Array.from({ length: 10_000 }, (_, index) => `wamid.${index}`);
	await clock.run(
		(async () => {
			for (let first = 0; first < ids.length; first += perWebhook) {
				const timestamp = String(Math.floor(clock.now() / 1_000));
				const messages = ids.slice(first, first + perWebhook).map((id) => ({
					id,
					from: '49',
					timestamp,
					type: 'text',
					text: { body: 'again' },
				}));
				await n8n.receive(messagesWebhook({ messages }));
				await clock.sleep(60);
			}
		})(),
	);
	await pass(60_000);
	expect(idsOf('first')).toEqual(ids);
	expect(await waiting('first')).toEqual([0]);
}, 120_000);
