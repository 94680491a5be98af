/**
 * Sends one HTTP request to the trigger of this package in n8n's webhook context:
 * `npm run --silent webhook -- [options] FILE|-`. The result is one JSON object on standard
 * output; exit code 1 if the request could not be replayed.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readInput, runScript } from './engine/cli.ts';
import { prepareEnvironment } from './engine/environment.ts';
import { bundlePackage, loadPackage } from './engine/package-bundle.ts';
import { parseJson, parseReplayRequest, type ReplayRequest } from './engine/request.ts';
import { RequestError } from './engine/request-error.ts';
import type { ReplayResult } from './engine/result.ts';

const CREDENTIAL = 'whatsAppCloudApi';
const USAGE =
	"Usage: npm run webhook -- [--secret S] [--gzip] [--header 'Name: value'] [--parameters JSON] " +
	"[--credentials JSON] FILE|-, or with --query 'hub.mode=…' instead of the file for a GET";

const OPTIONS = {
	secret: { type: 'string' },
	gzip: { type: 'boolean', default: false },
	header: { type: 'string', multiple: true, default: [] as string[] },
	query: { type: 'string' },
	parameters: { type: 'string' },
	credentials: { type: 'string' },
	node: { type: 'string' },
} satisfies ParseArgsConfig['options'];

function readArguments() {
	try {
		return parseArgs({ options: OPTIONS, allowPositionals: true });
	} catch (error) {
		const reason = error instanceof Error ? error.message : '';
		throw new RequestError(`${reason.replace(/\.$/, '')}. ${USAGE}`);
	}
}

function parseHeader(text: string): [string, string] {
	const colon = text.indexOf(':');
	if (colon < 1) throw new RequestError('A header must read "Name: value".');
	return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function parseObject(text: string, what: string): Record<string, unknown> {
	const value = parseJson(text, what);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new RequestError(`${what} must be a JSON object.`);
	}
	return value as Record<string, unknown>;
}

/** Without credentials, none are set; just a secret creates matching ones. */
function readCredentials(
	text: string | undefined,
	secret: string | undefined,
): Record<string, Record<string, unknown>> {
	if (text === undefined) {
		if (secret === undefined) return {};
		return { [CREDENTIAL]: { accessToken: 'unused', appSecret: secret } };
	}
	const given = parseObject(text, 'The credentials');
	const inner = given[CREDENTIAL];
	const isWrapped = typeof inner === 'object' && inner !== null;
	return { [CREDENTIAL]: isWrapped ? (inner as Record<string, unknown>) : given };
}

async function readRequest(): Promise<ReplayRequest> {
	const { values, positionals } = readArguments();
	const [file, ...rest] = positionals;
	if (rest.length > 0 || (file === undefined && values.query === undefined)) {
		throw new RequestError(USAGE);
	}
	const body = file === undefined ? Buffer.alloc(0) : await readInput(file);
	return {
		method: values.query === undefined ? 'POST' : 'GET',
		headers: values.header.map(parseHeader),
		body: { base64: body.toString('base64') },
		gzip: values.gzip,
		credentials: readCredentials(values.credentials, values.secret),
		...(values.node === undefined ? {} : { node: values.node }),
		...(values.query === undefined ? {} : { query: values.query.replace(/^\?/, '') }),
		...(values.secret === undefined ? {} : { secret: values.secret }),
		...readParameters(values.parameters, values.node === undefined),
	};
}

/**
 * The file may be of any age and of any account: the trigger drops none of its events here, unless
 * the parameters set a maximum age or a registration.
 */
function readParameters(
	text: string | undefined,
	isOwnTrigger: boolean,
): Pick<ReplayRequest, 'parameters'> {
	const given = text === undefined ? {} : parseObject(text, 'The parameters');
	const { settings = {} } = given;
	if (!isOwnTrigger || typeof settings !== 'object') return { parameters: given };
	return {
		parameters: { registration: 'manual', ...given, settings: { replayDays: 0, ...settings } },
	};
}

async function main(): Promise<ReplayResult> {
	const request = parseReplayRequest(await readRequest());
	prepareEnvironment();
	const bundling = bundlePackage();
	// esbuild runs in a process of its own while n8n loads; a failure surfaces below.
	bundling.catch(() => undefined);
	const [{ startHost }, { replayWebhook }, { BinarySink }] = await Promise.all([
		import('./engine/host.ts'),
		import('./engine/replay-webhook.ts'),
		import('./engine/binary.ts'),
	]);
	const host = await startHost(loadPackage(await bundling));
	const sink = new BinarySink(async () => await mkdtemp(join(tmpdir(), 'whatsapp-cloud-output-')));
	return await replayWebhook(host, request, sink);
}

await runScript(main, (result) => result.status === undefined);
