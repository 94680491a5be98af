import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { buildSync } from 'esbuild';
import { sendNode, workflow } from './oldWorkflow';

const root = resolve(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-convert-'));
const program = join(folder, 'convert.js');
const input = join(folder, 'old.json');
const old = JSON.stringify(workflow([sendNode('Send')]));

beforeAll(() => {
	buildSync({
		entryPoints: [join(root, 'converter/command/main.ts')],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		outfile: program,
	});
	writeFileSync(input, old);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], stdin = '') =>
	spawnSync(process.execPath, [program, ...args], { input: stdin, encoding: 'utf8' });

test('from a file to files', () => {
	const [output, report] = [join(folder, 'new.json'), join(folder, 'report.txt')];
	const { status, stdout, stderr } = run([input, '--output', output, '--report', report]);
	expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
	expect(readFileSync(output, 'utf8')).toContain('"operation": "sendText"');
	expect(readFileSync(report, 'utf8')).toContain('- Send: is now Send Text.');
	expect(readFileSync(input, 'utf8')).toBe(old);
});

test('from standard input to standard output, with the report beside it', () => {
	const { status, stdout, stderr } = run([], old);
	expect(status).toBe(0);
	expect(stdout).toContain('"operation": "sendText"');
	expect(stderr).toContain('- Send: is now Send Text.');
});

test('the number of the credential in the place of that in the file', () => {
	const { status, stdout } = run([input, '--default-sender']);
	expect(status).toBe(0);
	expect(stdout).not.toContain('106540352242922');
});

test('a file that Windows PowerShell has written', () => {
	const utf16 = join(folder, 'utf16.json');
	writeFileSync(utf16, `\ufeff${old}`, 'utf16le');
	expect(run([utf16])).toMatchObject({
		status: 0,
		stdout: expect.stringContaining('"operation": "sendText"') as string,
	});
});

test.each([
	['no workflow', [], '{}', 1, 'The input holds no workflow. In n8n, open the workflow'],
	['no such file', [join(folder, 'none.json')], '', 1, 'no such file'],
	['two files', [input, input], '', 2, 'Name one file.'],
	['an unknown option', ['--what'], '', 2, "Unknown option '--what'"],
])('%s', (_, args, stdin, code, message) => {
	const { status, stdout, stderr } = run(args, stdin);
	expect({ status, stdout }).toEqual({ status: code, stdout: '' });
	expect(stderr).toContain(message);
});

test('--help', () => {
	expect(run(['--help'])).toMatchObject({
		status: 0,
		stdout: expect.stringContaining('npx n8n-nodes-whatsapp-cloud [FILE]') as string,
	});
});
