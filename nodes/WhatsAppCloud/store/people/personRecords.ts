import { onRows, once, type Database, type Work } from '../engine/database';
import { encodeInteger, encodeKey, readText } from '../engine/encode';
import type { Row } from '../engine/statement';
import { erasuresOf, markErased } from './erasures';
import {
	endedWaitsStatement,
	eraseStatement,
	movesStatement,
	personTables,
	readStatement,
} from './personTables';
import type { PersonKeys, PersonStore } from './personStore';

const tables = personTables.map((each) => ({
	name: each.table,
	read: readStatement(each),
	erase: eraseStatement(each),
}));

/** Rounds of looking for former keys: more changes of number than anybody has. */
const mostRounds = 20;

export function createPersonStore(database: Database): PersonStore {
	return {
		async keysOf(accountKey, keys) {
			const account_key = encodeKey(accountKey, 'accountKey');
			const wanted = keys.map((key) => encodeKey(key, 'key'));
			return await database.run('read', () => withMoves(account_key, wanted));
		},
		async read(person) {
			const rows = toRows(person);
			return await database.run('read', function* () {
				const records = [];
				for (const { name, read } of tables) {
					const found = yield* onRows(read, rows);
					const distinct = new Map(found.map((row) => [JSON.stringify(row), row]));
					records.push(
						...Array.from(distinct.values(), (row) => ({ table: name, row: { ...row } })),
					);
				}
				return records;
			});
		},
		async erase(person, marks, at) {
			const rows = toRows(person);
			const erasedAt = encodeInteger(at, 'at');
			return await database.run('transaction', function* () {
				yield* markErased(marks, erasedAt, { locks: database.engine === 'postgres' });
				const erased: Record<string, number> = {};
				for (const { name, erase } of tables) {
					erased[name] = (yield* onRows(erase, rows)).length;
				}
				erased['waits'] = (yield* once(endedWaitsStatement)).length;
				return erased;
			});
		},
		erasedAt: async (marks) => await database.run('read', () => erasuresOf(marks)),
		compact: async () => await database.compact(),
	};
}

/** @throws RangeError if a key is empty or too long */
function toRows({ accountKey, keys, inWebhooks }: PersonKeys): Row[] {
	const account_key = encodeKey(accountKey, 'accountKey');
	const count = Math.max(keys.length, inWebhooks.length);
	const [first = ''] = keys;
	return Array.from({ length: count }, (_, index) => ({
		account_key,
		contact_key: encodeKey(keys[index] ?? first, 'key'),
		in_webhook: inWebhooks[index] ?? '',
	}));
}

function* withMoves(account_key: string, keys: readonly string[]): Work<string[]> {
	const known = new Set(keys);
	let next = [...known];
	for (let round = 0; next.length > 0 && round < mostRounds; round++) {
		const rows = next.map((contact_key) => ({ account_key, contact_key }));
		const found = (yield* onRows(movesStatement, rows)).flatMap((row) => [
			readText(row, 'old_key'),
			readText(row, 'new_key'),
		]);
		next = [...new Set(found)].filter((key) => !known.has(key));
		for (const key of next) known.add(key);
	}
	return [...known];
}
