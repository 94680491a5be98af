import { setTimeout as sleep } from 'node:timers/promises';
import { checkServerIdentity } from 'node:tls';
import type { Pool, PoolClient, PoolConfig } from 'pg';

import type { PostgresConfig } from '../../config';
import type { Database, Query, Scope, Work } from '../database';
import { passwordOf, requireUsable } from './postgresAccess';
import { PostgresListener } from './postgresListener';
import { createPool } from './postgresPool';
import {
	isLockTimeout,
	isPassing,
	locationOf,
	postgresProblem,
	toPostgresProblem,
} from './postgresProblem';
import { channelOf, postgresWriter } from './postgresWriter';
import type { Row, Statement, TableName } from '../statement';

const defaultTimeoutMs = 5_000;

/** The server gives up slightly before this side, so that nothing still happens after a timeout. */
const serverHeadStartMs = 250;

const idleTimeoutMs = 30_000;

/** Longest time for writing all tables anew. */
const compactingMs = 10 * 60_000;

/** int8, int2, int4, float4, float8 and numeric (OIDs in pg_type); everything else is text. */
const numberTypes = new Set([20, 21, 23, 700, 701, 1700]);

/**
 * @throws StateProblem if a connection setting is missing or unusable
 * @throws RangeError if the schema is not a valid name
 */
export async function openPostgres(config: PostgresConfig): Promise<Database> {
	requireUsable(config);
	const pool = await createPool(poolConfig(config));
	// By then the connection has left the pool; the next call takes a new one.
	pool.on('error', () => undefined);
	return new PostgresDatabase(pool, config);
}

function poolConfig(config: PostgresConfig): PoolConfig {
	const timeoutMs = config.timeoutMs ?? defaultTimeoutMs;
	return {
		host: config.host,
		port: config.port,
		database: config.database,
		user: config.user,
		password: passwordOf(config),
		ssl:
			config.tls === 'off'
				? false
				: {
						rejectUnauthorized: config.tls === 'verified',
						// The driver would check an IP address against "localhost".
						checkServerIdentity: (_name, certificate) =>
							checkServerIdentity(config.host, certificate),
						...(config.caCertificate ? { ca: config.caCertificate } : {}),
					},
		max: config.maxConnections ?? 4,
		connectionTimeoutMillis: timeoutMs,
		idleTimeoutMillis: idleTimeoutMs,
		allowExitOnIdle: true,
		keepAlive: true,
		application_name: 'n8n-nodes-whatsapp-cloud',
	};
}

class PostgresDatabase implements Database {
	readonly engine = 'postgres';
	readonly batchMs = 2;
	readonly location: string;
	private readonly pool: Pool;
	private readonly config: PostgresConfig;
	private readonly timeoutMs: number;
	private readonly listener: PostgresListener;
	private readonly texts = new Map<Statement, string>();
	private readonly prepared = new WeakSet<PoolClient>();
	/**
	 * False: a wrong address is reported at once. True: a database that has answered before is worth
	 * waiting for.
	 */
	private hasAnswered = false;
	private readonly underWay = new Set<Promise<unknown>>();
	private closed = false;

	constructor(pool: Pool, config: PostgresConfig) {
		this.pool = pool;
		this.config = config;
		this.timeoutMs = config.timeoutMs ?? defaultTimeoutMs;
		this.location = locationOf(config);
		this.listener = new PostgresListener(
			async () => await createPool({ ...poolConfig(config), max: 1 }),
		);
	}

	async run<Result>(scope: Scope, work: () => Work<Result>): Promise<Result> {
		if (this.closed) throw postgresProblem('closed', this.config);
		const running = this.repeat(scope, work);
		this.underWay.add(running);
		try {
			return await running;
		} finally {
			this.underWay.delete(running);
		}
	}

	async hasTables(): Promise<void> {
		// The server manages its own log.
	}

	listen(table: TableName, onNotify: () => void): () => void {
		return this.listener.listen(channelOf(this.schema, table), onNotify);
	}

