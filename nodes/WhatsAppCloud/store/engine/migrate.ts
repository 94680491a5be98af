import { StateProblem } from '../stateProblem';
import { once, type Database, type Work } from './database';
import { readNumber, readText } from './encode';
import { migrations } from './migrations';
import type { SchemaStep } from './schema/schemaStep';
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
 * Brings the tables up to date. Any number of processes may do so at once.
 *
 * @param steps all schema steps that this version knows.
 * @returns the schema version.
 * @throws StateProblem `newer_schema` if a newer version of this package has changed the tables.
 */
export async function migrate(
	database: Database,
	steps: readonly SchemaStep[] = migrations,
): Promise<number> {
	const version = await database.run('read', currentVersion);
	requireKnown(version, steps, database);
	if (version === steps.length) return version;

	// The schema comes first, since the tables go into it.
	await database.run('transaction', function* () {
		yield* once(lockSchema);
		const [schemas] = yield* once(hasSchema);
		if (schemas !== undefined && readNumber(schemas, 'n') === 0) yield* once(createSchema);
	});
	for (let reached = version; reached < steps.length;) {
		reached = await database.run('transaction', () => nextStep(steps));
	}
	const final = await database.run('read', currentVersion);
	requireKnown(final, steps, database);
	return final;
}

/** Does one step, unless another process has done it meanwhile. */
function* nextStep(steps: readonly SchemaStep[]): Work<number> {
	yield* once(lockSchema);
	const version = yield* currentVersion();
	const step = steps[version];
	if (step === undefined) return version;
	for (const sql of step) yield* once({ rows: null, values: {}, sql });
	yield* once(writeVersion, { version: String(version + 1) });
	return version + 1;
}

function requireKnown(version: number, steps: readonly SchemaStep[], { location }: Database): void {
	if (version <= steps.length) return;
	throw new StateProblem(
		'newer_schema',
		`The state in ${location} was written by a newer version of this package (schema ${version}, this version knows ${steps.length}). Update the package wherever the state is shared; until then keep the state elsewhere.`,
	);
}

function* currentVersion(): Work<number> {
	const [table] = yield* once(hasTable);
	if (table === undefined || readNumber(table, 'n') === 0) return 0;
	const [row] = yield* once(readVersion);
	return row === undefined ? 0 : Number(readText(row, 'value'));
}
