import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ids, startSimulator } from './support/simulator';

const folder = join(__dirname, '../..');

test('prints its address first and then the account', async () => {
	const simulator = await startSimulator();
	try {
		const [first] = simulator.output().split('\n');
		expect(first).toBe(`WhatsApp Cloud API simulator listening on ${simulator.url}`);
		for (const known of [ids.app, ids.businessAccount, ids.phoneNumber, 'SIMULATOR_ACCESS_TOKEN']) {
			expect(simulator.output()).toContain(known);
		}
	} finally {
		await simulator.stop();
	}
});

test('ends with 0 on SIGTERM and takes its files along', async () => {
	const temporary = mkdtempSync(join(tmpdir(), 'simulator-test-'));
	process.env['TMPDIR'] = temporary;
	const simulator = await startSimulator();
	delete process.env['TMPDIR'];
	try {
		const answer = await simulator.upload(Buffer.from('%PDF-1.7 sample'), 'application/pdf');
		expect(answer.status).toBe(200);
		expect(readdirSync(temporary)).toHaveLength(1);
	} finally {
		expect(await simulator.stop()).toBe(0);
	}
	expect(readdirSync(temporary)).toEqual([]);
});

test.each([
	[['--port', '70000'], '--port takes a number'],
	[['--timing', 'soon'], '--timing knows'],
	[['--timing', 'sent=x'], '--timing takes milliseconds'],
	[['--latency', '-1'], '--latency'],
	[['--nonsense'], '--nonsense'],
])('refuses the arguments %j in words', (args, words) => {
	const run = spawnSync(process.execPath, ['simulator/main.ts', ...args], {
		cwd: folder,
		encoding: 'utf8',
	});
	expect(run.status).toBe(1);
	expect(run.stderr).toContain(words);
	expect(run.stderr).not.toContain('    at ');
});

test('--help lists the options', () => {
	const run = spawnSync(process.execPath, ['simulator/main.ts', '--help'], {
		cwd: folder,
		encoding: 'utf8',
	});
	expect(run.status).toBe(0);
	expect(run.stdout).toContain('--port');
});
