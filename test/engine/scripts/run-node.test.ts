import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine, useSimulator } from '../harness';
import { fixtureEnv } from './processes';

const engine = useEngine(fixtureEnv);
const simulator = useSimulator();
const folder = mkdtempSync(join(tmpdir(), 'run-node-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refused = { message: 'Token refused', description: 'Take another.' };

describe('parameters', () => {
	it('takes the defaults of what is missing, as far as it is shown', async () => {
		const echo = await engine.runNode({ node: 'probe' });
		expect(echo.outputs?.[0]?.[0]?.json).toMatchObject({
			text: 'default text',
			count: 7,
			onlyInEcho: 'shown',
		});
	});

	it('evaluates expressions for each item and links the outputs to the inputs', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { text: '={{ $json.name }} of {{ $("Start").item.json.name.length }}' },
			items: [{ json: { name: 'Ana' } }, { json: { name: 'Bo' } }],
		});
		expect(outputs).toMatchObject([
			[
				{ json: { text: 'Ana of 3' }, pairedItem: { item: 0 } },
				{ json: { text: 'Bo of 2' }, pairedItem: { item: 1 } },
			],
		]);
	});

	it('takes text without a leading equals sign as it stands', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { text: '{{ $json.name }}' },
		});
		expect(outputs?.[0]?.[0]?.json).toMatchObject({ text: '{{ $json.name }}' });
	});

	it('says which parameters the node does not have', async () => {
		const { logs } = await engine.runNode({ node: 'probe', parameters: { txet: 'x' } });
		expect(logs).toEqual([expect.objectContaining({ message: expect.stringContaining('"txet"') })]);
	});
});

describe('execution', () => {
	it('is what the request says', async () => {
		const { outputs } = await engine.runNode({
			node: 'n8n-nodes-whatsapp-cloud.probe',
			typeVersion: 1,
			executionId: 'execution-9',
			mode: 'retry',
			workflowId: 'workflow-9',
			nodeName: 'My probe',
			runIndex: 2,
			timezone: 'Europe/Berlin',
		});
		expect(outputs?.[0]?.[0]?.json).toMatchObject({
			executionId: 'execution-9',
			mode: 'retry',
			workflowId: 'workflow-9',
			nodeName: 'My probe',
			typeVersion: 1,
			timezone: 'Europe/Berlin',
			evaluated: 2,
		});
	});

	it('has a new ID each time and mode manual when nothing is said', async () => {
		const [first, second] = await Promise.all([
			engine.runNode({ node: 'probe' }),
			engine.runNode({ node: 'probe' }),
		]);
		const [a, b] = [first, second].map(({ outputs }) => outputs?.[0]?.[0]?.json);
		expect(a).toMatchObject({ mode: 'manual', typeVersion: 2 });
		expect(a?.['executionId']).not.toEqual(b?.['executionId']);
	});

	it('tries again when it is told to', async () => {
		const parameters = { operation: 'failTwice', text: 'retried' };
		const retried = await engine.runNode({
			node: 'probe',
			parameters,
			retryOnFail: { maxTries: 3, waitMs: 1 },
		});
		expect(retried.outputs).toMatchObject([[{ json: { attempt: 3 } }]]);
		const once = await engine.runNode({
			node: 'probe',
			parameters: { ...parameters, text: 'not retried' },
		});
		expect(once.error).toMatchObject({ message: 'Failure 1' });
	});

	it('can be cancelled', async () => {
		const result = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'sleep' },
			cancelAfterMs: 20,
		});
		expect(result).toMatchObject({ cancelled: true, error: { message: expect.any(String) } });
		expect(result.outputs).toBeUndefined();
	});

	it('tells until when it waits', async () => {
		const { waitTill, outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'wait' },
			executionId: '77',
		});
		expect(waitTill).toBe('2030-01-02T03:04:05.000Z');
		expect(outputs?.[0]?.[0]?.json['resumeUrl']).toMatch(/\/webhook-waiting\/77\/.+signature=/);
	});

	it('passes the items of a trigger on', async () => {
		const { outputs } = await engine.runNode({ node: 'probeTrigger', items: [{ json: { a: 1 } }] });
		expect(outputs).toMatchObject([[{ json: { a: 1 } }]]);
	});
});

