import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { messagesWebhook } from '../../unit/events/fixture';
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

async function start(
	behaviour: Partial<Behaviour> = {},
	triggers = ['first'],
): Promise<SimulatedN8n> {
	const n8n = new SimulatedN8n(store, clock, begun, behaviour);
	for (const trigger of triggers) await n8n.publish(trigger);
	return n8n;
}

const pass = async (ms: number) => await clock.run(clock.sleep(ms));
const idsOf = (executions: readonly Begun[]) =>
	executions.flatMap(({ items }) => items.map((item) => String(item['id'])));
const waiting = async () =>
	(await store.inbox.backlogs(['first', 'second'], clock.now())).map((each) => each.waiting);

test('a burst at two workflows of a slow host starts each of them once for each message', async () => {
	let turn = 0;
	const beginMs = () => [5, 400, 3_000, 130_000][turn++ % 4] ?? 0;
	const n8n = await start({ beginMs }, ['first', 'second']);
	const ids = Array.from({ length: 200 }, (_, index) => `wamid.burst.${index}`);
	await clock.run(
		Promise.all(
			ids.map(async (id, index) => {
				const webhook = messageWebhook(id, `49${index % 20}`, clock.now());
				// Meta delivers some of them again.
				for (let time = 0; time <= index % 3; time++) await n8n.receive(webhook);
			}),
		),
	);
	await pass(3_600_000);
	for (const trigger of ['first', 'second']) {
		const started = idsOf(begun.filter((each) => each.trigger === trigger));
		expect(started.sort()).toEqual([...ids].sort());
	}
	expect(await waiting()).toEqual([0, 0]);
}, 120_000);

test('whatever is killed when, each message starts each workflow once', async () => {
	let random = 7;
	const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
	const ids: string[] = [];
	let n8n = await start({ beginMs: () => next(40) }, ['first', 'second']);
	for (let life = 0; life < 10; life++) {
		await clock.run(
			Promise.all(
				Array.from({ length: 20 }, async (_, index) => {
					const id = `wamid.${life}.${index}`;
					ids.push(id);
					await clock.sleep(next(200));
					await n8n.receive(messageWebhook(id, `49${index % 5}`, clock.now()));
				}),
			),
		);
		await pass(next(60));
		n8n.kill();
		await pass(next(30_000));
		n8n = await start({ beginMs: () => next(40) }, ['first', 'second']);
	}
	await pass(600_000);
	for (const trigger of ['first', 'second']) {
		const started = idsOf(begun.filter((each) => each.trigger === trigger));
		expect(started.sort()).toEqual([...ids].sort());
	}
	expect(await waiting()).toEqual([0, 0]);
}, 120_000);

test("a person's messages begin in Meta's order of time, and nobody holds up the others", async () => {
	let turn = 0;
	const n8n = await start({ beginMs: () => (turn++ % 2 === 0 ? 500 : 5) });
	const at = clock.now() - 60_000;
	// Received in another order, all before the first one begins.
	const order = [3, 0, 4, 1, 2];
	await clock.run(
		(async () => {
			for (const index of order) {
				for (const person of ['49', '50']) {
					const id = `wamid.${person}.${index}`;
					await n8n.receive(messageWebhook(id, person, at + index * 1_000));
				}
			}
		})(),
	);
	await pass(60_000);
	const started = idsOf(begun);
	// The very first to arrive had begun to start; the rest follows by time, and none is lost.
	for (const person of ['49', '50']) {
		const own = started.filter((id) => id.startsWith(`wamid.${person}.`));
		const rest = own.filter((id) => id !== `wamid.${person}.3`);
		expect(rest).toEqual([0, 1, 2, 4].map((index) => `wamid.${person}.${index}`));
		expect(own).toHaveLength(5);
	}
});

test('statuses of a message begin in order, and those of many messages side by side', async () => {
	const n8n = await start({ beginMs: () => 1_000 });
	const seconds = Math.floor(clock.now() / 1_000) - 60;
	const statusOf = (id: string, status: string, second: number) =>
		messagesWebhook({
			statuses: [{ id, status, timestamp: String(seconds + second), recipient_id: '49' }],
		});
	await clock.run(
		(async () => {
			for (const id of ['a', 'b', 'c']) {
				await n8n.receive(statusOf(id, 'sent', 0));
				await n8n.receive(statusOf(id, 'read', 2));
				await n8n.receive(statusOf(id, 'delivered', 1));
			}
		})(),
	);
	await pass(1_500);
	expect(begun).toHaveLength(3);
	await pass(10_000);
	for (const id of ['a', 'b', 'c']) {
		const own = begun.flatMap(({ items }) => items).filter((item) => item['id'] === id);
		expect(own.map((item) => item['status'])).toEqual(['sent', 'delivered', 'read']);
	}
});

