import { createHash } from 'node:crypto';

import type { StoreConfig } from './config';
import { once, type Database, type Work } from './engine/database';
import { encodeInteger, readText } from './engine/encode';
import { createBatcher } from './engine/batch';
import { migrate } from './engine/migrate';
import { openPostgres } from './engine/postgres/postgres';
import { openSqlite } from './engine/sqlite/sqlite';
import { sqlitePath } from './engine/sqlite/sqlitePaths';
import type { Statement } from './engine/statement';
import { createContactStore } from './contacts/contactTable';
import { createCounterStore } from './triggers/counterTable';
import { createForwardStore } from './forwards/forwardTable';
import { createInboxStore } from './inbox/inboxTable';
import { createListenerStore } from './triggers/listenerTable';
import { createRegistrationRecordStore } from './triggers/registrationRecordTable';
import { createPersonStore } from './people/personRecords';
import { createQuestionStore } from './questions/questionTable';
import { createOutboxStore } from './outbox/outboxTable';
import { StateProblem } from './stateProblem';
import { purge } from './purge';
import { wasSetBack } from './purgeClock';
import { createRateStore } from './rate/bucketTable';
import { createReportStore } from './reports/reportQueries';
import { createStatusStore } from './statuses/statusTable';
import { createTextStore } from './texts/textTable';
import type { Store, StoreHealth } from './store';

/** The stores of this process: one per database, however many executions use it. */
const openStores = new Map<string, Promise<Store>>();

/**
 * Opens the store, or returns the one this process already has open for the same configuration.
 * Creates the tables or brings them up to date. If opening fails, the next call tries again.
 *
 * @throws StateProblem if the database cannot be used.
 * @throws RangeError if the configuration is invalid.
 */
export async function openStore(config: StoreConfig): Promise<Store> {
	const key = keyOf(config);
	const known = openStores.get(key);
	if (known !== undefined) return await known;

	const opening = open(config, () => openStores.delete(key));
	openStores.set(key, opening);
	opening.catch(() => openStores.delete(key));
	return await opening;
}

/** A hash where a configuration contains a password. */
function keyOf(config: StoreConfig): string {
	if (config.engine === 'sqlite') return `${sqlitePath(config)}\n${config.timeoutMs ?? ''}`;
	const entries = Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(entries)).digest('base64');
}

async function open(config: StoreConfig, onClose: () => void): Promise<Store> {
	const database = await (config.engine === 'sqlite' ? openSqlite(config) : openPostgres(config));
	let isReady = false;
	try {
		const schemaVersion = await migrate(database);
		await database.hasTables();
		isReady = true;
		return createStore(database, schemaVersion, onClose);
	} finally {
		if (!isReady) await database.close();
	}
}

function createStore(database: Database, schemaVersion: number, onClose: () => void): Store {
	const batcher = createBatcher(database.batchMs);
	return {
		engine: database.engine,
		outbox: createOutboxStore(database, batcher),
		rate: createRateStore(database, batcher),
		statuses: createStatusStore(database, batcher),
		reports: createReportStore(database),
		inbox: createInboxStore(database),
		forwards: createForwardStore(database),
		contacts: createContactStore(database, batcher),
		listeners: createListenerStore(database),
		registrationRecords: createRegistrationRecordStore(database),
		counters: createCounterStore(database, batcher),
		questions: createQuestionStore(database),
		people: createPersonStore(database),
		texts: createTextStore(database),

		async check(now): Promise<StoreHealth> {
			const mark = `${encodeInteger(now, 'now')} ${Math.random()}`;
			const found = await database.run('transaction', () => writeMark(mark));
			if (found !== mark) {
				throw new StateProblem('other', `${database.location} does not keep what is written`);
			}
			return { engine: database.engine, location: database.location, schemaVersion };
		},

		purge: (accountKey, now, retention = {}, isSteady = false) =>
			purge(database, accountKey, now, retention, isSteady),

		clockWasSetBack: async (now) => {
			const time = encodeInteger(now, 'now');
			return await database.run('read', () => wasSetBack(time));
		},

		async close() {
			onClose();
			await database.close();
		},
	};
}

const writeMarkStatement: Statement = {
	rows: null,
	values: { value: 'text' },
	sql: ({ table, value }) => `
		INSERT INTO ${table('meta')} (name, value) VALUES ('check', ${value('value')})
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

const readMarkStatement: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `SELECT value FROM ${table('meta')} WHERE name = 'check'`,
};

function* writeMark(value: string): Work<string | null> {
	yield* once(writeMarkStatement, { value });
	const [row] = yield* once(readMarkStatement);
	return row === undefined ? null : readText(row, 'value');
}
