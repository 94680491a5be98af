import { join } from 'node:path';

import {
	once,
	onRows,
	type Database,
	type Work,
} from '../../../nodes/WhatsAppCloud/store/engine/database';
import { openSqlite } from '../../../nodes/WhatsAppCloud/store/engine/sqlite/sqlite';
import type { Statement } from '../../../nodes/WhatsAppCloud/store/engine/statement';
import { temporaryFolder } from './engines';

const create: Statement = {
	rows: null,
	values: {},
	sql: ({ table, types }) => `CREATE TABLE ${table('meta')} (name ${types.key} PRIMARY KEY)`,
};
const insert: Statement = {
	rows: { name: 'text' },
	values: {},
	sql: ({ table, rows }) =>
		`INSERT INTO ${table('meta')} (name) SELECT r.name FROM ${rows} WHERE true`,
};
const select: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `SELECT name FROM ${table('meta')} ORDER BY name`,
};

/** Adds names, then throws the failure if there is one. */
function* add(names: readonly string[], failure?: Error): Work<number> {
	const rows = names.map((name) => ({ name }));
	yield* onRows(insert, rows);
	if (failure !== undefined) throw failure;
	return rows.length;
}

describe('works in a SQLite file', () => {
	const folder = temporaryFolder();
	let count = 0;
	let database: Database;

	beforeEach(async () => {
		database = await openSqlite({ engine: 'sqlite', path: join(folder(), `${++count}.sqlite`) });
		await database.run('steps', () => once(create));
	});
	afterEach(async () => await database.close());

	const run = async (...work: Parameters<typeof add>): Promise<number> =>
		await database.run('steps', () => add(...work));
	async function names(): Promise<unknown[]> {
		return (await database.run('read', () => once(select))).map(({ name }) => name);
	}

	test('that come together: one that fails takes back its own steps alone', async () => {
		const results = await Promise.allSettled([
			run(['a', 'b']),
			run(['c', 'd'], new RangeError('d has no usable form')),
			// SQLite itself rejects the second "a".
			run(['e', 'a']),
			run(['f']),
		]);
		expect(results).toMatchObject([
			{ status: 'fulfilled', value: 2 },
			{ status: 'rejected', reason: new RangeError('d has no usable form') },
			{ status: 'rejected', reason: { name: 'StateProblem' } },
			{ status: 'fulfilled', value: 1 },
		]);
		expect(await names()).toEqual(['a', 'b', 'f']);
	});

	describe('that may wait', () => {
		beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
		afterEach(() => jest.useRealTimers());

		/** Adds a name right after a transaction. @returns how to see whether it is added */
		async function addPatiently(name: string) {
			await run(['before']);
			const adding = { isDone: false };
			const work = database.run('steps', () => add([name]), { mayWait: true });
			void work.then(() => (adding.isDone = true));
			await turns();
			return adding;
		}

		async function turns(): Promise<void> {
			for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
		}

		test('are done a moment later', async () => {
			const adding = await addPatiently('a');
			expect(adding.isDone).toBe(false);
			jest.advanceTimersByTime(100);
			await turns();
			expect(await names()).toEqual(['a', 'before']);
		});

		test('are done with one that may not', async () => {
			const adding = await addPatiently('a');
			await run(['b']);
			expect(adding.isDone).toBe(true);
		});

		test('are done before the file is closed', async () => {
			const adding = await addPatiently('a');
			await database.close();
			expect(adding.isDone).toBe(true);
		});
	});

	test('that come alone: one that fails leaves nothing, and the next one is done', async () => {
		await expect(run(['a', 'b'], new RangeError('b has no usable form'))).rejects.toThrow(
			new RangeError('b has no usable form'),
		);
		expect(await names()).toEqual([]);
		await expect(run(['a', 'a'])).rejects.toMatchObject({ name: 'StateProblem' });
		expect(await names()).toEqual([]);
		expect(await run(['a'])).toBe(1);
		expect(await names()).toEqual(['a']);
	});
});
