import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onlyJson, runScript } from './processes';

const folder = mkdtempSync(join(tmpdir(), 'run-node-script-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refused = { message: 'Token refused', description: 'Take another.' };

it('prints one JSON object, whatever the node prints, and shows no secret and no stack', async () => {
	const token = 'EAA-very-secret-token';
	const request = {
		node: 'probe',
		parameters: { operation: 'chatter' },
		credentials: { probeApi: { token } },
	};
	const finished = await runScript('run-node.ts', ['-'], { stdin: JSON.stringify(request) });
	expect(onlyJson(finished)).toEqual({
		outputs: [[{ json: {}, pairedItem: { item: 0 } }]],
		hints: ['Look here'],
	});
	expect(finished.code).toBe(0);
	expect(finished.stderr).toContain('text for the console');
	expect(finished.stderr).toContain('The token is [hidden]');
	expect(finished.stderr).not.toContain(token);
	expect(finished.stderr).not.toMatch(/^\s+at /m);
});

it('ends with 1 and the error when the execution fails, and leaves nothing behind', async () => {
	const file = join(folder, 'request.json');
	writeFileSync(file, JSON.stringify({ node: 'probe', parameters: { operation: 'refuse' } }));
	const temporary = mkdtempSync(join(folder, 'tmp-'));
	const finished = await runScript('run-node.ts', [file], { env: { TMPDIR: temporary } });
	expect(onlyJson(finished)).toEqual({
		error: { ...refused, httpCode: '401', messages: [], itemIndex: 0 },
	});
	expect(finished.code).toBe(1);
	expect(finished.stderr).not.toMatch(/^\s+at /m);
	expect(readdirSync(temporary)).toEqual([]);
});

it('ends although a connection is kept alive, and leaves the files of its output', async () => {
	const server = createServer((_request, response) => response.end('{}'));
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const request = {
		node: 'probe',
		parameters: { operation: 'keepAlive', text: `http://127.0.0.1:${port}/` },
	};
	const finished = await runScript('run-node.ts', ['-'], { stdin: JSON.stringify(request) });
	server.closeAllConnections();
	server.close();
	expect(onlyJson(finished)).toMatchObject({
		outputs: [[{ json: { status: 200 }, binary: { data: { fileSize: 2 } } }]],
	});
	const [[item]] = (onlyJson(finished) as { outputs: [[{ binary: { data: { path: string } } }]] })
		.outputs;
	const { path } = item.binary.data;
	expect(readFileSync(path, 'utf8')).toBe('{}');
	rmSync(dirname(dirname(path)), { recursive: true });
});

it('keeps its state in the user folder that it is given', async () => {
	const userFolder = join(folder, 'user');
	await runScript('run-node.ts', ['-'], {
		stdin: '{"node":"probe"}',
		env: { N8N_USER_FOLDER: userFolder },
	});
	expect(existsSync(join(userFolder, '.n8n', 'config'))).toBe(true);
});

it.each([
	['{"node":"probe","credentials":{"probeApi":{"token":"secret"', 'The request is not valid JSON'],
	['[]', 'The request must be a JSON object.'],
	['{}', '"node"'],
	[
		'{"node":"nothing"}',
		'There is no node "nothing" in this package. It has: probe, probeTrigger.',
	],
	['{"node":"probe","items":[{"json":3}]}', '"items[0].json": must be a JSON object'],
	['{"node":"probe","onError":"explode"}', '"onError"'],
	['{"node":"probe","typeVersion":9}', 'has no version 9'],
	['{"node":"probe","credentials":{"other":{}}}', 'There is no credential "other"'],
])('explains what is wrong with %s', async (stdin, message) => {
	const finished = await runScript('run-node.ts', ['-'], { stdin });
	const { error } = onlyJson(finished) as { error: { message: string } };
	expect(error.message).toContain(message);
	expect(error.message).not.toContain('secret');
	expect(finished.code).toBe(1);
});

it.each([[[]], [['/no/such/file.json']], [['-', '-']]])('explains arguments %j', async (args) => {
	const finished = await runScript('run-node.ts', args);
	expect(onlyJson(finished)).toMatchObject({ error: { message: expect.any(String) } });
	expect(finished.code).toBe(1);
});

it('says where the package does not compile', async () => {
	const entry = join(folder, 'broken.ts');
	writeFileSync(entry, 'export const = 1;');
	const finished = await runScript('run-node.ts', ['-'], {
		stdin: '{"node":"probe"}',
		env: { PACKAGE_ENTRY: entry },
	});
	expect(onlyJson(finished)).toMatchObject({
		error: { message: expect.stringMatching(/does not compile.*broken\.ts:1/) },
	});
});
