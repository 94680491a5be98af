import type { PostgresDatabase } from './postgres';
import type { OwnDatabase } from './sharedPostgres';

/** Starting a database server takes a while on a busy machine. */
export const serverTimeoutMs = 120_000;

/**
 * A PostgreSQL database for the tests of a file or of a block, empty before the first of them; call it
 * at the top.
 *
 * @returns the database, which is there once the hooks run
 */
export function usedDatabase(): () => PostgresDatabase {
	let database: OwnDatabase | undefined;
	beforeAll(async () => {
		const server = await sharedProcesses.postgres();
		database = await server.newDatabase();
	}, serverTimeoutMs);
	afterAll(async () => await database?.drop());
	return () => {
		if (database === undefined) throw new Error('The database is there only while the tests run');
		return database;
	};
}
