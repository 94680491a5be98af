import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { messagesWebhook } from '../../unit/events/fixture';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { messageWebhook, SimulatedN8n, type Begun, type Behaviour } from './simulatedN8n';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

let folder: UserFolder;
let store: Store;
let clock: VirtualClock;
let begun: Begun[];

beforeEach(async () => {
	folder = new UserFolder();
	const watched = new WatchedStore(await folder.openStore());
	({ store } = watched);
	clock = createVirtualClock(Date.now(), async () => await watched.idle());
	begun = [];
});
afterEach(async () => await folder.remove());

async function start(settings: Record<string, unknown>, behaviour: Partial<Behaviour> = {}) {
	const n8n = new SimulatedN8n(store, clock, begun, { settings, ...behaviour });
	await n8n.publish('first');
	return n8n;
}

const pass = async (ms: number) => await clock.run(clock.sleep(ms));
const write = async (n8n: SimulatedN8n, id: string, from = '49') =>
	await clock.run(n8n.receive(messageWebhook(id, from, clock.now())));
const tap = (id: string, from = '49') =>
	messagesWebhook({
		messages: [
			{
				id,
				from,
				timestamp: String(Math.floor(clock.now() / 1_000)),
				type: 'button',
				button: { text: 'Yes', payload: 'yes' },
			},
		],
	});
/** The messages of each execution. */
const executions = () =>
	begun.map(({ items }) =>
		items.flatMap((item) =>
			Array.isArray(item['messages'])
				? item['messages'].map((each: { id: string }) => each.id)
				: [String(item['id'])],
		),
	);
const nothingIsLeft = async () => {
	const [backlog] = await store.inbox.backlogs(['first'], clock.now());
	expect(backlog).toMatchObject({ waiting: 0, claimed: 0 });
};

describe('collected messages', () => {
	const collect = { collect: { wait: { quietSeconds: 8, longestSeconds: 30, mostMessages: 6 } } };

	test('four quick ones start one execution with one item, once it is quiet', async () => {
		const n8n = await start(collect);
		for (const id of ['1', '2', '3', '4']) {
			await write(n8n, id);
			await pass(7_000);
		}
		expect(begun).toEqual([]);
		await pass(2_000);
		expect(executions()).toEqual([['1', '2', '3', '4']]);
		expect(begun[0]?.items).toMatchObject([{ id: '4', text: 'hi\nhi\nhi\nhi' }]);
		await nothingIsLeft();
	});

	test('those of other people wait for themselves, and statuses do not wait', async () => {
		const n8n = await start(collect);
		await write(n8n, '1');
		await pass(4_000);
		await write(n8n, '2', '50');
		const seconds = String(Math.floor(clock.now() / 1_000));
		await clock.run(
			n8n.receive(
				messagesWebhook({
					statuses: [{ id: 'sent', status: 'sent', timestamp: seconds, recipient_id: '49' }],
				}),
			),
		);
		await pass(1_000);
		expect(executions()).toEqual([['sent']]);
		await pass(4_000);
		expect(executions()).toEqual([['sent'], ['1']]);
		await pass(4_000);
		expect(executions()).toEqual([['sent'], ['1'], ['2']]);
	});

	test('a tap ends the wait, and so do the longest time and the most messages', async () => {
		const n8n = await start(collect);
		await write(n8n, '1');
		await clock.run(n8n.receive(tap('2')));
		await pass(1_000);
		expect(executions()).toEqual([['1', '2']]);

		for (let index = 0; index < 5; index++) {
			await write(n8n, `slow ${index}`);
			await pass(7_000);
		}
		expect(executions()[1]).toEqual(['slow 0', 'slow 1', 'slow 2', 'slow 3', 'slow 4']);

		await pass(60_000);
		for (let index = 0; index < 6; index++) await write(n8n, `quick ${index}`);
		await pass(1_000);
		expect(executions().at(-1)).toHaveLength(6);
		await nothingIsLeft();
	});

	test('n8n killed while collecting loses none of them', async () => {
		const n8n = await start(collect);
		await write(n8n, '1');
		await write(n8n, '2');
		await pass(3_000);
		n8n.kill();
		const next = await start(collect);
		await write(next, '3');
		await pass(60_000);
		expect(executions()).toEqual([['1', '2', '3']]);
	});

	test('published again with other events while collecting: what waits starts together', async () => {
		const n8n = await start(collect);
		await write(n8n, '1');
		await write(n8n, '2');
		await clock.run(n8n.unpublish('first'));
		await n8n.publish('first', { events: ['status'] });
		await write(n8n, '3');
		await pass(60_000);
		expect(executions()).toEqual([['1', '2']]);
		await nothingIsLeft();
	});

	test('a clock that is set back holds nobody up', async () => {
		const n8n = await start(collect);
		await write(n8n, '1');
		clock.jump(-86_400_000);
		await pass(6_000);
		expect(executions()).toEqual([['1']]);
	});
});

