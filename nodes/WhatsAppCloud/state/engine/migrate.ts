import { StateProblem } from '../problem';
import { once, type Database, type Work } from './database';
import { readNumber, readText } from './encode';
import { migrations } from './schema';
import type { Statement } from './statement';

const hasTable: Statement = { rows: null, values: {}, sql: (write) => write.hasTable('meta') };

const hasSchema: Statement = { rows: null, values: {}, sql: (write) => write.hasSchema };

const createSchema: Statement = { rows: null, values: {}, sql: (write) => write.createSchema };

const lockSchema: Statement = { rows: null, values: {}, sql: (write) => write.lockSchema };

const readVersion: Statement = {
	rows: null,
	values: {},
	sql: ({ table }) => `SELECT value FROM ${table('meta')} WHERE name = 'schema_version'`,
};

const writeVersion: Statement = {
	rows: null,
	values: { version: 'text' },
	sql: ({ table, value }) => `
		INSERT INTO ${table('meta')} (name, value) VALUES ('schema_version', ${value('version')})
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
};

/**
 * Brings the tables up to date, however many processes do so at once.
 *
 * @returns the version of the schema.
 * @throws StateProblem `newer_schema` when a newer version of this package has been at work.
 */
export async function migrate(database: Database): Promise<number> {
	const version = await database.run('read', currentVersion);
	requireKnown(version, database);
	if (version === migrations.length) return version;

	// The place for the tables first, since the lock and the tables lie in it.
	await database.run('transaction', function* () {
		yield* once(lockSchema);
		const [schemas] = yield* once(hasSchema);
		if (schemas !== undefined && readNumber(schemas, 'n') === 0) yield* once(createSchema);
	});
	for (let reached = version; reached < migrations.length;) {
		reached = await database.run('transaction', nextStep);
	}
	const final = await database.run('read', currentVersion);
	requireKnown(final, database);
	return final;
}

/** One step, unless another process has done it meanwhile. */
function* nextStep(): Work<number> {
	yield* once(lockSchema);
	const version = yield* currentVersion();
	const step = migrations[version];
	if (step === undefined) return version;
	for (const sql of step) yield* once({ rows: null, values: {}, sql });
	yield* once(writeVersion, { version: String(version + 1) });
	return version + 1;
}

function requireKnown(version: number, { location }: Database): void {
	if (version <= migrations.length) return;
	throw new StateProblem(
		'newer_schema',
		`The state in ${location} was written by a newer version of this package (schema ${version}, this version knows ${migrations.length}). Update the package wherever the state is shared; until then keep the state elsewhere.`,
	);
}

function* currentVersion(): Work<number> {
	const [table] = yield* once(hasTable);
	if (table === undefined || readNumber(table, 'n') === 0) return 0;
	const [row] = yield* once(readVersion);
	return row === undefined ? 0 : Number(readText(row, 'value'));
}
