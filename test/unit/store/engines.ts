import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { StoreConfig } from '../../../nodes/WhatsAppCloud/store/config';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { startPostgres, type PostgresServer } from '../../postgres';

/** Starting a database server takes a while on a busy machine. */
export const serverTimeoutMs = 120_000;

/** A database engine, and new stores on it. */
export interface Engine {
	readonly name: 'sqlite' | 'postgres';
	/** Configuration for a new, empty store. */
	fresh(): StoreConfig;
	/** A new, empty store, closed after the test. */
	open(): Promise<Store>;
	/** Runs SQL behind the store's back; write each table as `{name}`. */
	sql(config: StoreConfig, text: string): Promise<void>;
	/** PostgreSQL only. */
	server(): PostgresServer;
}

/** Runs the same tests against both engines. */
export function onEachEngine(title: string, tests: (engine: Engine) => void): void {
	describe(`${title} on SQLite`, () => tests(sqliteEngine()));
	describe(`${title} on PostgreSQL`, () => tests(postgresEngine()));
}

function sqliteEngine(): Engine {
	const folder = temporaryFolder();
	let count = 0;
	const fresh = (): StoreConfig => ({
		engine: 'sqlite',
		path: join(folder(), String(++count), 'state.sqlite'),
	});
	return {
		name: 'sqlite',
		fresh,
		open: keepOpen(fresh),
		sql: async (config, text) => {
			if (config.engine !== 'sqlite') throw new Error('Not a SQLite store');
			const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
			const database = new DatabaseSync(config.path ?? '');
			database.exec(text.replace(/\{(\w+)\}/g, '$1'));
			database.close();
			await Promise.resolve();
		},
		server: () => {
			throw new Error('SQLite has no server');
		},
	};
}

function postgresEngine(): Engine {
	let server: PostgresServer | null = null;
	let count = 0;
	const running = (): PostgresServer => {
		if (server === null) throw new Error('The server has not been started');
		return server;
	};
	beforeAll(async () => {
		server = await startPostgres();
	}, serverTimeoutMs);
	const fresh = (): StoreConfig => ({
		engine: 'postgres',
		...running().connection,
		tls: 'off',
		// A loaded test machine is slow, and speed is not what these tests check.
		timeoutMs: 30_000,
		schema: `state_${++count}`,
	});
	const open = keepOpen(fresh);
	afterAll(async () => await running().remove());
	return {
		name: 'postgres',
		fresh,
		open,
		sql: async (config, text) => {
			if (config.engine !== 'postgres') throw new Error('Not a PostgreSQL store');
			await running().sql(text.replace(/\{(\w+)\}/g, `${config.schema ?? 'whatsapp_cloud'}.$1`));
		},
		server: running,
	};
}

/** Opens new stores and closes them after each test. */
function keepOpen(fresh: () => StoreConfig): () => Promise<Store> {
	let stores: Store[] = [];
	afterEach(async () => {
		for (const store of stores) await store.close();
		stores = [];
	});
	return async () => {
		const store = await openStore(fresh());
		stores.push(store);
		return store;
	};
}

/** A folder that is removed after the tests. */
export function temporaryFolder(): () => string {
	let folder: string | null = null;
	afterAll(() => {
		if (folder !== null) rmSync(folder, { recursive: true, force: true });
	});
	return () => (folder ??= mkdtempSync(join(tmpdir(), 'state-')));
}
