import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/host/free-port.ts';
import { N8nApi } from '../../scripts/host/n8n-api.ts';
import { startSimulator, type RunningSimulator } from '../../scripts/host/simulator-process.ts';
import { testCredentialData } from '../../scripts/host/test-account.ts';
import { startPostgres, type PostgresServer } from '../postgres';
import { startRedis, type RedisServer } from '../redis';
import { e2eHost, projectFolder } from './host';
import { endN8n, killN8n, startN8n, type RunningN8n } from './n8n-child';
import { databaseSchemas, type Databases } from './received-events';

/** The processes of an n8n in queue mode. */
type Part = 'main' | 'worker' | 'webhook';

/** An n8n in queue mode, with PostgreSQL and Redis of its own, of which a test may kill processes. */
export class QueueN8n {
	/** Signed in as the owner. */
	readonly api: N8nApi;
	readonly databases: Databases;
	private readonly folder: string;
	private readonly server: PostgresServer;
	private readonly redis: RedisServer;
	private readonly simulator: RunningSimulator;
	private readonly env: Record<string, string>;
	private readonly ports: Record<Part, number>;
	private readonly running = new Map<Part, RunningN8n>();

	private constructor(
		folder: string,
		servers: { server: PostgresServer; redis: RedisServer; simulator: RunningSimulator },
		ports: Record<Part, number>,
	) {
		const { server, redis, simulator } = servers;
		this.folder = folder;
		this.server = server;
		this.redis = redis;
		this.simulator = simulator;
		this.ports = ports;
		this.api = new N8nApi(`http://127.0.0.1:${ports.main}`);
		this.databases = databaseSchemas(server);
		const { host, port, database, user, password } = server.connection;
		this.env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: host,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: password,
			N8N_ENCRYPTION_KEY: 'only for tests',
			N8N_WEBHOOK_URL: `http://127.0.0.1:${ports.webhook}/`,
		};
	}

	static async start(): Promise<QueueN8n> {
		const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-queue-'));
		const logFile = join(folder, 'simulator.log');
		const [server, redis, simulator] = await Promise.all([
			startPostgres(),
			startRedis(),
			startSimulator({ projectFolder, logFile }),
		]);
		const ports = { main: await freePort(), worker: await freePort(), webhook: await freePort() };
		const n8n = new QueueN8n(folder, { server, redis, simulator }, ports);
		// It creates the tables and the folder for the others.
		await n8n.launch('main');
		await n8n.api.signIn(e2eHost().owner);
		await n8n.launch('worker');
		await n8n.launch('webhook');
		return n8n;
	}

	get simulatorUrl(): string {
		return this.simulator.baseUrl;
	}

	/** Of the process that n8n's webhooks arrive at. */
	get webhookUrl(): string {
		return `http://127.0.0.1:${this.ports.webhook}`;
	}

	/** A credential for the simulator's account, with the state in n8n's database. */
	get credentialData(): Record<string, unknown> {
		const { host, port, database, user, password } = this.server.connection;
		return {
			...testCredentialData(this.simulator.baseUrl),
			stateStore: 'postgres',
			postgresHost: host,
			postgresPort: port,
			postgresDatabase: database,
			postgresUser: user,
			postgresPassword: password,
		};
	}

	/** Starts a process, at the same address as before. */
	async launch(part: Part): Promise<void> {
		const preferredPort = this.ports[part];
		const n8n = await startN8n({
			folder: this.folder,
			preferredPort,
			env: this.env,
			...(part === 'main' ? {} : { part }),
		});
		this.running.set(part, n8n);
		if (new URL(n8n.baseUrl).port !== String(preferredPort)) {
			throw new Error(`Somebody has taken port ${preferredPort}.`);
		}
	}

	/** Like a power cut of one process. */
	async kill(part: Part): Promise<void> {
		const n8n = this.running.get(part);
		if (n8n === undefined) throw new Error(`There is no ${part} to kill.`);
		this.running.delete(part);
		await killN8n(n8n);
	}

	/** Calls the simulator's control API. */
	async admin<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.simulator.baseUrl}/_simulator${path}`, {
			method,
			headers: { 'content-type': 'application/json', connection: 'close' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return JSON.parse(text === '' ? '{}' : text) as T;
	}

	async stop(): Promise<void> {
		await Promise.all(Array.from(this.running.values(), endN8n));
		await Promise.all([this.simulator.stop(), this.redis.stop(), this.server.remove()]);
		await rm(this.folder, { recursive: true, force: true });
	}
}
