import { expectReliability } from './expectations';
import { prove } from './proof';
import { sqliteSetting } from './setting';

jest.setTimeout(300_000);

const setting = sqliteSetting();

test('10,000 messages through every fault and 22 kills, on SQLite', async () => {
	const size = { jobs: 20, itemsEach: 500, processes: 1, kills: 22 };
	expectReliability(await prove(setting, size), size);
});
