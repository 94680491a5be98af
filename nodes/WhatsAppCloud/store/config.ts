/** Where state is kept. `openStore` (in `open.ts`) takes it. */
export type StoreConfig = SqliteConfig | PostgresConfig;

export interface SqliteConfig {
	engine: 'sqlite';
	/**
	 * Path of the file; its folder is made. Left out: `whatsapp-cloud/state.sqlite` in n8n's folder
	 * (`$N8N_USER_FOLDER/.n8n`, or `~/.n8n`).
	 */
	path?: string;
	/** How long a call waits for other processes that write. Default 5,000. */
	timeoutMs?: number;
}

/** Holds a password: never log it. */
export interface PostgresConfig {
	engine: 'postgres';
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	/**
	 * - `off`: plain connection.
	 * - `unverified`: encrypted, whatever certificate the server shows.
	 * - `verified`: encrypted, the certificate must fit the host and a known authority.
	 */
	tls: 'off' | 'unverified' | 'verified';
	/** PEM of the authority, where the server's is not a public one. */
	caCertificate?: string;
	/** Made where it is missing. Default `whatsapp_cloud`. */
	schema?: string;
	/** Connections per process. Default 4. */
	maxConnections?: number;
	/** Time for connecting and for a call as a whole. Default 5,000. */
	timeoutMs?: number;
}