describe('one execution per contact', () => {
	const one = { onePerContact: true };

	test('the next one starts when the last has ended; others are not held up', async () => {
		const n8n = await start(one, { runMs: 10_000 });
		for (const [id, from] of [
			['1', '49'],
			['2', '49'],
			['3', '50'],
		] as const) {
			await write(n8n, id, from);
		}
		await pass(5_000);
		expect(executions()).toEqual([['1'], ['3']]);
		await pass(6_000);
		expect(executions()).toEqual([['1'], ['3'], ['2']]);
		await pass(20_000);
		await nothingIsLeft();
	});

	test.each(['error', 'canceled', 'waiting'] as const)(
		'an execution that ends otherwise gives the turn free: %s',
		async (status) => {
			const n8n = await start(one, { runMs: 5_000, status });
			await write(n8n, '1');
			await write(n8n, '2');
			await pass(4_000);
			expect(executions()).toEqual([['1']]);
			await pass(3_000);
			expect(executions()).toEqual([['1'], ['2']]);
		},
	);

	test('after a kill, the turn is free when the lease has ended', async () => {
		const n8n = await start(one, { runMs: 600_000 });
		await write(n8n, '1');
		await pass(1_000);
		await write(n8n, '2');
		await pass(1_000);
		n8n.kill();
		await start(one);
		await pass(40_000);
		expect(executions()).toEqual([['1']]);
		await pass(40_000);
		expect(executions()).toEqual([['1'], ['2']]);
	});

	test('with collected messages, what came meanwhile starts one execution', async () => {
		const collect = { wait: { quietSeconds: 2, longestSeconds: 5, mostMessages: 100 } };
		const n8n = await start({ ...one, collect }, { runMs: 20_000 });
		await write(n8n, '1');
		await pass(3_000);
		for (const id of ['2', '3', '4']) {
			await write(n8n, id);
			await pass(4_000);
		}
		expect(executions()).toEqual([['1']]);
		await pass(10_000);
		expect(executions()).toEqual([['1'], ['2', '3', '4']]);
		await pass(60_000);
		await nothingIsLeft();
	});

	test('10,000 messages of one person hold up nobody else', async () => {
		const n8n = await start(one, { runMs: 1_000 });
		const messages = Array.from({ length: 10_000 }, (_, index) => ({
			id: `flood.${index}`,
			from: '49',
			timestamp: String(Math.floor(clock.now() / 1_000)),
			type: 'text',
			text: { body: 'hi' },
		}));
		for (let first = 0; first < messages.length; first += 500) {
			await clock.run(
				n8n.receive(messagesWebhook({ messages: messages.slice(first, first + 500) })),
			);
		}
		await write(n8n, 'other', '50');
		await pass(2_000);
		expect(executions().flat()).toContain('other');
	}, 300_000);
});
