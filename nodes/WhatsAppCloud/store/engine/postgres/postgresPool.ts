import type { Connection, Pool, PoolConfig } from 'pg';

/**
 * Start-up options that the driver takes from `PGOPTIONS` and `PGREPLICATION` and sends to the
 * server.
 */
const foreignOptions = ['options', 'replication'] as const;

/**
 * Creates a pool whose connections use the configuration alone. The driver would fill gaps from the
 * environment of n8n's process, which is meant for another database.
 */
export async function createPool(config: PoolConfig): Promise<Pool> {
	// Loaded on demand: most installations keep their state in SQLite.
	const { Client, Pool } = await import('pg');

	class OwnClient extends Client {
		// The driver has these, though its types do not list them.
		declare readonly connectionParameters: Record<string, unknown>;
		declare readonly connection: Connection;

		constructor(options?: PoolConfig) {
			super(options);
			for (const name of foreignOptions) this.connectionParameters[name] = undefined;
			// The driver leaves the stream open if it fails before the server does.
			this.connection.once('error', () => this.connection.stream.destroy());
		}
	}

	// Keeps PGCLIENTENCODING and PGSSLNEGOTIATION from being used; these two options must have a
	// value.
	const settled = { ...config, client_encoding: 'utf8', sslnegotiation: 'postgres' as const };
	return new Pool({ ...settled, Client: OwnClient });
}
