import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer } from 'marked';
import { Callback } from './support/callback';
import { useSimulator } from './support/simulator';

const simulator = useSimulator();
const callback = new Callback();
beforeAll(async () => {
	await callback.start();
});
afterAll(async () => await callback.stop());

const page = readFileSync(join(__dirname, '../../docs/simulator.md'), 'utf8');
const blocks = lexer(page).flatMap((token) =>
	token.type === 'code' && token.lang === 'sh' ? [String(token.text)] : [],
);

/** Addresses of the page, and what stands there in a test. */
const placed = (code: string): string =>
	code
		.replaceAll('http://127.0.0.1:4010', simulator.url)
		.replaceAll('http://127.0.0.1:5678/webhook/my-path', callback.url);

/** curl as it is on the page, but with an exit code that tells of an error of the simulator. */
const strictCurl = 'curl() { command curl --fail-with-body "$@"; }';

async function inShell(script: string): Promise<{ code: number | null; output: string }> {
	const shell = spawn('bash', ['-e', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	shell.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) => {
		shell.once('error', reject);
		shell.once('close', resolve);
	});
	return { code, output };
}

test('every call of docs/simulator.md succeeds, one after the other, as it stands there', async () => {
	expect(blocks.length).toBeGreaterThan(15);
	const script = [
		strictCurl,
		...blocks.map((code, index) => `echo "[block ${index + 1}]"\n${placed(code)}`),
		'echo "[end]"',
	].join('\n');
	const { code, output } = await inShell(script);
	expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/\[end\]\n$/) });
	expect(callback.handshakes.length).toBeGreaterThan(2);
});

test('a call that fails ends the test with the words of the simulator', async () => {
	const { code, output } = await inShell(
		`${strictCurl}\ncurl -s ${simulator.url}/v25.0/1/messages`,
	);
	expect(code).not.toBe(0);
	expect(output).toContain('"error"');
});
