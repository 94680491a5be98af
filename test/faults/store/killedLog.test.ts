import { setTimeout as sleep } from 'node:timers/promises';

import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { StateProblem } from '../../../nodes/WhatsAppCloud/store/stateProblem';
import { stateFiles } from '../../unit/store/log/stateFiles';
import { start } from '../../unit/store/samples';

describe('the log of a state file', () => {
	const files = stateFiles();
	const { freshPath, open, record, recordedIn, startedIn, copy, expectLoss, killedAfter } = files;

	/** Whether the file opens without the log that it had. */
	const isWhole = async (path: string): Promise<boolean> => {
		try {
			await (await openStore({ engine: 'sqlite', path })).close();
			return true;
		} catch (error) {
			if (error instanceof StateProblem && error.kind === 'log_lost') return false;
			throw error;
		}
	};

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

	test('is not asked for in a new file, also of a process killed while it made one', async () => {
		for (let waitMs = 0; waitMs < 60; waitMs += 3) {
			const path = freshPath();
			const config = { engine: 'sqlite' as const, path };
			const worker = await files.startChild({ do: 'fill', config, now: start });
			worker.go();
			await sleep(waitMs);
			await worker.kill();
			expect((await recordedIn(path)) % 500).toBe(0);
		}
	});

	test('of several processes that are killed is read; without it, the file is whole or refused', async () => {
		const path = freshPath();
		let sends = 0;
		for (let round = 0; round < 6; round++) {
			const reported = await Promise.all(
				[1, 2, 3].map(async (name) => killedAfter(path, 1 + round * 8, `${round}.${name}`)),
			);
			sends += reported.reduce((sum, each) => sum + each, 0);
			const alone = copy(path, { withLog: false });
			const started = await startedIn(copy(path, { withLog: true }));
			expect(started).toBeGreaterThanOrEqual(sends);
			// A process that gets no time for a second finds itself idle, and checkpoints everything.
			if (await isWhole(alone)) expect(await startedIn(alone)).toBe(started);
			else await expectLoss(alone);
		}
	});
});