	async compact(): Promise<boolean> {
		if (this.closed) throw postgresProblem('closed', this.config);
		const deadline = performance.now() + compactingMs;
		const client = await this.connect(deadline);
		const send = async (text: string) => await this.send(client, text, [], deadline);
		try {
			await send(`SET statement_timeout = ${compactingMs}`);
			await send(`SET lock_timeout = ${this.timeoutMs}`);
			const named = `SELECT tablename FROM pg_tables WHERE schemaname = '${this.schema}'`;
			for (const { tablename } of await send(named)) {
				await send(`VACUUM (FULL) ${this.schema}.${String(tablename)}`);
			}
			return true;
		} catch (error) {
			if (isLockTimeout(error)) return false;
			throw toPostgresProblem(error, this.config);
		} finally {
			// With its own time limits, it must not go back to the others.
			client.release(true);
		}
	}

	async close(): Promise<void> {
		if (this.closed) return;
		this.closed = true;
		this.listener.close();
		await Promise.allSettled(this.underWay);
		await this.pool.end();
	}

	private get schema(): string {
		return this.config.schema ?? 'whatsapp_cloud';
	}

	/** Does the work, repeating it after a lost connection or a deadlock. */
	private async repeat<Result>(scope: Scope, work: () => Work<Result>): Promise<Result> {
		const deadline = performance.now() + this.timeoutMs;
		for (let attempt = 0; ; attempt++) {
			try {
				return await this.attempt(scope, work, deadline);
			} catch (error) {
				const waitMs = Math.random() * Math.min(10 * 2 ** attempt, 500);
				const mayRepeat = this.hasAnswered && isPassing(error);
				if (!mayRepeat || performance.now() + waitMs >= deadline) {
					throw toPostgresProblem(error, this.config);
				}
				await sleep(waitMs);
			}
		}
	}

	private async attempt<Result>(
		scope: Scope,
		work: () => Work<Result>,
		deadline: number,
	): Promise<Result> {
		const client = await this.connect(deadline);
		let isDone = false;
		try {
			if (scope === 'transaction') await this.send(client, 'BEGIN', [], deadline);
			const result = await this.steps(client, work, deadline);
			if (scope === 'transaction') await this.send(client, 'COMMIT', [], deadline);
			isDone = true;
			return result;
		} finally {
			// Closing the connection rolls back anything open, whatever state it is in.
			client.release(!isDone);
		}
	}

	private async connect(deadline: number): Promise<PoolClient> {
		const client = await this.pool.connect();
		if (this.prepared.has(client)) return client;
		try {
			client.on('error', () => undefined);
			// Sent as a statement: connection poolers do not pass start-up options on.
			const limitMs = Math.max(this.timeoutMs - serverHeadStartMs, 1);
			await this.send(client, `SET statement_timeout = ${limitMs}`, [], deadline);
			this.prepared.add(client);
			this.hasAnswered = true;
			return client;
		} finally {
			if (!this.prepared.has(client)) client.release(true);
		}
	}

	private async steps<Result>(
		client: PoolClient,
		work: () => Work<Result>,
		deadline: number,
	): Promise<Result> {
		const running = work();
		let step = running.next();
		while (step.done !== true) step = running.next(await this.answer(client, step.value, deadline));
		return step.value;
	}

	private async answer(client: PoolClient, query: Query, deadline: number): Promise<Row[]> {
		const { statement, rows, values } = query;
		const parameters: unknown[] = Object.keys(statement.values).map((name) => values[name]);
		if (statement.rows !== null) parameters.unshift(JSON.stringify(rows));
		return await this.send(client, this.textOf(statement), parameters, deadline);
	}

	private async send(
		client: PoolClient,
		text: string,
		values: unknown[],
		deadline: number,
	): Promise<Row[]> {
		const query = {
			text,
			values,
			types: { getTypeParser },
			// The driver's query configuration has this, though its types do not list it.
			query_timeout: Math.max(Math.ceil(deadline - performance.now()), 1),
		};
		const answer = await client.query<Record<string, string | number | null>>(query);
		return answer.rows;
	}

	private textOf(statement: Statement): string {
		let text = this.texts.get(statement);
		if (text === undefined) {
			text = statement.sql(postgresWriter(statement, this.schema));
			this.texts.set(statement, text);
		}
		return text;
	}
}

function getTypeParser(oid: number): (text: string) => string | number {
	return numberTypes.has(oid) ? Number : String;
}
