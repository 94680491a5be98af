import { EventEmitter } from 'node:events';

import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import type { AnswerSignal } from '../../../nodes/WhatsAppCloud/trigger/deduplication/claims';
import { FORWARDED_HEADER } from '../../../nodes/WhatsAppCloud/trigger/sharing/forward';
import { Inbox } from '../../../nodes/WhatsAppCloud/trigger/receive/inbox';
import type { JsonValue } from '../../../nodes/WhatsAppCloud/events/reading/lenientJson';
import { normalise } from '../../../nodes/WhatsAppCloud/events/normalise';
import { CLAIM_LEASE_MS } from '../../../nodes/WhatsAppCloud/trigger/timeouts';
import { RefusalCounters } from '../../../nodes/WhatsAppCloud/trigger/counters/refusalCounters';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { messagesWebhook } from '../../unit/events/fixture';
import { UserFolder } from './store';

const GROUP = 'app:burst';
const account = parseAccountWithoutToken({ appSecret: 'secret', businessAccountId: '1' });
const folder = new UserFolder();
let store: Store;
let clock: VirtualClock;
/** Store calls in flight: the clock stands still for them. */
let underWay = 0;
/** Triggers that answer 502. */
let broken: Set<string>;
/** How often each message started each workflow. */
let starts: Map<string, number>;
/** How often each trigger was given each message. */
let handed: Map<string, number>;
/** How long n8n takes to accept an execution, in milliseconds. */
let acceptMs: () => number;

beforeAll(async () => {
	store = counting(await folder.openStore());
});
beforeEach(async () => {
	clock = createVirtualClock(Date.now(), storeIsIdle);
	broken = new Set();
	starts = new Map();
	handed = new Map();
	const known = await store.listeners.list(GROUP, 0);
	await store.listeners.remove(known.map(({ listenerId }) => listenerId));
});
afterAll(async () => await folder.remove());

/** The same object, with each of its calls counted while in flight. */
function counting<Target extends object>(target: Target): Target {
	return new Proxy(target, {
		get(_, name) {
			const member: unknown = Reflect.get(target, name);
			if (typeof member === 'object' && member !== null) return counting(member);
			if (typeof member !== 'function') return member;
			return (...args: unknown[]): unknown => {
				underWay++;
				const result: unknown = Reflect.apply(member, target, args);
				void Promise.resolve(result)
					.catch(() => undefined)
					.finally(() => underWay--);
				return result;
			};
		},
	});
}

async function storeIsIdle(): Promise<void> {
	do await new Promise(setImmediate);
	while (underWay > 0);
}

const count = (counts: Map<string, number>, name: string) =>
	counts.set(name, (counts.get(name) ?? 0) + 1);

async function publish(id: string): Promise<void> {
	const about = { scope: 'manual', businessAccountId: '', phoneNumberId: '' };
	await store.listeners.register(
		{
			listenerId: id,
			accountKey: GROUP,
			workflowId: `workflow ${id}`,
			nodeId: id,
			nodeName: id,
			isTest: false,
			address: `https://n8n.example.com/${id}`,
			owner: 'test',
			leaseUntil: null,
			details: JSON.stringify({ ...about, interests: null, canRegister: true, session: 0 }),
		},
		clock.now(),
	);
}

/** n8n's answer, given once it has accepted the execution. */
class SlowResponse extends EventEmitter implements AnswerSignal {
	statusCode = 200;
}

