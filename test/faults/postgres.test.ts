import { setTimeout as sleep } from 'node:timers/promises';
import { expectReliability } from './expectations';
import { prove } from './proof';
import { postgresState } from './testState';

jest.setTimeout(400_000);

const state = postgresState();

/** Clean restarts and crashes while messages are being sent. */
const restarts = 4;

test('10,000 messages by two processes, with 22 kills and a database that restarts, on PostgreSQL', async () => {
	const size = { jobs: 20, itemsEach: 500, processes: 2, kills: 22 };
	let done = 0;
	const result = await prove(state, size, async (random, isOver) => {
		while (done < restarts) {
			await sleep(random.between(8_000, 12_000));
			if (isOver()) return;
			const server = state.server();
			if (done % 2 === 0) {
				await server.restart();
			} else {
				await server.kill();
				await server.start();
			}
			done++;
		}
	});
	expectReliability(result, size);
	expect(done).toBe(restarts);
});
