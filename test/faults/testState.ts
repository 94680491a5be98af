import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials, tokens } from '../engine/node/account';
import { postgresFields, startPostgres, type PostgresServer } from '../postgres';
import { postgresRecords, sqliteRecords, type ReadRecords } from './records';

/** Where a test keeps its state: how processes use it, and how the test reads it. */
export interface TestState {
	credentials(graphBaseUrl: string): Record<string, Record<string, unknown>>;
	/** For the processes. */
	env(): Record<string, string>;
	readRecords: ReadRecords;
	/** PostgreSQL only. */
	server(): PostgresServer;
}

/** Starting a database server takes a while on a busy machine. */
const serverTimeoutMs = 120_000;

/** A folder that stands in for n8n's, with the SQLite file. Removed after the tests. */
export function sqliteState(): TestState {
	const folder = mkdtempSync(join(tmpdir(), 'faults-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	return {
		credentials: (url) => credentials(url, { standbyAccessToken: tokens.standby }),
		env: () => ({ N8N_USER_FOLDER: folder }),
		readRecords: sqliteRecords(join(folder, '.n8n', 'whatsapp-cloud', 'state.sqlite')),
		server() {
			throw new Error('SQLite has no server');
		},
	};
}

/** A PostgreSQL server of its own. Removed after the tests. */
export function postgresState(): TestState {
	let running: PostgresServer | undefined;
	const server = (): PostgresServer => {
		if (running === undefined) throw new Error('The server has not been started');
		return running;
	};
	beforeAll(async () => {
		running = await startPostgres();
	}, serverTimeoutMs);
	afterAll(async () => await running?.remove());
	return {
		credentials(url) {
			return credentials(url, {
				standbyAccessToken: tokens.standby,
				...postgresFields(server().connection),
			});
		},
		env: () => ({}),
		readRecords: async () => await postgresRecords(server())(),
		server,
	};
}
