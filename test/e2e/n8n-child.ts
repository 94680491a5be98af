import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeBinary } from '../../scripts/host/node-binary.ts';
import { projectFolder } from './host';
import type { OwnN8nOptions } from './own-n8n.ts';

/** An n8n, or a part of one, that a test may kill. */
export interface RunningN8n {
	baseUrl: string;
	pid: number;
	/** Started n8n, and ends it. */
	host: ChildProcess;
}

/** @throws Error if n8n does not start; why is on standard error */
export async function startN8n(options: OwnN8nOptions): Promise<RunningN8n> {
	const script = join(projectFolder, 'test', 'e2e', 'own-n8n.ts');
	const host = spawn(nodeBinary(projectFolder), [script, JSON.stringify(options)], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const failed = once(host, 'exit').then(([code]) => {
		throw new Error(`n8n did not start (${String(code)})`);
	});
	const lines = createInterface({ input: host.stdout });
	const [line] = (await Promise.race([once(lines, 'line'), failed])) as [string];
	failed.catch(() => undefined);
	return { ...(JSON.parse(line) as { baseUrl: string; pid: number }), host };
}

/** Shuts n8n down. */
export async function endN8n({ host }: RunningN8n): Promise<void> {
	if (host.exitCode !== null) return;
	const ended = once(host, 'exit');
	host.stdin?.end();
	await ended;
}

/** Like a power cut: no hook runs, and nothing more is written. */
export async function killN8n(n8n: RunningN8n): Promise<void> {
	process.kill(-n8n.pid, 'SIGKILL');
	await endN8n(n8n);
}
