import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Certificate } from '../certificate.ts';

/** The remote side of n8n's own nodes, which know no other host than Meta's. */
export interface Endpoint {
	child: ChildProcess;
	proxyUrl: string;
	/** What leads an n8n to it. */
	env: Record<string, string>;
}

/**
 * @param node the binary that runs it
 * @param latencyMs how long it takes to answer
 */
export async function startEndpoint(
	node: string,
	projectFolder: string,
	{ keyFile, certFile }: Certificate,
	latencyMs: number,
): Promise<Endpoint> {
	const script = join(projectFolder, 'test', 'bench', 'endpoint.ts');
	const args = [script, '--key', keyFile, '--cert', certFile, '--latency', String(latencyMs)];
	const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
	const { proxyPort } = JSON.parse(line) as { proxyPort: number };
	const proxyUrl = `http://127.0.0.1:${proxyPort}`;
	return {
		child,
		proxyUrl,
		env: {
			HTTPS_PROXY: proxyUrl,
			HTTP_PROXY: proxyUrl,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certFile,
		},
	};
}
