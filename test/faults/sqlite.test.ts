import { expectReliability } from './expectations';
import { prove } from './proof';
import { sqliteState } from './testState';

jest.setTimeout(300_000);

const state = sqliteState();

test('10,000 messages through every fault and 22 kills, on SQLite', async () => {
	const size = { jobs: 20, itemsEach: 500, processes: 1, kills: 22 };
	expectReliability(await prove(state, size), size);
});
