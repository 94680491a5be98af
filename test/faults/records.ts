import type { PostgresServer } from '../postgres';
import { until } from '../until';

/** What the store says about a message, read without the package's own code. */
export interface StoredMessage {
	operationId: string;
	executionId: string;
	itemIndex: number;
	state: string;
	messageId: string | null;
}

/** Reads all messages of a store. */
export type ReadRecords = () => Promise<StoredMessage[]>;

interface Row {
	operation_id: string;
	execution_id: string;
	item_index: number;
	state: string;
	message_id: string | null;
}

const columns = 'operation_id, execution_id, item_index, state, message_id';

const fromRow = (row: Row): StoredMessage => ({
	operationId: row.operation_id,
	executionId: row.execution_id,
	itemIndex: row.item_index,
	state: row.state,
	messageId: row.message_id,
});

export function sqliteRecords(file: string): ReadRecords {
	return async () => {
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
		try {
			const rows = database.prepare(`SELECT ${columns} FROM operations`).all();
			return await Promise.resolve((rows as unknown as Row[]).map(fromRow));
		} finally {
			database.close();
		}
	};
}

export function postgresRecords(server: PostgresServer): ReadRecords {
	const statement = `SELECT coalesce(json_agg(o), '[]') FROM (SELECT ${columns} FROM whatsapp_cloud.operations) o`;
	return async () => {
		// A test may just have restarted the server.
		const rows = await until('the server answers', async () => {
			try {
				return await server.sql(statement);
			} catch {
				return undefined;
			}
		});
		return (JSON.parse(rows) as Row[]).map(fromRow);
	};
}
