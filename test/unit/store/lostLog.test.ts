import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { until } from '../../until';
import { temporaryFolder } from './engines';
import { childProcesses } from './processes';
import { intent, lease, start } from './samples';

const timeoutMs = 180_000;
jest.setTimeout(timeoutMs);

const sqlite = () => process.getBuiltinModule('node:sqlite');
const accountKey = 'account';

describe('the log of a state file', () => {
	const folder = temporaryFolder();
	const startChild = childProcesses();
	let count = 0;
	let stores: Store[] = [];
	afterEach(async () => {
		for (const store of stores) await store.close();
		stores = [];
	});

	const freshPath = (): string => {
		const path = join(folder(), String(++count), 'state.sqlite');
		mkdirSync(dirname(path), { recursive: true });
		return path;
	};
	const open = async (path: string): Promise<Store> => {
		const store = await openStore({ engine: 'sqlite', path });
		stores.push(store);
		return store;
	};
	const record = async (store: Store, from: number, to: number): Promise<void> => {
		const keys = Array.from({ length: to - from }, (_, index) => `key ${from + index}`);
		await store.outbox.enqueue(
			keys.map((key) => intent(key)),
			lease(),
			start,
		);
	};
	const recordedIn = async (path: string): Promise<number> => {
		const store = await openStore({ engine: 'sqlite', path });
		const { recorded } = await store.outbox.countByState({ accountKey });
		await store.close();
		return recorded;
	};
	/** What a killed process leaves: file and log as they are, or the file alone. */
	const copy = (path: string, { withLog }: { withLog: boolean }): string => {
		const target = freshPath();
		copyFileSync(path, target);
		if (withLog) copyFileSync(`${path}-wal`, `${target}-wal`);
		return target;
	};
	const expectLoss = async (path: string, text = /has lost its log/): Promise<void> => {
		const before = readFileSync(path);
		await expect(openStore({ engine: 'sqlite', path })).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'log_lost',
			message: expect.stringMatching(text),
		});
		await expect(openStore({ engine: 'sqlite', path })).rejects.toThrow(
			`In the credential, Keep State In is "File on This Machine (SQLite)", and the state file ${path}`,
		);
		expect(readFileSync(path).equals(before)).toBe(true);
	};
	/** A process that sends until it is killed. */
	const killedAfter = async (path: string, sends: number, name = 'process'): Promise<number> => {
		const worker = await startChild({
			do: 'send',
			config: { engine: 'sqlite', path },
			owner: name,
			keys: Array.from({ length: 5_000 }, (_, index) => `${name} ${index}`),
			outbox: join(folder(), 'outbox.txt'),
			now: start,
		});
		worker.go();
		await worker.untilSent(sends);
		await worker.kill();
		return worker.sends;
	};

	test('of a process that was killed is read, and everything is there', async () => {
		const path = freshPath();
		const sends = await killedAfter(path, 30);
		const store = await open(path);
		const { sent, sending } = await store.outbox.countByState({ accountKey });
		expect(sent + sending).toBeGreaterThanOrEqual(sends);
	});

	test.each<[string, (file: string) => void]>([
		['missing', (file) => rmSync(file)],
		['empty', (file) => truncateSync(file, 0)],
	])('without its file, which is %s, is reported and kept', async (_, damage) => {
		const path = freshPath();
		await killedAfter(path, 30);
		const whole = copy(path, { withLog: true });
		damage(path);
		const log = readFileSync(`${path}-wal`);
		expect(log.length).toBeGreaterThan(0);
		for (const attempt of [1, 2]) {
			await expect(openStore({ engine: 'sqlite', path })).rejects.toMatchObject({
				name: 'StateProblem',
				kind: 'log_lost',
				message: expect.stringMatching(
					attempt === 1 ? /is missing or empty, but its log/ : /restore both from one backup/,
				),
			});
		}
		expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);

		copyFileSync(whole, path);
		const { sent } = await (await open(path)).outbox.countByState({ accountKey });
		expect(sent).toBeGreaterThan(0);
	});

	test('of a file behind a link is not missed', async () => {
		const path = freshPath();
		await killedAfter(path, 30);
		truncateSync(path, 0);
		const link = freshPath();
		symlinkSync(path, link);
		await expect(openStore({ engine: 'sqlite', path: link })).rejects.toThrow(
			`state file ${path} is missing or empty`,
		);
	});

	test.each<[string, (log: string) => void]>([
		['is gone', (log) => rmSync(log)],
		['is empty', (log) => truncateSync(log, 0)],
		['is no log', (log) => writeFileSync(log, 'no log at all '.repeat(1_000))],
		['is cut off in its head', (log) => truncateSync(log, 20)],
	])('of a process that was killed %s: that is told, and nothing changed', async (_, damage) => {
		const path = freshPath();
		await killedAfter(path, 30);
		damage(`${path}-wal`);
		rmSync(`${path}-shm`);
		await expectLoss(path);
	});

	test('is missed when the file of a running process is copied alone', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await expectLoss(copy(path, { withLog: false }));
		expect(await recordedIn(copy(path, { withLog: true }))).toBe(10);
	});

	test('is missed after 100,000 messages, whenever the file is copied', async () => {
		const path = freshPath();
		const store = await open(path);
		for (let from = 0; from < 100_000; from += 500) {
			await record(store, from, from + 500);
			if (from % 10_000 === 0) await expectLoss(copy(path, { withLog: false }));
		}
		await expectLoss(copy(path, { withLog: false }));
		expect(await recordedIn(copy(path, { withLog: true }))).toBe(100_000);
	});

	test('is carried over when nothing is written for a while, so that the file is enough', async () => {
		const path = freshPath();
		const store = await open(path);
		for (let round = 1; round <= 2; round++) {
			await record(store, round * 100, round * 100 + 100);
			await until('the file alone is the state', async () => {
				try {
					return (await recordedIn(copy(path, { withLog: false }))) === round * 100;
				} catch {
					return false;
				}
			});
		}
	});

	test('is carried over from time to time while it is written to', async () => {
		const path = freshPath();
		const store = await open(path);
		let next = 0;
		const before = readFileSync(path);
		await until('the file holds more', async () => {
			await record(store, next, next + 1);
			next++;
			return !readFileSync(path).subarray(4_096).equals(before.subarray(4_096)) && next > 200;
		});
		await expectLoss(copy(path, { withLog: false }));
	});

	test('is carried over at the end of a process that closes nothing', async () => {
		const path = freshPath();
		const keys = ['a', 'b', 'c'];
		const config = { engine: 'sqlite' as const, path };
		const worker = await startChild({ do: 'leave', config, keys, now: start });
		worker.go();
		expect(await worker.end()).toMatchObject({ problem: null });
		expect(existsSync(`${path}-wal`)).toBe(false);
		expect(await recordedIn(path)).toBe(3);
	});

	test('is not asked for in a new file, also of a process killed while it made one', async () => {
		for (let waitMs = 0; waitMs < 60; waitMs += 3) {
			const path = freshPath();
			const config = { engine: 'sqlite' as const, path };
			const worker = await startChild({ do: 'fill', config, now: start });
			worker.go();
			await sleep(waitMs);
			await worker.kill();
			expect((await recordedIn(path)) % 500).toBe(0);
		}
	});

	test('is no matter for a backup, whenever it is made', async () => {
		const path = freshPath();
		const store = await open(path);
		const other = new (sqlite().DatabaseSync)(path);
		for (let round = 1; round <= 10; round++) {
			await record(store, round * 10, round * 10 + 10);
			const vacuumed = freshPath();
			other.exec(`VACUUM INTO '${vacuumed}'`);
			expect(await recordedIn(vacuumed)).toBe(round * 10);
			const backedUp = freshPath();
			await sqlite().backup(other, backedUp);
			expect(await recordedIn(backedUp)).toBe(round * 10);
			// In a process that keeps writing, the log starts over right here.
			setMark(other, 'opening');
			const inBetween = freshPath();
			await sqlite().backup(other, inBetween);
			expect(await recordedIn(inBetween)).toBe(round * 10);
		}
		other.close();
	});

	test('begins anew, and the process is killed right there', async () => {
		const path = freshPath();
		await record(await open(path), 0, 10);
		const other = new (sqlite().DatabaseSync)(path);
		setMark(other, 'opening');
		other.exec('PRAGMA wal_checkpoint(PASSIVE)');
		const intact = copy(path, { withLog: true });
		const alone = copy(path, { withLog: false });
		other.close();
		expect(await recordedIn(intact)).toBe(10);
		await expectLoss(alone);
	});

	test('that goes on from another file is told, and none of both changed', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await store.close();
		const older = copy(path, { withLog: false });
		await killedAfter(path, 5);
		const log = readFileSync(`${path}-wal`);
		copyFileSync(older, path);
		rmSync(`${path}-shm`);
		// The first log after the backup does continue from it.
		expect(log.length).toBeGreaterThan(0);
		await killedAfter(older, 5);
		copyFileSync(`${older}-wal`, `${path}-wal`);
		await expectLoss(path, /do not belong together.*remove .*-wal and .*-shm/);
		expect(readFileSync(`${path}-wal`).equals(readFileSync(`${older}-wal`))).toBe(true);
		// What the message says to do after restoring a backup.
		rmSync(`${path}-wal`);
		rmSync(`${path}-shm`, { force: true });
		expect(await recordedIn(path)).toBe(10);
	});

	test('that is lost can be done without on purpose, once', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		const alone = copy(path, { withLog: false });
		writeFileSync(`${alone}-accept-loss`, '');
		expect(await recordedIn(alone)).toBe(0);
		expect(existsSync(`${alone}-accept-loss`)).toBe(false);
		expect(await recordedIn(alone)).toBe(0);
		const again = await open(alone);
		await record(again, 0, 10);
		await expectLoss(copy(alone, { withLog: false }));
	});

	test('of a version that knew nothing of this is taken as it is', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await store.close();
		const old = new (sqlite().DatabaseSync)(path);
		old.exec("DELETE FROM meta WHERE name = 'log'");
		old.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		old.exec(
			'DELETE FROM operations WHERE operation_id IN (SELECT operation_id FROM operations LIMIT 4)',
		);
		const withLog = copy(path, { withLog: true });
		const alone = copy(path, { withLog: false });
		old.close();
		expect(await recordedIn(withLog)).toBe(6);
		expect(await recordedIn(alone)).toBe(10);
		expect(await recordedIn(path)).toBe(6);
	});

	test('of a version that knew nothing of this, and that kept everything in it', async () => {
		const path = freshPath();
		const old = new (sqlite().DatabaseSync)(path);
		old.exec('PRAGMA journal_mode = WAL; CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)');
		const alone = copy(path, { withLog: false });
		old.close();
		await expectLoss(alone);
		writeFileSync(`${alone}-accept-loss`, '');
		expect(await recordedIn(alone)).toBe(0);
		expect(await recordedIn(alone)).toBe(0);
	});

	test('of several processes that are killed is read, or missed', async () => {
		const path = freshPath();
		for (let round = 0; round < 6; round++) {
			await Promise.all(
				[1, 2, 3].map(async (name) => killedAfter(path, 1 + round * 8, `${round}.${name}`)),
			);
			const alone = copy(path, { withLog: false });
			expect(await recordedIn(copy(path, { withLog: true }))).toBe(0);
			await expectLoss(alone);
		}
	});
});

/** Puts the state into a moment that lasts no longer than one SQLite call. */
function setMark(database: DatabaseSync, phase: string): void {
	const row = database.prepare("SELECT value FROM meta WHERE name = 'log'").get();
	const mark = JSON.parse(String(row?.['value'])) as { id: string; bases: string[] };
	const next = { ...mark, phase, id: `${mark.id}'`, bases: [mark.id, ...mark.bases] };
	database.prepare("UPDATE meta SET value = ? WHERE name = 'log'").run(JSON.stringify(next));
}