test('what n8n forgets is emitted again, rarely and under another key', async () => {
	let forgets = 3;
	const n8n = await start({ beginMs: () => (forgets-- > 0 ? null : 10) });
	await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
	await pass(59_000);
	expect(n8n.keys).toHaveLength(1);
	await pass(600_000);
	expect(idsOf(begun)).toEqual(['wamid.1']);
	expect(new Set(n8n.keys).size).toBe(4);
	expect(n8n.keys).toHaveLength(4);
});

test('an execution that ends without its events is followed by another one, in order', async () => {
	const n8n = await start({ failsEarly: 3 });
	await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
	await clock.run(n8n.receive(messageWebhook('wamid.2', '49', clock.now())));
	await pass(60_000);
	expect(idsOf(begun)).toEqual(['wamid.1', 'wamid.2']);
	expect(new Set(n8n.keys).size).toBe(5);
});

describe('an execution that was running when n8n was killed', () => {
	let isAway: boolean;
	/** The same state, unless it is away. */
	let away: Store;
	beforeEach(() => {
		isAway = false;
		const fail = async () => await Promise.reject(new StateProblem('unreachable', 'Restarting'));
		const inbox = new Proxy(store.inbox, {
			get: (target, name): unknown => (isAway ? fail : Reflect.get(target, name)),
		});
		away = { ...store, inbox };
	});

	const killWhileRunning = async (settings: Record<string, unknown>) => {
		const n8n = await start({ settings, runMs: 600_000 });
		await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
		await pass(200_000);
		expect(begun).toHaveLength(1);
		n8n.kill();
		return await start({ settings, runMs: 600_000 });
	};

	test('is left', async () => {
		await killWhileRunning({});
		await pass(3_600_000);
		expect(begun).toHaveLength(1);
		expect(begun[0]?.items[0]).not.toHaveProperty('delivery');
		expect(await waiting()).toEqual([0, 0]);
	});

	test('starts again if the user wants it, so often, and the items say so', async () => {
		const settings = { whenKilled: 'restart', maxRestarts: 1 };
		const second = await killWhileRunning(settings);
		await pass(200_000);
		expect(begun.map(({ items }) => items[0]?.['delivery'])).toEqual([
			{ attempt: 1 },
			{ attempt: 2 },
		]);
		expect(second.logs).toEqual([
			expect.stringMatching(/^warn: 1 executions did not report their end and start again/),
		]);
		second.kill();
		const third = await start({ settings });
		await pass(3_600_000);
		expect(begun).toHaveLength(2);
		expect(third.logs).toEqual([
			expect.stringMatching(/^error: 1 executions .* do not start again/),
		]);
	});

	test.each([
		['the clock jumps ahead', () => clock.jump(7_200_000)],
		['the clock jumps back', () => clock.jump(-7_200_000)],
		['the state is away', () => (isAway = true)],
	])('does not start again because %s: it is alive', async (_, happen) => {
		const settings = { whenKilled: 'restart' };
		const n8n = new SimulatedN8n(away, clock, begun, { settings, runMs: 600_000 });
		await n8n.publish('first');
		await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
		await pass(150_000);
		happen();
		await pass(95_000);
		isAway = false;
		await pass(200_000);
		expect(begun).toHaveLength(1);
		const [backlog] = await store.inbox.backlogs(['first'], clock.now());
		expect(backlog).toMatchObject({ claimed: 1 });
		n8n.kill();
		await start({ settings });
		await pass(200_000);
		expect(begun).toHaveLength(2);
	});

	test.each(['success', 'error', 'waiting'] as const)(
		'does not start again after its end: %s',
		async (status) => {
			const settings = { whenKilled: 'restart' };
			const n8n = await start({ settings, runMs: 200_000, status });
			await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
			await pass(300_000);
			n8n.kill();
			await start({ settings });
			await pass(600_000);
			expect(begun).toHaveLength(1);
			const [backlog] = await store.inbox.backlogs(['first'], clock.now());
			expect(backlog).toMatchObject({ waiting: 0, claimed: 0 });
		},
	);
});