describe('failures of the node', () => {
	const parameters = { operation: 'refuse' };

	it('stop the execution and carry what n8n shows, without the answer of the server', async () => {
		const { logs, ...result } = await engine.runNode({
			node: 'probe',
			parameters,
			items: [{ json: {} }],
		});
		expect(result).toEqual({ error: { ...refused, httpCode: '401', messages: [], itemIndex: 0 } });
		expect(logs.length).toBeGreaterThan(0);
	});

	it('go to the regular output', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters,
			onError: 'continueRegularOutput',
			items: [{}, {}],
		});
		const item = { json: { error: refused.message }, error: refused };
		expect(outputs).toEqual([
			[
				{ ...item, pairedItem: { item: 0 } },
				{ ...item, pairedItem: { item: 1 } },
			],
		]);
	});

	it('go to the error output, and what worked to the other', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'request', text: '={{ $json.url }}' },
			credentials: { probeApi: { token: 'any' } },
			onError: 'continueErrorOutput',
			items: [{ json: { url: 'http://127.0.0.1:1/' } }],
		});
		expect(outputs).toMatchObject([[], [{ pairedItem: { item: 0 }, error: expect.anything() }]]);
		const worked = await engine.runNode({ node: 'probe', onError: 'continueErrorOutput' });
		expect(worked.outputs).toMatchObject([[{ json: { count: 7 } }], []]);
	});
});

describe('credentials', () => {
	it('have the defaults of their type', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'credential' },
			credentials: { probeApi: { token: 'given' } },
		});
		expect(outputs?.[0]?.[0]?.json).toEqual({ token: 'given', version: 'v1' });
	});

	it('are missing when none are given', async () => {
		const { error } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'credential' },
		});
		expect(error).toMatchObject({ message: expect.stringContaining('credentials') });
	});

	it('authenticate requests as their type says', async () => {
		const server = createServer((request, response) => {
			response.setHeader('Content-Type', 'application/json');
			response.end(JSON.stringify({ authorization: request.headers.authorization }));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'request', text: `http://127.0.0.1:${port}/` },
			credentials: { probeApi: { token: 'for the request' } },
		});
		server.closeAllConnections();
		server.close();
		expect(outputs).toMatchObject([[{ json: { authorization: 'Bearer for the request' } }]]);
	});
});

describe('binary data', () => {
	const content = randomBytes(3_000_000);
	const sha256 = createHash('sha256').update(content).digest('hex');
	const path = join(folder, 'photo.png');
	beforeAll(() => writeFileSync(path, content));

	it('comes from files, in the file-backed storage of n8n', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'readBinary' },
			items: [
				{ binary: { data: { path } } },
				{ binary: { data: { path, mimeType: 'image/webp', fileName: 'sticker.webp' } } },
			],
		});
		expect(outputs?.[0]?.map(({ json }) => json)).toEqual([
			{ bytes: content.length, sha256, mimeType: 'image/png', fileName: 'photo.png' },
			{ bytes: content.length, sha256, mimeType: 'image/webp', fileName: 'sticker.webp' },
		]);
	});

	it('goes to files', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			parameters: { operation: 'writeBinary' },
		});
		const data = outputs?.[0]?.[0]?.binary?.['data'];
		const made = 'made by the node';
		expect(data).toEqual({
			mimeType: 'text/plain',
			fileName: 'made.txt',
			fileSize: made.length,
			path: expect.any(String),
			sha256: createHash('sha256').update(made).digest('hex'),
		});
		expect(readFileSync(data?.path ?? '', 'utf8')).toBe(made);
	});

	it('names the file that cannot be read', async () => {
		const { error } = await engine.runNode({
			node: 'probe',
			items: [{ binary: { data: { path: '/no/such/file' } } }],
		});
		expect(error?.message).toContain('/no/such/file');
	});
});

describe('as a tool', () => {
	it('takes what the model says and knows that it is a tool', async () => {
		const { outputs } = await engine.runNode({
			node: 'probe',
			asTool: true,
			parameters: { text: '={{ $fromAI("greeting", "What to say") }}' },
			toolInput: { greeting: 'hello' },
		});
		expect(outputs).toMatchObject([[{ json: { text: 'hello', isTool: true } }]]);
	});

	it('reports the failure', async () => {
		const { error } = await engine.runNode({
			node: 'probe',
			asTool: true,
			parameters: { operation: 'refuse' },
		});
		expect(error?.message).toContain('Token refused');
	});
});

it('runs the node of this package against the simulator', async () => {
	await engine.reload({});
	const { outputs, error } = await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+1 (555) 020-0001', text: '=Hello {{ $json.name }}' },
		credentials: {
			whatsAppCloudApi: {
				accessToken: 'SIMULATOR_ACCESS_TOKEN',
				phoneNumberId: '300000000000001',
				advancedSettings: true,
				graphBaseUrl: simulator.url,
			},
		},
		items: [{ json: { name: 'Ana' } }],
	});
	expect(error).toBeUndefined();
	expect(outputs).toMatchObject([[{ json: { outcome: 'sent' }, pairedItem: { item: 0 } }]]);
	expect(JSON.stringify(await simulator.admin('GET', '/messages'))).toContain('Hello Ana');
});
