import { existsSync, readFileSync } from 'node:fs';

import { until } from '../../until';
import { start } from '../../unit/store/samples';
import { setMark, stateFiles } from '../../unit/store/log/stateFiles';

const sqlite = () => process.getBuiltinModule('node:sqlite');

describe('the log of a state file', () => {
	const { freshPath, open, record, recordedIn, copy, expectLoss, startChild } = stateFiles();

	test('is checkpointed when nothing is written for a while, so that the file is enough', async () => {
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

	test('is checkpointed from time to time while it is written to', async () => {
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

	test('is checkpointed at the end of a process that closes nothing', async () => {
		const path = freshPath();
		const keys = ['a', 'b', 'c'];
		const config = { engine: 'sqlite' as const, path };
		const worker = await startChild({ do: 'leave', config, keys, now: start });
		worker.go();
		expect(await worker.end()).toMatchObject({ problem: null });
		expect(existsSync(`${path}-wal`)).toBe(false);
		expect(await recordedIn(path)).toBe(3);
	});

	test('does not matter to a backup, whenever it is made', async () => {
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
});
