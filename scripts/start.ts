/**
 * `npm start`: the package in a real n8n with an autoresponder, and the simulator of Meta's side,
 * both on this machine. See `usage`.
 */
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { holdConversation } from './conversation.ts';
import { reasonOf } from './engine/report-error.ts';
import { setUpAutoresponder, type Autoresponder } from './host/autoresponder.ts';
import { ChatClient } from './host/chat-client.ts';
import type { ChildProcess } from './host/child-process.ts';
import { installPackage, packPackage } from './host/community-package.ts';
import { executionError } from './host/execution-data.ts';
import { ensureHost } from './host/install.ts';
import { N8nApi, N8nApiError } from './host/n8n-api.ts';
import { startN8n, type RunningN8n } from './host/n8n-process.ts';
import { createProgress, readableDuration, type Progress } from './host/progress.ts';
import { startSimulator, type RunningSimulator } from './host/simulator-process.ts';
import { testAccount } from './host/test-account.ts';
import { openTrialFolder, type TrialFolder } from './trial-folder.ts';

const usage = `Usage: npm start [-- options]

  --check   exit after the first conversation: with 0 if the autoresponder answered, else with 1
  --reset   forget workflows, credentials and login of earlier runs
`;

const projectFolder = dirname(import.meta.dirname);
const N8N_PORT = 5678;
const SIMULATOR_PORT = 4010;
/** The exit code that shells report after Ctrl-C. */
const EXIT_INTERRUPTED = 130;
const FIRST_WORDS = ['hi', 'When are you open?'];

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Ctrl-C, or the end of the terminal. */
const interrupted = new Promise<'interrupted'>((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => resolve('interrupted'));
	}
});

interface Running {
	n8n: RunningN8n;
	simulator: RunningSimulator;
	api: N8nApi;
	autoresponder: Autoresponder;
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			check: { type: 'boolean', default: false },
			reset: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(usage);
		return 0;
	}
	const startedAt = performance.now();
	const progress = createProgress(process.stdout);
	const children: ChildProcess[] = [];
	const stopping = new AbortController();
	let interruptedCode = EXIT_INTERRUPTED;
	const folder = await openTrialFolder(values.reset);
	if (folder.isTemporary) {
		progress.note(
			'Another `npm start` is running, so this one keeps its data in a temporary folder.',
		);
	}
	try {
		const work = async (): Promise<number> => {
			const running = await startAll(folder, progress, children);
			await converse(running);
			print(`Ready after ${readableDuration(performance.now() - startedAt)}.`);
			if (values.check) return 0;
			interruptedCode = 0;
			printAddresses(running, folder);
			return await untilOneEnds(running, stopping.signal);
		};
		const outcome = await Promise.race([work(), interrupted]);
		return outcome === 'interrupted' ? interruptedCode : outcome;
	} finally {
		stopping.abort();
		if (children.length > 0) print('\nStopping n8n and the simulator …');
		await Promise.all(children.map(async (child) => await child.stop()));
		await folder.close();
	}
}

async function startAll(
	folder: TrialFolder,
	progress: Progress,
	children: ChildProcess[],
): Promise<Running> {
	// Built while n8n is downloaded. Whichever fails first is reported.
	const packing = packPackage(projectFolder, join(folder.path, 'package'));
	packing.catch(() => undefined);
	const hostFolder = await ensureHost(projectFolder, progress);

	const build = progress.step('Building and packing the package');
	await installPackage(await packing, folder.path);
	build.done();

	const start = progress.step('Starting the simulator and n8n');
	const onStart = (child: ChildProcess) => {
		children.push(child);
	};
	const simulator = await startSimulator({
		projectFolder,
		preferredPort: SIMULATOR_PORT,
		logFile: join(folder.path, 'simulator.log'),
		onStart,
	});
	const n8n = await startN8n({
		projectFolder,
		hostFolder,
		userFolder: folder.path,
		preferredPort: N8N_PORT,
		onStart,
	});
	start.done();

	const activation = progress.step('Activating the autoresponder');
	const api = await signIn(n8n, folder);
	const autoresponder = await setUpAutoresponder(api, {
		projectFolder,
		simulatorUrl: simulator.baseUrl,
		recordFile: join(folder.path, 'autoresponder.json'),
	});
	activation.done();
	if (autoresponder.keptUserVersion) {
		progress.note('The example has changed, but so has your workflow, which is kept.');
	}
	return { n8n, simulator, api, autoresponder };
}

async function signIn(n8n: RunningN8n, folder: TrialFolder): Promise<N8nApi> {
	const api = new N8nApi(n8n.baseUrl);
	try {
		await api.signIn(folder.owner);
		return api;
	} catch (error) {
		if (!(error instanceof N8nApiError) || error.status !== 401) throw error;
		throw new Error(
			'n8n refuses the login of the first run; was the password changed? ' +
				'Start over with `npm start -- --reset`.',
			{ cause: error },
		);
	}
}

async function converse({ n8n, simulator, api, autoresponder }: Running): Promise<void> {
	const chat = new ChatClient(simulator.baseUrl);
	const { customers, phoneNumbers } = await chat.state();
	const business = phoneNumbers.find(({ id }) => id === testAccount.phoneNumberId);
	const customer = customers[0];
	if (business === undefined || customer === undefined) {
		throw new Error('The simulator has no customer or no business to talk to.');
	}
	print('\nA first conversation:\n');
	try {
		await holdConversation(chat, {
			phoneNumberId: business.id,
			businessName: business.verifiedName,
			customer,
			lines: FIRST_WORDS,
			print,
		});
	} catch (error) {
		const reason = reasonOf(error);
		const executions = await describeExecutions(api, autoresponder.workflow.id);
		throw new Error(
			`${reason}\n${executions}\nn8n's log (${n8n.logFile}) ends with:\n${await n8n.logTail()}`,
			{ cause: error },
		);
	}
}

async function describeExecutions(api: N8nApi, workflowId: string): Promise<string> {
	const executions = await api.executions(workflowId);
	const failed = executions.find(({ status }) => status === 'error');
	if (executions.length === 0) return 'n8n did not run the workflow at all.';
	if (failed === undefined) return 'n8n ran the workflow without an error.';
	const { data } = await api.execution(failed.id);
	const why = data === undefined ? null : executionError(data);
	return `n8n ran the workflow, but it failed: ${why ?? 'no reason is stored'}`;
}

function printAddresses({ n8n, simulator, autoresponder }: Running, folder: TrialFolder): void {
	print(`
  Chat as a customer   ${simulator.baseUrl}/
  n8n                  ${n8n.baseUrl}/workflow/${autoresponder.workflow.id}
  Login                ${folder.owner.email}
  Password             ${folder.owner.password}

  Logs and data        ${folder.path}
  Stop with Ctrl-C.`);
}

/** Runs until one of the two servers stops on its own. */
async function untilOneEnds({ n8n, simulator }: Running, stopping: AbortSignal): Promise<number> {
	const ended = await Promise.race([
		n8n.ended.then((how) => ({ child: n8n, text: `n8n ${how}` })),
		simulator.ended.then((how) => ({ child: simulator, text: `The simulator ${how}` })),
	]);
	if (stopping.aborted) return 0;
	print(`\n${ended.text}. Its log ends with:\n${await ended.child.logTail()}`);
	return 1;
}

try {
	process.exitCode = await main();
} catch (error) {
	process.stderr.write(`\n${reasonOf(error)}\n`);
	process.exitCode = 1;
}
// A promise that lost the race may still wait for something.
process.exit();
