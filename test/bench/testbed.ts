import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackage, packPackage } from '../../scripts/host/community-package.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import { ensureHost } from '../../scripts/host/install.ts';
import {
	N8nApi,
	type N8nExecution,
	type N8nNode,
	type N8nWorkflowDefinition,
} from '../../scripts/host/n8n-api.ts';
import { startN8n, type RunningN8n } from '../../scripts/host/n8n-process.ts';
import { createProgress } from '../../scripts/host/progress.ts';
import { makeCertificate } from '../certificate.ts';
import { startEndpoint } from './startEndpoint.ts';

export const projectFolder = resolve(import.meta.dirname, '../..');

const pollMs = 200;

/** Timeout for one run of a workflow. */
const runTimeoutMs = 180_000;

const owner = {
	email: 'bench@example.com',
	firstName: 'Bench',
	lastName: 'Mark',
	password: 'Only-4-tests',
};

/** One n8n with the package, and the endpoint that all nodes send to. */
export interface Testbed {
	api: N8nApi;
	n8n: RunningN8n;
	folder: string;
	/** Reads, and optionally resets, the endpoint's counters. */
	counters(reset?: boolean): Promise<Counters>;
	close(): Promise<void>;
}

export interface Counters {
	connections: number;
	messages: number;
	uploadedBytes: number;
}

/**
 * @param latencyMs how long the endpoint takes to answer
 * @param pack packs the package to measure; gets the folder of the n8n
 */
export async function openTestbed(
	latencyMs: number,
	env: NodeJS.ProcessEnv = {},
	pack = async (folder: string) => await packPackage(projectFolder, join(folder, 'package')),
): Promise<Testbed> {
	const progress = createProgress(process.stderr);
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-bench-'));
	const hostFolder = await ensureHost(projectFolder, progress);
	await installPackage(await pack(folder), folder);
	const certificate = await makeCertificate(folder, [
		'DNS:graph.facebook.com',
		'DNS:lookaside.fbsbx.com',
	]);
	const {
		child,
		proxyUrl,
		env: route,
	} = await startEndpoint(process.execPath, projectFolder, certificate, latencyMs);
	const n8n = await startN8n({
		projectFolder,
		hostFolder,
		userFolder: folder,
		env: {
			...route,
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_RESTRICT_FILE_ACCESS_TO: folder,
			N8N_PAYLOAD_SIZE_MAX: '64',
			...env,
		},
	}).catch((error: unknown) => {
		child.kill();
		throw error;
	});
	const api = new N8nApi(n8n.baseUrl);
	await api.signIn(owner);
	return {
		api,
		n8n,
		folder,
		async counters(reset = false) {
			const answer = await fetch(`${proxyUrl}${reset ? '/reset' : '/'}`, {
				headers: { connection: 'close' },
			});
			return (await answer.json()) as Counters;
		},
		async close() {
			await n8n.stop();
			child.kill();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** A workflow that receives a list by webhook, splits it into items and passes them to one node. */
export async function createBatchWorkflow(
	{ api }: Testbed,
	name: string,
	node: Omit<N8nNode, 'id' | 'name'>,
	/** Goes between the items and the node. */
	before?: Omit<N8nNode, 'id'>,
): Promise<string> {
	const path = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
	const definition: N8nWorkflowDefinition = {
		name,
		nodes: [
			{
				id: `${path}-in`,
				name: 'In',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			{
				id: `${path}-split`,
				name: 'Items',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: [200, 0],
				parameters: { fieldToSplitOut: 'body.items', options: {} },
			},
			...(before
				? [{ id: `${path}-before`, position: [400, 0] as [number, number], ...before }]
				: []),
			{ id: `${path}-node`, name: 'Node', typeVersion: 1, position: [600, 0], ...node },
		],
		connections: {
			In: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
			Items: { main: [[{ node: before?.name ?? 'Node', type: 'main', index: 0 }]] },
			...(before ? { [before.name]: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } } : {}),
		},
		settings: { executionOrder: 'v1' },
	};
	const workflow = await api.createWorkflow(definition);
	await api.activate(workflow);
	return workflow.id;
}

/** The duration and result of one run of the node under test. */
interface NodeRunResult {
	/** Of the node only, as n8n measures it. */
	durationMs: number;
	items: number;
	error: string | null;
}

/** Sends the items through the workflow and reads how long its node took. */
export async function runBatch(
	{ api, n8n }: Testbed,
	workflowId: string,
	items: unknown[],
): Promise<NodeRunResult> {
	const workflow = await api.workflow(workflowId);
	const path = String(workflow.nodes[0]?.parameters['path']);
	const before = new Set((await api.executions(workflowId)).map(({ id }) => id));
	const accepted = await fetch(`${n8n.baseUrl}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', connection: 'close' },
		body: JSON.stringify({ items }),
	});
	if (!accepted.ok) throw new Error(`n8n answered the batch with ${accepted.status}`);
	for (let executionId: string | undefined; ;) {
		executionId ??= (await api.executions(workflowId)).find(({ id }) => !before.has(id))?.id;
		// Polled rarely: every poll takes time away from what is measured.
		await sleep(pollMs);
		if (executionId === undefined) continue;
		const { data } = await finished(api, executionId);
		if (data === undefined) continue;
		const run = nodeRuns(data)['Node']?.[0];
		if (run === undefined) throw new Error(`The node of ${workflow.name} did not run`);
		return {
			durationMs: run.executionTimeMs,
			items: run.outputs[0]?.length ?? 0,
			error: run.error?.message ?? null,
		};
	}
}

async function finished(api: N8nApi, executionId: string): Promise<N8nExecution> {
	const deadline = Date.now() + runTimeoutMs;
	for (;;) {
		const execution = await api.execution(executionId);
		if (!['new', 'running'].includes(execution.status)) return execution;
		if (Date.now() > deadline) throw new Error(`Execution ${executionId} does not end`);
		await sleep(pollMs);
	}
}

/** Peak memory of a process since the last reset, in megabytes, as reported by Linux. */
export async function peakMemoryMb(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Processor time that a process has used, in milliseconds; Linux counts in hundredths of a second. */
export const processorMs = async (pid: number): Promise<number> =>
	await ticksMs(`/proc/${pid}/stat`);

/** The same of its main thread alone. */
export const mainThreadMs = async (pid: number): Promise<number> =>
	await ticksMs(`/proc/${pid}/task/${pid}/stat`);

async function ticksMs(path: string): Promise<number> {
	const stat = await readFile(path, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

export async function resetPeakMemory(pid: number): Promise<void> {
	await writeFile(`/proc/${pid}/clear_refs`, '5');
}

/** The middle value. */
export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
	return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
