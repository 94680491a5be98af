import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { DispatchHost, idsOf } from './dispatchHost';
import { messageWebhook, SimulatedN8n } from './simulatedN8n';

let host: DispatchHost;

beforeEach(async () => {
	host = await DispatchHost.open();
});
afterEach(async () => await host.close());

test('whatever is killed when, each message starts each workflow once', async () => {
	let random = 7;
	const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
	const ids: string[] = [];
	let n8n = await host.start({ beginMs: () => next(40) }, ['first', 'second']);
	for (let life = 0; life < 10; life++) {
		await host.clock.run(
			Promise.all(
				Array.from({ length: 20 }, async (_, index) => {
					const id = `wamid.${life}.${index}`;
					ids.push(id);
					await host.clock.sleep(next(200));
					await n8n.receive(messageWebhook(id, `49${index % 5}`, host.clock.now()));
				}),
			),
		);
		await host.pass(next(60));
		n8n.kill();
		await host.pass(next(30_000));
		n8n = await host.start({ beginMs: () => next(40) }, ['first', 'second']);
	}
	await host.pass(600_000);
	for (const trigger of ['first', 'second']) {
		const started = idsOf(host.begun.filter((each) => each.trigger === trigger));
		expect(started.sort()).toEqual([...ids].sort());
	}
	expect(await host.waiting()).toEqual([0, 0]);
}, 120_000);

describe('an execution that was running when n8n was killed', () => {
	let isAway: boolean;
	/** The same state, unless it is away. */
	let away: Store;
	beforeEach(() => {
		isAway = false;
		const fail = async () => await Promise.reject(new StateProblem('unreachable', 'Restarting'));
		const inbox = new Proxy(host.store.inbox, {
			get: (target, name): unknown => (isAway ? fail : Reflect.get(target, name)),
		});
		away = { ...host.store, inbox };
	});

	const killWhileRunning = async (settings: Record<string, unknown>) => {
		const n8n = await host.start({ settings, runMs: 600_000 });
		await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
		await host.pass(200_000);
		expect(host.begun).toHaveLength(1);
		n8n.kill();
		return await host.start({ settings, runMs: 600_000 });
	};

	test('is left', async () => {
		await killWhileRunning({});
		await host.pass(3_600_000);
		expect(host.begun).toHaveLength(1);
		expect(host.begun[0]?.items[0]).not.toHaveProperty('delivery');
		expect(await host.waiting()).toEqual([0, 0]);
	});

	test('starts again if the user wants it, so often, and the items say so', async () => {
		const settings = { whenKilled: 'restart', maxRestarts: 1 };
		const second = await killWhileRunning(settings);
		await host.pass(200_000);
		expect(host.begun.map(({ items }) => items[0]?.['delivery'])).toEqual([
			{ attempt: 1 },
			{ attempt: 2 },
		]);
		expect(second.logs).toEqual([
			expect.stringMatching(/^warn: executions that did not report their end start again: 1/),
		]);
		second.kill();
		const third = await host.start({ settings });
		await host.pass(3_600_000);
		expect(host.begun).toHaveLength(2);
		expect(third.logs).toEqual([
			expect.stringMatching(/^error: executions .* do not start again: 1/),
		]);
	});

	test.each([
		['the clock jumps ahead', () => host.clock.jump(7_200_000)],
		['the clock jumps back', () => host.clock.jump(-7_200_000)],
		['the state is away', () => (isAway = true)],
	])('does not start again because %s: it is alive', async (_, happen) => {
		const settings = { whenKilled: 'restart' };
		const n8n = new SimulatedN8n(away, host.clock, host.begun, { settings, runMs: 600_000 });
		await n8n.publish('first');
		await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
		await host.pass(150_000);
		happen();
		await host.pass(95_000);
		isAway = false;
		await host.pass(200_000);
		expect(host.begun).toHaveLength(1);
		const [backlog] = await host.store.inbox.backlogs(['first'], host.clock.now());
		expect(backlog).toMatchObject({ claimed: 1 });
		n8n.kill();
		await host.start({ settings });
		await host.pass(200_000);
		expect(host.begun).toHaveLength(2);
	});

	test('does not start again although the state was away at its end', async () => {
		const settings = { whenKilled: 'restart' };
		const n8n = new SimulatedN8n(away, host.clock, host.begun, { settings, runMs: 100_000 });
		await n8n.publish('first');
		await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
		await host.pass(98_000);
		isAway = true;
		await host.pass(5_000);
		isAway = false;
		await host.pass(600_000);
		expect(host.begun).toHaveLength(1);
		expect(await host.waiting()).toEqual([0, 0]);
		const [backlog] = await host.store.inbox.backlogs(['first'], host.clock.now());
		expect(backlog).toMatchObject({ claimed: 0 });
	});

	test.each(['success', 'error', 'waiting'] as const)(
		'does not start again after its end: %s',
		async (status) => {
			const settings = { whenKilled: 'restart' };
			const n8n = await host.start({ settings, runMs: 200_000, status });
			await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
			await host.pass(300_000);
			n8n.kill();
			await host.start({ settings });
			await host.pass(600_000);
			expect(host.begun).toHaveLength(1);
			const [backlog] = await host.store.inbox.backlogs(['first'], host.clock.now());
			expect(backlog).toMatchObject({ waiting: 0, claimed: 0 });
		},
	);
});

test('a loop that is stopped leaves what has not begun to the next one at once, in order', async () => {
	const n8n = await host.start({ beginMs: () => 60_000 });
	await host.clock.run(
		(async () => {
			for (const id of ['a', 'b', 'c']) {
				await n8n.receive(messageWebhook(`wamid.${id}`, '49', host.clock.now()));
			}
		})(),
	);
	await host.pass(10);
	await host.clock.run(n8n.stop());
	n8n.kill();
	await host.start();
	await host.pass(1_000);
	expect(idsOf(host.begun)).toEqual(['wamid.a', 'wamid.b', 'wamid.c']);
});

test('what a killed loop had begins before what the same person writes later', async () => {
	const n8n = await host.start({ beginMs: () => 60_000 });
	await host.clock.run(n8n.receive(messageWebhook('wamid.a', '49', host.clock.now())));
	await host.clock.run(n8n.receive(messageWebhook('wamid.b', '49', host.clock.now())));
	await host.pass(10);
	n8n.kill();
	const next = await host.start();
	await host.clock.run(next.receive(messageWebhook('wamid.c', '49', host.clock.now())));
	await host.pass(1_000);
	expect(idsOf(host.begun)).toEqual(['wamid.a', 'wamid.b', 'wamid.c']);
});

test('an execution that finds its events claimed takes nothing from the one that has them', async () => {
	const settings = { whenKilled: 'restart' };
	let turn = 0;
	const n8n = await host.start({
		settings,
		runMs: 600_000,
		beginMs: () => [61_000, 100][turn++] ?? 10,
	});
	await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
	await host.pass(120_000);
	expect(n8n.emissions).toBe(2);
	expect(host.begun).toHaveLength(1);
	const [backlog] = await host.store.inbox.backlogs(['first'], host.clock.now());
	expect(backlog).toMatchObject({ claimed: 1 });
	n8n.kill();
	await host.start({ settings });
	await host.pass(200_000);
	expect(host.begun.map(({ items }) => items[0]?.['delivery'])).toEqual([
		{ attempt: 1 },
		{ attempt: 2 },
	]);
});
