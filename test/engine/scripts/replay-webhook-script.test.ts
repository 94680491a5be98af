import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onlyJson, runScript } from './processes';

const node = 'probeTrigger';
const folder = mkdtempSync(join(tmpdir(), 'replay-script-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const body = '{"object":"whatsapp_business_account"}';
const file = join(folder, 'body.json');
beforeAll(() => writeFileSync(file, body));

const run = async (...args: string[]) =>
	await runScript('replay-webhook.ts', ['--node', node, ...args], { stdin: body });

it('takes headers, parameters and credentials', async () => {
	const finished = await run(
		...['--header', 'X-Hub-Signature-256: sha256=12', '--header', 'X-Other: a: b'],
		...['--parameters', '{"label":"mine"}'],
		file,
	);
	expect(onlyJson(finished)).toMatchObject({
		status: 200,
		outputs: [[{ json: { rawText: body, parameter: 'mine', signature: 'sha256=12' } }, {}]],
	});
	expect(finished.code).toBe(0);
	expect(finished.stderr).not.toMatch(/^\s+at /m);
});

it('reads compressed bytes from a file and a body from standard input', async () => {
	const zipped = join(folder, 'body.json.gz');
	writeFileSync(zipped, gzipSync(body));
	const fromFile = await run('--header', 'Content-Encoding: gzip', zipped);
	expect(onlyJson(fromFile)).toMatchObject({ outputs: [[{ json: { rawText: body } }, {}]] });
	expect(onlyJson(await run('-'))).toMatchObject({
		outputs: [[{ json: { rawText: body } }, {}]],
	});
});

it('makes a GET of a query', async () => {
	expect(onlyJson(await run('--query', '?hub.mode=subscribe'))).toMatchObject({
		outputs: [[{ json: { webhook: 'setup', query: { 'hub.mode': 'subscribe' } } }, {}]],
	});
});

it('ends with 0 when the node refuses or fails, since that is an answer', async () => {
	const finished = await run('--parameters', '{"answer":"fail"}', file);
	expect(onlyJson(finished)).toMatchObject({ status: 500, outputs: [] });
	expect(finished.code).toBe(0);
});

it.each([
	[[]],
	[['--unknown', file]],
	[['--header', 'no colon', file]],
	[['--parameters', '{"a":', file]],
	[['--credentials', '[]', file]],
	[['/no/such/file']],
])('explains arguments %j', async (args) => {
	const finished = await run(...args);
	const { error } = onlyJson(finished) as { error: { message: string } };
	expect(error.message.length).toBeGreaterThan(20);
	expect(finished.code).toBe(1);
	expect(finished.stderr).not.toMatch(/^\s+at /m);
});

it('takes a file of any age, unless the parameters say how old is a replay', async () => {
	const message = { id: 'wamid.1', from: '49', timestamp: '1500000000', type: 'text' };
	const changes = [{ field: 'messages', value: { messages: [message] } }];
	const old = join(folder, 'old.json');
	writeFileSync(
		old,
		JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] }),
	);
	const replay = async (...args: string[]) =>
		onlyJson(
			await runScript('replay-webhook.ts', ['--secret', 'S', ...args, old], {
				env: { PACKAGE_ENTRY: 'index.ts' },
			}),
		);
	expect(await replay()).toMatchObject({ outputs: [[{ json: { id: 'wamid.1' } }]] });
	expect(await replay('--parameters', '{"events":["*"]}')).toMatchObject({
		outputs: [[{ json: { id: 'wamid.1' } }]],
	});
	expect(await replay('--parameters', '{"settings":{"replayDays":30}}')).toMatchObject({
		status: 200,
		outputs: [],
	});
});
