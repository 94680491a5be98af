/** Where state is kept, for `openStore` in `open.ts`. */
export type StoreConfig = SqliteConfig | PostgresConfig;

export interface SqliteConfig {
	engine: 'sqlite';
	/**
	 * Path of the file; its folder is created. Default: `whatsapp-cloud/state.sqlite` in n8n's folder
	 * (`$N8N_USER_FOLDER/.n8n`, or `~/.n8n`).
	 */
	path?: string;
	/** How long a call waits for other processes that are writing. Default 5,000. */
	timeoutMs?: number;
}

/** Contains a password: never log it. */
export interface PostgresConfig {
	engine: 'postgres';
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
	/**
	 * - `off`: plain connection.
	 * - `unverified`: encrypted, accepting any certificate.
	 * - `verified`: encrypted; the certificate must match the host and come from a known authority.
	 */
	tls: 'off' | 'unverified' | 'verified';
	/** PEM certificate of the server's authority, if it is not a public one. */
	caCertificate?: string;
	/** Created if missing. Default `whatsapp_cloud`. */
	schema?: string;
	/** Connections per process. Default 4. */
	maxConnections?: number;
	/** Time for connecting and for a call as a whole. Default 5,000. */
	timeoutMs?: number;
}
