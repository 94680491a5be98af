import type { Connection, Pool, PoolConfig } from 'pg';

/** Start-up options that the driver sends to the server, from `PGOPTIONS` and `PGREPLICATION`. */
const foreignOptions = ['options', 'replication'] as const;

/**
 * A pool whose connections are made of the configuration alone. The driver fills what is left out
 * from the environment of n8n's process, which speaks of another database.
 */
export async function createPool(config: PoolConfig): Promise<Pool> {
	// Loaded when it is needed: most installations keep their state in SQLite.
	const { Client, Pool } = await import('pg');

	class OwnClient extends Client {
		// Of the driver, though its types do not name them.
		declare readonly connectionParameters: Record<string, unknown>;
		declare readonly connection: Connection;

		constructor(options?: PoolConfig) {
			super(options);
			for (const name of foreignOptions) this.connectionParameters[name] = undefined;
			// The driver leaves it open where it fails before the server does.
			this.connection.once('error', () => this.connection.stream.destroy());
		}
	}

	// PGCLIENTENCODING and PGSSLNEGOTIATION would be next; these two must say something.
	const settled = { ...config, client_encoding: 'utf8', sslnegotiation: 'postgres' as const };
	return new Pool({ ...settled, Client: OwnClient });
}
