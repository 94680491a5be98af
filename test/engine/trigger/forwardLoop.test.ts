import { forwardWebhook } from '../../../nodes/WhatsAppCloud/graph/http/forwardWebhook';
import type { DueForward } from '../../../nodes/WhatsAppCloud/store/forwards/forwardStore';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { hourMs, minuteMs } from '../../../nodes/WhatsAppCloud/time/durations';
import {
	ForwardLoop,
	type ForwardAnswer,
} from '../../../nodes/WhatsAppCloud/trigger/dispatch/forwardLoop';
import { createVirtualClock, type VirtualClock } from '../../unit/sending/virtualClock';
import { webhookOf } from '../../unit/store/samples';
import { Receiver } from '../../receivers';
import { UserFolder } from './store';
import { WatchedStore } from './watchedStore';

describe('the loop', () => {
	const address = 'https://chat.example.com/hook?token=secret';
	const other = 'https://other.example.com/hook';
	let folder: UserFolder;
	let store: Store;
	let clock: VirtualClock;
	let calls: DueForward[];
	let logs: string[];
	let counts: Record<string, number>;
	/** Calls over sockets that have not ended: the clock stands still for them. */
	let underWay: number;
	/** Whether no answer will come to a call over sockets. */
	let hangs: (forward: DueForward) => boolean;
	/** Why an address takes nothing. */
	let problems: Map<string, string>;
	/** What an address answers instead. */
	let answers: Map<string, ForwardAnswer>;
	let loop: ForwardLoop;

	beforeEach(async () => {
		folder = new UserFolder();
		const watched = new WatchedStore(await folder.openStore());
		({ store } = watched);
		underWay = 0;
		hangs = () => false;
		clock = createVirtualClock(Date.now(), async () => {
			do await watched.idle();
			while (underWay > 0);
		});
		calls = [];
		logs = [];
		counts = {};
		problems = new Map();
		answers = new Map();
		loop = new ForwardLoop({
			forwards: store.forwards,
			group: 'app',
			call: async (forward) => {
				calls.push(forward);
				const isLocal = forward.address.startsWith('http:');
				if (isLocal) return await post(forward);
				const answer = answers.get(forward.address);
				if (answer !== undefined) return answer;
				const problem = problems.get(forward.address);
				return problem === undefined ? null : { problem, status: null };
			},
			count: (what, _address, _problem, webhooks = 1) => {
				counts[what] = (counts[what] ?? 0) + webhooks;
			},
			clock,
			log: (level, message) => logs.push(`${level}: ${message}`),
		});
		loop.start();
	});
	afterEach(async () => {
		await clock.run(loop.stop());
		await folder.remove();
	});

	const post = async (due: DueForward) => {
		const { address: to, forwardId, body, signature } = due;
		underWay++;
		const forward = { address: to, body: Buffer.from(body), signature, deliveryId: forwardId };
		// A busy machine answers late, and what it has taken by then would come again.
		const timeoutMs = hangs(due) ? 300 : 20_000;
		const answer = await forwardWebhook({ ...forward, allowsPrivate: true, timeoutMs });
		underWay--;
		return answer;
	};
	const receive = async (name: string, to = address, at = clock.now()) => {
		const forward = {
			group: 'app',
			address: to,
			body: name,
			bodyHash: name,
			signature: 'sha256=1',
			people: [],
		};
		await store.inbox.receive({ ...webhookOf([]), forwards: [forward] }, at);
		loop.wake();
	};
	const pass = async (ms: number) => await clock.run(clock.sleep(ms));

	test('an address that is down for ten minutes gets everything once, and holds up no other', async () => {
		problems.set(address, 'it refused the connection');
		for (let minute = 0; minute < 10; minute++) {
			await receive(`a ${minute}`);
			await receive(`b ${minute}`, other);
			await pass(minuteMs);
		}
		expect(calls.filter((call) => call.address === other)).toHaveLength(10);
		problems.clear();
		const before = calls.length;
		await pass(16 * minuteMs);
		const delivered = calls.slice(before).map(({ body }) => body);
		expect(delivered.sort()).toEqual(Array.from({ length: 10 }, (_, minute) => `a ${minute}`));
		expect(await store.forwards.backlogs('app')).toEqual([]);
		expect(counts['delivered']).toBe(20);
		// The first, and that all wait, without the secret in the address.
		expect(logs).toEqual([
			'warn: a webhook for chat.example.com is tried for a day: it refused the connection',
			'warn: webhooks for chat.example.com wait, and are tried for a day: it refused the connection',
		]);
	});

	test('whoever hangs, refuses, redirects or is down for ten minutes gets everything once, over sockets', async () => {
		const works = await Receiver.start('take');
		const broken = {
			hangs: await Receiver.start('hang'),
			refuses: await Receiver.start('refuse'),
			redirects: await Receiver.start('redirect'),
			isDown: await Receiver.start('take'),
		};
		hangs = ({ address: to }) => to === broken.hangs.url;
		const all = [works, ...Object.values(broken)];
		await broken.isDown.goDown();
		const ids = Array.from({ length: 10 }, (_, minute) => `wamid.${minute}`);
		for (const id of ids) {
			for (const { url } of all) await receive(id, url);
			await pass(minuteMs);
		}
		expect(works.taken).toEqual(ids);
		expect(Object.values(broken).flatMap(({ taken }) => taken)).toEqual([]);
		expect(await store.forwards.backlogs('app')).toHaveLength(4);
		for (const receiver of Object.values(broken)) receiver.behaviour = 'take';
		hangs = () => false;
		await broken.isDown.comeUp();
		await pass(16 * minuteMs);
		expect(await store.forwards.backlogs('app')).toEqual([]);
		for (const receiver of all) {
			expect([...receiver.taken].sort()).toEqual(ids);
			await receiver.goDown();
		}
		expect(counts['delivered']).toBe(5 * ids.length);
	});

	test.each([
		[422, /HTTP 422$/],
		[403, /HTTP 403$/],
		[500, /HTTP 500$/],
		['hang', /./],
	] as const)(
		'a webhook that its receiver answers with %s holds up no other',
		async (poison, why) => {
			const receiver = await Receiver.start('take');
			receiver.poison.set('wamid.poison', poison);
			hangs = ({ body }) => poison === 'hang' && body.includes('wamid.poison');
			await receive('wamid.poison', receiver.url);
			for (let minute = 0; minute < 60; minute++) {
				await receive(`wamid.${minute}`, receiver.url);
				await pass(10_000);
				expect(receiver.taken.at(-1)).toBe(`wamid.${minute}`);
				await pass(50_000);
			}
			expect(receiver.taken).toHaveLength(60);
			expect(await store.forwards.backlogs('app')).toMatchObject([
				{ waiting: 1, problem: expect.stringMatching(why) },
			]);
			// Once, although it was tried many times.
			expect(logs).toEqual([
				expect.stringMatching(/^warn: a webhook for 127.0.0.1:\d+ is tried for a day: /),
			]);
			await receiver.goDown();
		},
	);

	test('an address that answers everything with HTTP 500 is called once a minute, and then gets all in order', async () => {
		const receiver = await Receiver.start('err');
		const names = Array.from({ length: 200 }, (_, index) => `wamid.${index}`);
		for (const name of names) {
			await receive(name, receiver.url);
			await pass(3_000);
		}
		// Five that are refused in a row, then one after each pause: 5, 10, 20, 40 and 60 s.
		expect(receiver.got.length).toBeLessThan(30);
		expect(logs.filter((line) => line.includes('webhooks for'))).toHaveLength(1);
		expect(await store.forwards.backlogs('app')).toMatchObject([
			{ waiting: 200, problem: expect.stringContaining('HTTP 500') },
		]);
		receiver.behaviour = 'take';
		const refused = receiver.got.length;
		await pass(16 * minuteMs);
		const { taken } = receiver;
		expect([...taken].sort()).toEqual([...names].sort());
		expect(receiver.got).toHaveLength(refused + names.length);
		// Those that were tried before wait for a pause of their own; the others come as they arrived.
		const untried = names.filter((name) => !receiver.refusedIds.has(name));
		expect(untried.length).toBeGreaterThan(170);
		const [probe, ...others] = taken.filter((name) => untried.includes(name));
		expect([probe, ...others]).toEqual(untried);
		await receiver.goDown();
	});

	test.each([403, 500])(
		'many webhooks that an address answers with %s do not keep others from it for more than a minute',
		async (poison) => {
			const receiver = await Receiver.start('take');
			for (let index = 0; index < 20; index++) {
				receiver.poison.set(`wamid.poison${index}-`, poison);
				await receive(`wamid.poison${index}-`, receiver.url);
			}
			await pass(10 * minuteMs);
			const before = receiver.got.length;
			await pass(10 * minuteMs);
			expect(receiver.got.length - before).toBeLessThan(25);
			for (let minute = 0; minute < 10; minute++) {
				await receive(`wamid.good${minute}`, receiver.url);
				await pass(70_000);
				expect(receiver.taken).toContain(`wamid.good${minute}`);
			}
			await receiver.goDown();
		},
	);

	test('a webhook that is refused for what it is shows that the address works', async () => {
		problems.set(address, 'down');
		for (let index = 0; index < 5; index++) await receive(`a ${index}`);
		await pass(minuteMs);
		expect(logs).toContain(
			'warn: webhooks for chat.example.com wait, and are tried for a day: down',
		);
		answers.set(address, { problem: 'HTTP 422', status: 422 });
		await pass(2 * minuteMs);
		answers.delete(address);
		problems.clear();
		await receive('b');
		await pass(1_000);
		expect(counts['delivered']).toBe(1);
	});

	test('the pauses grow, every attempt has the same ID, and after a day it is given up', async () => {
		problems.set(address, 'HTTP 500');
		problems.set(other, 'HTTP 500');
		await receive('a');
		await pass(5 * minuteMs);
		expect(new Set(calls.map(({ forwardId }) => forwardId)).size).toBe(1);
		expect(calls.map(({ attempts }) => attempts)).toEqual([1, 2, 3, 4, 5, 6]);
		await receive('from yesterday', other, clock.now() - 25 * hourMs);
		await pass(2 * minuteMs);
		expect(counts['dropped']).toBe(1);
		expect(await store.forwards.backlogs('app')).toMatchObject([{ address, waiting: 1 }]);
		expect(logs.at(-1)).toBe(
			'error: webhooks for other.example.com are given up, older than a day: 1',
		);
	});
});
