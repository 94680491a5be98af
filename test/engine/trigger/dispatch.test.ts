import type { Reception } from '../../../nodes/WhatsAppCloud/store/inbox/inboxStore';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import { messagesWebhook } from '../../unit/events/fixture';
import { DispatchHost, idsOf } from './dispatchHost';
import { messageWebhook, SimulatedN8n } from './simulatedN8n';

let host: DispatchHost;

beforeEach(async () => {
	host = await DispatchHost.open();
});
afterEach(async () => await host.close());

test('a burst at two workflows of a slow host starts each of them once for each message', async () => {
	let turn = 0;
	const beginMs = () => [5, 400, 3_000, 130_000][turn++ % 4] ?? 0;
	const n8n = await host.start({ beginMs }, ['first', 'second']);
	const ids = Array.from({ length: 200 }, (_, index) => `wamid.burst.${index}`);
	await host.clock.run(
		Promise.all(
			ids.map(async (id, index) => {
				const webhook = messageWebhook(id, `49${index % 20}`, host.clock.now());
				// Meta delivers some of them again.
				for (let time = 0; time <= index % 3; time++) await n8n.receive(webhook);
			}),
		),
	);
	await host.pass(3_600_000);
	for (const trigger of ['first', 'second']) {
		const started = idsOf(host.begun.filter((each) => each.trigger === trigger));
		expect(started.sort()).toEqual([...ids].sort());
	}
	expect(await host.waiting()).toEqual([0, 0]);
}, 120_000);

test("a person's messages begin in Meta's order of time, and nobody holds up the others", async () => {
	let turn = 0;
	const n8n = await host.start({ beginMs: () => (turn++ % 2 === 0 ? 500 : 5) });
	const at = host.clock.now() - 60_000;
	// Received in another order, all before the first one begins.
	const order = [3, 0, 4, 1, 2];
	await host.clock.run(
		(async () => {
			for (const index of order) {
				for (const person of ['49', '50']) {
					const id = `wamid.${person}.${index}`;
					await n8n.receive(messageWebhook(id, person, at + index * 1_000));
				}
			}
		})(),
	);
	await host.pass(60_000);
	const started = idsOf(host.begun);
	// The very first to arrive had begun to start; the rest follows by time, and none is lost.
	for (const person of ['49', '50']) {
		const own = started.filter((id) => id.startsWith(`wamid.${person}.`));
		const rest = own.filter((id) => id !== `wamid.${person}.3`);
		expect(rest).toEqual([0, 1, 2, 4].map((index) => `wamid.${person}.${index}`));
		expect(own).toHaveLength(5);
	}
});

test("a person's messages that arrive in one moment begin in Meta's order of time", async () => {
	const n8n = await host.start({ beginMs: () => 5 });
	const at = host.clock.now() - 60_000;
	await host.clock.run(
		Promise.all(
			[3, 0, 4, 1, 2].map(async (index) => {
				await n8n.receive(messageWebhook(`wamid.${index}`, '49', at + index * 1_000));
			}),
		),
	);
	await host.pass(60_000);
	expect(idsOf(host.begun)).toEqual([0, 1, 2, 3, 4].map((index) => `wamid.${index}`));
});

test.each([
	{ hasLazyExpressions: false, most: 5 },
	{ hasLazyExpressions: true, most: 20 },
])('at most $most executions are to begin (lazy: $hasLazyExpressions)', async (each) => {
	const { hasLazyExpressions, most } = each;
	const n8n = await host.start({ beginMs: () => null, hasLazyExpressions });
	await host.clock.run(
		Promise.all(
			Array.from({ length: 30 }, async (_, index) => {
				await n8n.receive(messageWebhook(`wamid.${index}`, `49${index}`, host.clock.now()));
			}),
		),
	);
	await host.pass(10_000);
	expect(n8n.emissions).toBe(most);
});

test('statuses of a message begin in order, and those of many messages side by side', async () => {
	const n8n = await host.start({ beginMs: () => 1_000 });
	const seconds = Math.floor(host.clock.now() / 1_000) - 60;
	const statusOf = (id: string, status: string, second: number) =>
		messagesWebhook({
			statuses: [{ id, status, timestamp: String(seconds + second), recipient_id: '49' }],
		});
	await host.clock.run(
		(async () => {
			for (const id of ['a', 'b', 'c']) {
				await n8n.receive(statusOf(id, 'sent', 0));
				await n8n.receive(statusOf(id, 'read', 2));
				await n8n.receive(statusOf(id, 'delivered', 1));
			}
		})(),
	);
	await host.pass(1_500);
	expect(host.begun).toHaveLength(3);
	await host.pass(10_000);
	for (const id of ['a', 'b', 'c']) {
		const own = host.begun.flatMap(({ items }) => items).filter((item) => item['id'] === id);
		expect(own.map((item) => item['status'])).toEqual(['sent', 'delivered', 'read']);
	}
});

test('what n8n forgets is emitted again, rarely', async () => {
	let forgets = 3;
	const n8n = await host.start({ beginMs: () => (forgets-- > 0 ? null : 10) });
	await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
	await host.pass(59_000);
	expect(n8n.emissions).toBe(1);
	await host.pass(600_000);
	expect(idsOf(host.begun)).toEqual(['wamid.1']);
	expect(n8n.emissions).toBe(4);
});

test('an execution that ends without its events is followed by another one, in order', async () => {
	const n8n = await host.start({ failsEarly: 3 });
	await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
	await host.clock.run(n8n.receive(messageWebhook('wamid.2', '49', host.clock.now())));
	await host.pass(60_000);
	expect(idsOf(host.begun)).toEqual(['wamid.1', 'wamid.2']);
	expect(n8n.emissions).toBe(5);
});

test('what was taken by a call whose answer was lost begins', async () => {
	let failures = 1;
	const inbox = new Proxy(host.store.inbox, {
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
	const n8n = new SimulatedN8n({ ...host.store, inbox }, host.clock, host.begun);
	await n8n.publish('first');
	await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
	await host.pass(10_000);
	expect(failures).toBe(0);
	expect(idsOf(host.begun)).toEqual(['wamid.1']);
});

test('a state that fails is logged once, and everything comes when it is back', async () => {
	let failures = 5;
	const fail = async () => await Promise.reject(new StateProblem('disk_full', 'The disk is full'));
	const inbox = new Proxy(host.store.inbox, {
		get: (target, name): unknown =>
			name === 'take' && failures-- > 0 ? fail : Reflect.get(target, name),
	});
	const n8n = new SimulatedN8n({ ...host.store, inbox }, host.clock, host.begun);
	await n8n.publish('first');
	await host.clock.run(n8n.receive(messageWebhook('wamid.1', '49', host.clock.now())));
	await host.pass(60_000);
	expect(idsOf(host.begun)).toEqual(['wamid.1']);
	expect(n8n.logs).toEqual([expect.stringMatching(/^error: .*The disk is full/)]);
});

test('a webhook that cannot be kept is not answered with 200, and comes once when it is', async () => {
	const receive = async () =>
		await Promise.reject<Reception>(new StateProblem('locked', 'The file is locked'));
	const n8n = await host.start();
	const broken = new SimulatedN8n(
		{ ...host.store, inbox: { ...host.store.inbox, receive } },
		host.clock,
		host.begun,
	);
	const webhook = messageWebhook('wamid.1', '49', host.clock.now());
	await expect(host.clock.run(broken.receive(webhook))).rejects.toThrow('The file is locked');
	await host.clock.run(n8n.receive(webhook));
	await host.pass(1_000);
	expect(idsOf(host.begun)).toEqual(['wamid.1']);
});
