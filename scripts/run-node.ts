/**
 * Runs one node of this package in n8n's engine, without a database and without a server:
 * `npm run --silent node -- FILE|-`. The request is JSON, the result one JSON object on standard
 * output; exit code 1 if the execution failed.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInput, runScript } from './engine/cli.ts';
import { prepareEnvironment } from './engine/environment.ts';
import { bundlePackage, loadPackage } from './engine/package-bundle.ts';
import { parseJson, parseRunNodeRequest, unknownRequestKeys } from './engine/request.ts';
import { RequestError } from './engine/request-error.ts';
import type { RunNodeResult } from './engine/result.ts';

const USAGE = 'Name a file with the request, or - for standard input: npm run node -- FILE|-';

async function main(): Promise<RunNodeResult> {
	const [file, ...rest] = process.argv.slice(2);
	if (file === undefined || rest.length > 0) throw new RequestError(USAGE);
	const value = parseJson((await readInput(file)).toString('utf8'), 'The request');
	const request = parseRunNodeRequest(value);
	prepareEnvironment();
	const bundling = bundlePackage();
	// esbuild runs in a process of its own while n8n loads; a failure surfaces below.
	bundling.catch(() => undefined);
	const [{ startHost }, { runNode }, { BinarySink }] = await Promise.all([
		import('./engine/host.ts'),
		import('./engine/run-node.ts'),
		import('./engine/binary.ts'),
	]);
	const host = await startHost(loadPackage(await bundling));
	for (const key of unknownRequestKeys(value)) {
		host.log.warn(`The request has an unknown key "${key}"; it is ignored.`);
	}
	const sink = new BinarySink(async () => await mkdtemp(join(tmpdir(), 'whatsapp-cloud-output-')));
	return await runNode(host, request, sink);
}

await runScript(main, (result) => result.error !== undefined);
