import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { StoreConfig } from '../../../nodes/WhatsAppCloud/store/config';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { startPostgres, type PostgresDatabase, type PostgresServer } from '../../postgres';
import { serverTimeoutMs, usedDatabase } from '../../usedDatabase';

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
	database(): PostgresDatabase;
}

/** Runs the same tests against both engines. */
export function onEachEngine(title: string, tests: (engine: Engine) => void): void {
	describe(`${title} on SQLite`, () => tests(sqliteEngine()));
	describe(`${title} on PostgreSQL`, () => tests(postgresEngine(usedDatabase())));
}

/** Runs tests against a PostgreSQL server that they may stop. */
export function onOwnServer(
	title: string,
	tests: (engine: Engine, server: () => PostgresServer) => void,
): void {
	describe(`${title} of a PostgreSQL server`, () => {
		let started: PostgresServer | undefined;
		beforeAll(async () => {
			started = await startPostgres();
		}, serverTimeoutMs);
		const server = (): PostgresServer => {
			if (started === undefined) throw new Error('The server has not been started');
			return started;
		};
		tests(postgresEngine(server), server);
		afterAll(async () => await started?.remove());
	});
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
		database: () => {
			throw new Error('SQLite has no server');
		},
	};
}

function postgresEngine(database: () => PostgresDatabase): Engine {
	let count = 0;
	const fresh = (): StoreConfig => ({
		engine: 'postgres',
		...database().connection,
		tls: 'off',
		// A loaded test machine is slow, and speed is not what these tests check.
		timeoutMs: 30_000,
		schema: `state_${++count}`,
	});
	const open = keepOpen(fresh);
	return {
		name: 'postgres',
		fresh,
		open,
		sql: async (config, text) => {
			if (config.engine !== 'postgres') throw new Error('Not a PostgreSQL store');
			await database().sql(text.replace(/\{(\w+)\}/g, `${config.schema ?? 'whatsapp_cloud'}.$1`));
		},
		database,
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