/** Runs the trigger's steps in a host that is slow to accept executions. */
async function receive(id: string, body: JsonValue, isForwarded: boolean): Promise<number> {
	const events = normalise(body);
	const inbox = new Inbox({
		store,
		account,
		group: GROUP,
		listenerId: id,
		scope: { scope: 'manual', businessAccountId: '', phoneNumberId: '' },
		ownUrl: `https://n8n.example.com/${id}`,
		post: async (url, { body: bytes, headers, timeoutMs }) => {
			const other = url.split('/').at(-1) ?? '';
			const payload = JSON.parse(Buffer.from(bytes).toString()) as JsonValue;
			if (other !== headers[FORWARDED_HEADER]) count(handed, `${other} ${String(idOf(payload))}`);
			if (broken.has(other)) return { status: 502 };
			const answered = receive(other, payload, true).then((status) => ({ status }));
			const late = clock.sleep(timeoutMs).then(() => ({ problem: 'no answer' }));
			return await Promise.race([answered, late]);
		},
		refusals: new RefusalCounters(),
		clock,
		log: () => undefined,
	});
	const recorded = await inbox.record(events, isForwarded);
	if (!isForwarded) {
		const signed = { body: Buffer.from(JSON.stringify(body)), signature: 'sha256=abc' };
		const problems = await recorded.share(signed);
		if (problems.length > 0) return 500;
	}
	const claim = await recorded.claim(events, new Map());
	if (claim.outcome === 'busy') return 500;
	if (claim.events.length === 0) return 200;
	const response = new SlowResponse();
	recorded.completeWhenAnswered(response, claim);
	await clock.sleep(acceptMs());
	for (const event of claim.events) count(starts, `${id} ${String(event.id)}`);
	response.emit('prefinish');
	return 200;
}

const bodyOf = (id: string): JsonValue =>
	messagesWebhook({ messages: [{ id, from: '49', type: 'text', text: { body: 'hi' } }] });
const idOf = (body: JsonValue): string | null => normalise(body)[0]?.id ?? null;

/** Like Meta: waits this long, then delivers again, with growing pauses, until it gets a 200. */
async function deliver(body: JsonValue): Promise<number> {
	const patienceMs = 20_000;
	for (let attempt = 1; attempt < 30; attempt++) {
		const late = clock.sleep(patienceMs).then(() => 0);
		const status = await Promise.race([receive('first', body, false), late]);
		if (status === 200) return attempt;
		await clock.sleep(5_000 * attempt);
	}
	throw new Error('Meta has given up');
}

test('a burst at two workflows of a slow host starts each of them once for each message', async () => {
	await publish('first');
	await publish('second');
	// Longer than a claim lasts, and longer than Meta waits.
	let turn = 0;
	acceptMs = () => [5_000, 40_000, CLAIM_LEASE_MS * 2, CLAIM_LEASE_MS * 4][turn++ % 4] ?? 0;
	const ids = Array.from({ length: 200 }, (_, index) => `wamid.burst.${index}`);
	await clock.run(Promise.all(ids.map(async (id) => await deliver(bodyOf(id)))));
	// Long enough for n8n to accept everything that is still open.
	await clock.run(clock.sleep(CLAIM_LEASE_MS * 10));
	const expected = ['first', 'second'].flatMap((trigger) => ids.map((id) => `${trigger} ${id}`));
	expect([...starts.keys()].sort()).toEqual(expected.sort());
	expect(Math.max(...starts.values())).toBe(1);
	// A trigger that has the message in hand is not given it again.
	expect(Math.max(...handed.values())).toBe(1);
}, 120_000);

test('a message whose answer stays open for ten minutes is nobody else’s, and then done', async () => {
	await publish('first');
	acceptMs = () => 600_000;
	const body = bodyOf('wamid.open');
	const first = receive('first', body, false);
	for (const afterMs of [1_000, CLAIM_LEASE_MS * 2, CLAIM_LEASE_MS * 4]) {
		await clock.run(clock.sleep(afterMs));
		expect(await clock.run(receive('first', body, false))).toBe(500);
	}
	expect(await clock.run(first)).toBe(200);
	await clock.run(clock.sleep(100));
	expect(await clock.run(receive('first', body, false))).toBe(200);
	expect([...starts]).toEqual([['first wamid.open', 1]]);
});

test('what a trigger has taken is not handed to it again while another one fails', async () => {
	for (const id of ['first', 'second', 'third']) await publish(id);
	acceptMs = () => 0;
	broken.add('third');
	const body = bodyOf('wamid.taken');
	expect(await clock.run(receive('first', body, false))).toBe(500);
	expect(await clock.run(receive('first', body, false))).toBe(500);
	broken.delete('third');
	expect(await clock.run(receive('first', body, false))).toBe(200);
	expect(handed.get('second wamid.taken')).toBe(1);
	expect(handed.get('third wamid.taken')).toBe(3);
	const expected = ['first', 'second', 'third'].map((id) => [`${id} wamid.taken`, 1] as const);
	expect([...starts].sort()).toEqual(expected);
});
