import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { onEachEngine, onOwnServer } from '../../unit/store/engines';
import { childProcesses } from '../../unit/store/processes';
import { intent, lease, sent, start } from '../../unit/store/samples';

onEachEngine('processes', (engine) => {
	const startChild = childProcesses();
	let folder = '';
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'outbox-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test('six that start at once make the tables together', async () => {
		const config = engine.fresh();
		const workers = await Promise.all(
			Array.from({ length: 6 }, () => startChild({ do: 'open', config, userId: null })),
		);
		for (const worker of workers) worker.go();
		const ends = await Promise.all(workers.map((worker) => worker.end()));
		expect(ends.map((end) => end?.message)).toEqual(['', '', '', '', '', '']);
	});

	test('four that claim the same keys: each key goes to exactly one', async () => {
		const config = engine.fresh();
		const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`);
		const workers = await Promise.all(
			Array.from({ length: 4 }, (_, index) =>
				startChild({
					do: 'claim',
					config,
					owner: `process ${index}`,
					keys: index % 2 === 0 ? keys : [...keys].reverse(),
					now: start,
				}),
			),
		);
		for (const worker of workers) worker.go();
		const ends = await Promise.all(workers.map((worker) => worker.end()));
		expect(ends.map((end) => end?.message)).toEqual(['', '', '', '']);
		const claimed = ends.flatMap((end) => end?.claimed ?? []);
		expect(claimed.sort()).toEqual([...keys].sort());
	});

	test('killed again and again at any moment, nothing is sent twice and nothing is forgotten', async () => {
		const config = engine.fresh();
		const outbox = join(folder, `${engine.name}.txt`);
		writeFileSync(outbox, '');
		const keys = Array.from({ length: 400 }, (_, index) => `key ${index}`);
		const kills = engine.name === 'sqlite' ? 12 : 6;
		let now = start;
		for (let round = 0; round <= kills; round++) {
			// Lets the killed process's lease expire.
			now += 60_000;
			const worker = await startChild({
				do: 'send',
				config,
				owner: `process ${round}`,
				keys,
				outbox,
				now,
			});
			worker.go();
			if (round < kills) {
				await worker.untilSent(1 + Math.floor(Math.random() * 40));
				await worker.kill();
			} else {
				expect(await worker.end()).toMatchObject({ problem: null });
			}
		}
		const lines = readFileSync(outbox, 'utf8').trim().split('\n');
		expect(new Set(lines).size).toBe(lines.length);

		const store = await openStore(config);
		const records = await store.outbox.findByOperationId(keys, now);
		const isSent = new Set(lines);
		for (const [index, record] of records.entries()) {
			const key = keys[index] ?? '';
			// What a process was doing when killed is unknown, sent or not; the rest is sent.
			expect([key, record?.state].join(' ')).toMatch(/ (sent|unknown)$/);
			if (record?.state === 'sent') expect(isSent.has(key)).toBe(true);
		}
		const unknown = records.filter((record) => record?.state === 'unknown');
		expect(unknown.length).toBeLessThanOrEqual(8 * kills);
		await store.close();
	});
});

onOwnServer('an outage', (engine, server) => {
	/** Sends many messages while something happens to the server. */
	async function sendDuring(happening: () => Promise<void>): Promise<void> {
		const config = { ...engine.fresh(), timeoutMs: 60_000 };
		const store = await openStore(config);
		const keys = Array.from({ length: 600 }, (_, index) => `key ${index}`);
		const waiting = [...keys];
		let done = 0;
		const outcomes: string[] = [];
		const work = async (): Promise<void> => {
			for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
				const [claim] = await store.outbox.enqueue([intent(key)], lease(), start, { start: true });
				outcomes.push(claim?.outcome ?? '');
				const [settled] = await store.outbox.complete([sent(key)], start);
				outcomes.push(settled?.state ?? '');
				done++;
			}
		};
		const outage = (async () => {
			while (done < 50) await new Promise((resolve) => setImmediate(resolve));
			await happening();
		})();
		await Promise.all([outage, ...Array.from({ length: 20 }, work)]);
		expect(new Set(outcomes)).toEqual(new Set(['claimed', 'sent']));
		expect(await store.outbox.countByState({ accountKey: 'account' })).toMatchObject({
			sent: 600,
		});
		await store.close();
	}

	test('a restart in the middle costs time, but nothing is lost or done twice', async () =>
		sendDuring(() => server().restart()));

	test('nor when the server is killed and comes back', async () =>
		sendDuring(async () => {
			await server().kill();
			await server().start();
		}));

	test('while it lasts calls fail with the reason; afterwards the same store goes on', async () => {
		const store = await openStore({ ...engine.fresh(), timeoutMs: 5_000 });
		await store.outbox.enqueue([intent('a')], lease(), start, { start: true });
		await server().stop();
		await expect(store.outbox.complete([sent('a')], start)).rejects.toMatchObject({
			name: 'StateProblem',
			kind: expect.stringMatching(/unreachable|slow/),
		});
		await server().start();
		expect(await store.outbox.complete([sent('a')], start)).toMatchObject([
			{ applied: true, state: 'sent' },
		]);
		await store.close();
	});
});