test('a loop that is stopped leaves what has not begun to the next one at once, in order', async () => {
	const n8n = await start({ beginMs: () => 60_000 });
	await clock.run(
		(async () => {
			for (const id of ['a', 'b', 'c']) {
				await n8n.receive(messageWebhook(`wamid.${id}`, '49', clock.now()));
			}
		})(),
	);
	await pass(10);
	await clock.run(n8n.stop());
	n8n.kill();
	await start();
	await pass(1_000);
	expect(idsOf(begun)).toEqual(['wamid.a', 'wamid.b', 'wamid.c']);
});

test('what a killed loop had begins before what the same person writes later', async () => {
	const n8n = await start({ beginMs: () => 60_000 });
	await clock.run(n8n.receive(messageWebhook('wamid.a', '49', clock.now())));
	await clock.run(n8n.receive(messageWebhook('wamid.b', '49', clock.now())));
	await pass(10);
	n8n.kill();
	const next = await start();
	await clock.run(next.receive(messageWebhook('wamid.c', '49', clock.now())));
	await pass(1_000);
	expect(idsOf(begun)).toEqual(['wamid.a', 'wamid.b', 'wamid.c']);
});

test('what was taken by a call whose answer was lost begins', async () => {
	let failures = 1;
	const inbox = new Proxy(store.inbox, {
		get: (target, name): unknown =>
			name !== 'take' || failures === 0
				? Reflect.get(target, name)
				: async (...args: Parameters<typeof target.take>) => {
						const taken = await target.take(...args);
						if (taken.length === 0) return taken;
						failures--;
						throw new StateProblem('unreachable', 'The connection was lost');
					},
	});
	const n8n = new SimulatedN8n({ ...store, inbox }, clock, begun);
	await n8n.publish('first');
	await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
	await pass(10_000);
	expect(failures).toBe(0);
	expect(idsOf(begun)).toEqual(['wamid.1']);
});

test('an execution that finds its events claimed takes nothing from the one that has them', async () => {
	const settings = { whenKilled: 'restart' };
	let turn = 0;
	const n8n = await start({ settings, runMs: 600_000, beginMs: () => [61_000, 100][turn++] ?? 10 });
	await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
	await pass(120_000);
	expect(n8n.keys).toHaveLength(2);
	expect(begun).toHaveLength(1);
	const [backlog] = await store.inbox.backlogs(['first'], clock.now());
	expect(backlog).toMatchObject({ claimed: 1 });
	n8n.kill();
	await start({ settings });
	await pass(200_000);
	expect(begun.map(({ items }) => items[0]?.['delivery'])).toEqual([
		{ attempt: 1 },
		{ attempt: 2 },
	]);
});

test('a state that fails is logged once, and everything comes when it is back', async () => {
	let failures = 5;
	const fail = async () => await Promise.reject(new StateProblem('disk_full', 'The disk is full'));
	const inbox = new Proxy(store.inbox, {
		get: (target, name): unknown =>
			name === 'take' && failures-- > 0 ? fail : Reflect.get(target, name),
	});
	const n8n = new SimulatedN8n({ ...store, inbox }, clock, begun);
	await n8n.publish('first');
	await clock.run(n8n.receive(messageWebhook('wamid.1', '49', clock.now())));
	await pass(60_000);
	expect(idsOf(begun)).toEqual(['wamid.1']);
	expect(n8n.logs).toEqual([expect.stringMatching(/^error: .*The disk is full/)]);
});

test('a webhook that cannot be kept is not answered with 200, and comes once when it is', async () => {
	const receive = async () =>
		await Promise.reject<boolean[][]>(new StateProblem('locked', 'The file is locked'));
	const n8n = await start();
	const broken = new SimulatedN8n({ ...store, inbox: { ...store.inbox, receive } }, clock, begun);
	const webhook = messageWebhook('wamid.1', '49', clock.now());
	await expect(clock.run(broken.receive(webhook))).rejects.toThrow('The file is locked');
	await clock.run(n8n.receive(webhook));
	await pass(1_000);
	expect(idsOf(begun)).toEqual(['wamid.1']);
});
