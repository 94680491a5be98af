import type { ColumnKind, SqlWriter, Statement, TableName } from '../statement';

/** Key of the advisory lock for schema changes: any number, as long as all use the same one. */
const schemaLock = 7_284_019_365;

const typeNames: Record<ColumnKind, string> = {
	text: 'text',
	integer: 'bigint',
	real: 'double precision',
};

/**
 * The channel on which a table's changes are told. PostgreSQL would cut longer names at the end, so
 * that two tables could share a channel.
 */
export const channelOf = (schema: string, table: TableName): string =>
	`${schema}.${table}`.slice(-63);

/** Writes a statement as PostgreSQL reads it, with the tables in this schema. */
export function postgresWriter(statement: Statement, schema: string): SqlWriter {
	const columns = Object.entries(statement.rows ?? {}).map(
		([name, kind]) => `${name} ${typeNames[kind]}`,
	);
	const first = statement.rows === null ? 1 : 2;
	const places = new Map(
		Object.entries(statement.values).map(([name, kind], index) => [
			name,
			`$${first + index}::${typeNames[kind]}`,
		]),
	);
	return {
		engine: 'postgres',
		rows: `json_to_recordset($1::json) AS r(${columns.join(', ')})`,
		value: (name) => places.get(name) ?? fail(`The statement has no value ${name}`),
		table: (name) => `${schema}.${name}`,
		notify: (name) => `pg_notify('${channelOf(schema, name)}', '')`,
		changed: (alias) => `${alias}.`,
		forUpdate: (alias) => ` FOR UPDATE OF ${alias}`,
		skipLocked: (alias) => ` FOR UPDATE OF ${alias} SKIP LOCKED`,
		// Read as rows: to_regclass() may use a cached answer from before another process created the
		// table.
		hasTable: (name) =>
			`SELECT count(*) AS n FROM pg_tables WHERE schemaname = '${schema}' AND tablename = '${name}'`,
		lockSchema: `SELECT 1 AS n FROM pg_advisory_xact_lock(${schemaLock})`,
		hasSchema: `SELECT count(*) AS n FROM pg_namespace WHERE nspname = '${schema}'`,
		createSchema: `CREATE SCHEMA IF NOT EXISTS ${schema}`,
		types: {
			key: 'TEXT COLLATE "C"',
			text: 'TEXT',
			integer: 'BIGINT',
			real: 'DOUBLE PRECISION',
		},
		keyed: '',
	};
}

function fail(message: string): never {
	throw new TypeError(message);
}
