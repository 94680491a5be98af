/**
 * A long-running process: n8n-core is loaded once, and requests come over IPC. For tests, which
 * would otherwise start n8n for each request, as the command-line scripts do. Several test files can
 * share it: on request, it loads the package anew.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareEnvironment } from './environment.ts';
import { exit } from './exit.ts';
import { setLater } from './later.ts';
import type { LogLine } from './log.ts';
import { bundlePackage, loadPackage } from './package-bundle.ts';
import {
	parseCredentialTestRequest,
	parseEnvironment,
	parseLater,
	parseListSearchRequest,
	parseReplayRequest,
	parseResumeRequest,
	parseRunNodeRequest,
} from './request.ts';
import { reportError } from './report-error.ts';
import type {
	CredentialTestResult,
	ErrorReport,
	ListSearchResult,
	MapFieldsResult,
	ReloadResult,
	ReplayResult,
	ResumeResult,
	RunNodeResult,
} from './result.ts';

/** The result of each kind of request. */
interface WorkerResults {
	runNode: RunNodeResult;
	resumeNode: ResumeResult;
	replayWebhook: ReplayResult;
	testCredential: CredentialTestResult;
	searchList: ListSearchResult;
	mapFields: MapFieldsResult;
	reload: ReloadResult;
	later: ReloadResult;
}

type WorkerResult = WorkerResults[keyof WorkerResults];

/** To the worker. */
export interface WorkerRequest {
	id: number;
	kind: keyof WorkerResults;
	request: unknown;
}

/** From the worker: first that it is ready, then one answer per request. */
export type WorkerMessage =
	| { kind: 'ready' }
	| { kind: 'failed'; message: string }
	| { kind: 'result'; id: number; result: WorkerResult; logs: LogLine[] };

function send(message: WorkerMessage): void {
	process.send?.(message);
}

const temporaryFolder = prepareEnvironment();

async function start(): Promise<void> {
	const bundling = bundlePackage();
	bundling.catch(() => undefined);
	const [
		{ startHost },
		{ runNode },
		{ resumeNode },
		{ replayWebhook },
		{ testCredential, searchList, mapFields },
		{ BinarySink },
	] = await Promise.all([
		import('./host.ts'),
		import('./run-node.ts'),
		import('./resume-node.ts'),
		import('./replay-webhook.ts'),
		import('./editor-calls.ts'),
		import('./binary.ts'),
	]);
	const host = await startHost(loadPackage(await bundling));
	const envAtStart = { ...process.env };
	let folders = 0;
	let userFolders = 0;
	const createSink = () =>
		new BinarySink(async () => {
			const folder = join(temporaryFolder, 'output', String(++folders));
			await mkdir(folder, { recursive: true });
			return folder;
		});
	const handlers: {
		[Kind in keyof WorkerResults]: (request: unknown) => Promise<WorkerResults[Kind]>;
	} = {
		runNode: async (request) => await runNode(host, parseRunNodeRequest(request), createSink()),
		resumeNode: async (request) => await resumeNode(parseResumeRequest(request), createSink()),
		replayWebhook: async (request) =>
			await replayWebhook(host, parseReplayRequest(request), createSink()),
		testCredential: async (request) =>
			await testCredential(host, parseCredentialTestRequest(request)),
		searchList: async (request) => await searchList(host, parseListSearchRequest(request)),
		mapFields: async (request) => await mapFields(host, parseListSearchRequest(request)),
		later: async (request) => {
			setLater(parseLater(request));
			return await Promise.resolve({});
		},
		reload: async (request) => {
			setLater(0);
			for (const name of Object.keys(process.env)) {
				if (!(name in envAtStart)) Reflect.deleteProperty(process.env, name);
			}
			Object.assign(process.env, envAtStart, {
				N8N_USER_FOLDER: join(temporaryFolder, 'reloaded', String(++userFolders)),
				...parseEnvironment(request),
			});
			host.nodePackage = loadPackage(await bundlePackage());
			return {};
		},
	};
	const handle = async ({ kind, request }: WorkerRequest): Promise<WorkerResult> => {
		try {
			return await handlers[kind](request);
		} catch (error) {
			return { error: reportError(error) satisfies ErrorReport };
		}
	};
	process.on('message', (message: WorkerRequest) => {
		void host.log
			.capture(async () => await handle(message))
			.then(({ value, lines }) => {
				send({ kind: 'result', id: message.id, result: value, logs: lines });
			});
	});
	send({ kind: 'ready' });
}

// Whoever started it is gone.
process.on('disconnect', () => void exit(0));
try {
	await start();
} catch (error) {
	send({ kind: 'failed', message: reportError(error).message });
	await exit(1);
}
