import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sqlOn, type PostgresConnection, type PostgresDatabase } from './postgres';
import { nodeBinary, rootFolder } from './simulatorProcess';

/** A database on a server that others use as well. */
export interface OwnDatabase extends PostgresDatabase {
	/** Removes it, and ends all connections to it. */
	drop(): Promise<void>;
}

/** A PostgreSQL server of which each user has a database. */
export interface SharedPostgres {
	newDatabase(): Promise<OwnDatabase>;
	/** Lets the process that has started this one end; this one then ends, too. */
	unref(): void;
	hasEnded(): boolean;
}

/** @throws Error if the server does not start; why is on standard error */
export async function startSharedPostgres(): Promise<SharedPostgres> {
	const child = fork(join(rootFolder, 'test', 'postgresProcess.ts'), {
		cwd: rootFolder,
		execPath: nodeBinary,
		execArgv: [],
		env: { ...process.env },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const failed = once(child, 'exit').then(([code]) => {
		throw new Error(`PostgreSQL did not start (${String(code)})`);
	});
	const [connection] = (await Promise.race([once(child, 'message'), failed])) as [
		PostgresConnection,
	];
	failed.catch(() => undefined);
	const sql = sqlOn(connection);
	let count = 0;
	return {
		async newDatabase() {
			const database = `test_${++count}`;
			await sql(`CREATE DATABASE ${database}`);
			const own = { ...connection, database };
			return {
				connection: own,
				sql: sqlOn(own),
				async drop() {
					await sql(`DROP DATABASE ${database} WITH (FORCE)`);
				},
			};
		},
		unref() {
			child.unref();
			child.channel?.unref();
		},
		hasEnded: () => child.exitCode !== null || child.signalCode !== null,
	};
}
