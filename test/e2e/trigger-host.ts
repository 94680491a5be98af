import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQLOutputValue } from 'node:sqlite';
import { N8nApi, type N8nWorkflow } from '../../scripts/host/n8n-api.ts';
import { startSimulator, type RunningSimulator } from '../../scripts/host/simulator-process.ts';
import { until } from '../until';
import { e2eHost, projectFolder } from './host';
import { endN8n, killN8n, startN8n, type RunningN8n } from './n8n-child';

/** An execution as n8n's database stores it. */
export interface StoredExecution {
	id: string;
	workflowId: string;
	mode: string;
	status: string;
	/** In UTC; empty while there is none. */
	startedAt: string;
	stoppedAt: string;
	/** IDs of the messages that it started with. */
	messageIds: string[];
}

/** Databases, below the folder of an n8n. */
const ofN8n = join('.n8n', 'database.sqlite');
const ofPackage = join('.n8n', 'whatsapp-cloud', 'state.sqlite');

/** An n8n with the package, and a simulator, for one test file, which may kill them. */
export class OwnN8n {
	readonly folder: string;
	readonly simulator: RunningSimulator;
	private readonly env: Record<string, string>;
	private n8n: RunningN8n;

	private constructor(
		folder: string,
		env: Record<string, string>,
		simulator: RunningSimulator,
		n8n: RunningN8n,
	) {
		this.folder = folder;
		this.env = env;
		this.simulator = simulator;
		this.n8n = n8n;
		this.api = new N8nApi(n8n.baseUrl);
	}

	/** Signed in as the owner. */
	api: N8nApi;

	get baseUrl(): string {
		return this.n8n.baseUrl;
	}

	/** @param env more settings of n8n */
	static async start(env: Record<string, string> = {}): Promise<OwnN8n> {
		const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-trigger-'));
		const simulator = await startSimulator({
			projectFolder,
			logFile: join(folder, 'simulator.log'),
		});
		const own = new OwnN8n(folder, env, simulator, await startN8n({ folder, env }));
		await own.api.signIn(e2eHost().owner);
		return own;
	}

	/** Like a power cut: no hook runs, and nothing more is written. */
	async kill(): Promise<void> {
		await killN8n(this.n8n);
	}

	/** Starts n8n again, at the same address and with the same data. */
	async restart(): Promise<void> {
		const { baseUrl } = this.n8n;
		const preferredPort = Number(new URL(baseUrl).port);
		this.n8n = await startN8n({ folder: this.folder, preferredPort, env: this.env });
		if (this.n8n.baseUrl !== baseUrl) throw new Error(`Somebody has taken ${baseUrl}.`);
		this.api = new N8nApi(baseUrl);
		await this.api.signIn(e2eHost().owner);
	}

	/** Publishes a workflow, and waits until n8n has done so, which goes on after its API has answered. */
	async publish(workflow: Pick<N8nWorkflow, 'id' | 'versionId'>): Promise<void> {
		await this.api.activate(workflow);
		await until('it is published', () => {
			const sql = 'SELECT status FROM workflow_publication_outbox WHERE workflowId = ?';
			const rows = this.query(ofN8n, sql, workflow.id);
			return rows.length > 0 && rows.every(({ status }) => status === 'completed');
		});
	}

	/** IDs of the triggers that share Meta's webhooks, from the package's state. */
	listeners(): string[] {
		if (!existsSync(join(this.folder, ofPackage))) return [];
		const rows = this.query(ofPackage, 'SELECT listener_id FROM listeners');
		return rows.map(({ listener_id }) => String(listener_id));
	}

	/** How many events have not started their executions yet, or have one that keeps them. */
	waiting(): number {
		return this.deliveries().length;
	}

	/** How many events have an execution that keeps them until it ends. */
	claimed(): number {
		return this.deliveries().filter((state) => state === 'claimed').length;
	}

	/**
	 * What each event for a trigger is up to, from the package's state. What is kept for a minute for a
	 * trigger that was unpublished counts for nobody.
	 */
	private deliveries(): string[] {
		const sql = `SELECT state FROM deliveries d WHERE NOT EXISTS (SELECT 1 FROM listeners l
			WHERE l.listener_id = d.listener_id AND l.is_test = 0 AND l.lease_until IS NOT NULL)`;
		const rows = this.query(ofPackage, sql);
		return rows.map(({ state }) => String(state));
	}

	/** All executions of a workflow, straight from n8n's database: its API returns 50 at a time. */
	executions(workflowId: string): StoredExecution[] {
		const rows = this.query(
			ofN8n,
			`SELECT e.id, e.mode, e.status, e.startedAt, e.stoppedAt, d.data FROM execution_entity e
			LEFT JOIN execution_data d ON d.executionId = e.id WHERE e.workflowId = ? ORDER BY e.id`,
			workflowId,
		);
		return rows.map(({ id, mode, status, startedAt, stoppedAt, data }) => ({
			id: String(id),
			workflowId,
			mode: String(mode),
			status: String(status),
			startedAt: String(startedAt ?? ''),
			stoppedAt: String(stoppedAt ?? ''),
			messageIds: [...new Set(String(data).match(/wamid\.[\w+/=-]+/g) ?? [])],
		}));
	}

	/** Reads a database while n8n goes on writing to it. */
	private query(file: string, sql: string, ...values: string[]): Record<string, SQLOutputValue>[] {
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const database = new DatabaseSync(join(this.folder, file), { readOnly: true });
		try {
			return database.prepare(sql).all(...values);
		} finally {
			database.close();
		}
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
		await endN8n(this.n8n);
		await this.simulator.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}
