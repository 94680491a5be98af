import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary, rootFolder } from '../harness';
import { type Running, start } from './processes';

/**
 * A checkout with the real bootstrap and an npm that installs at once: it adds a line to npm.log
 * and puts this repository's Node.js in place as the installed one.
 */
const fakeNpm = `#!/bin/sh
echo "$@" >> npm.log
echo "text of npm"
sleep 0.3
if [ -f npm-fails ]; then exit 7; fi
rm -rf node_modules
mkdir -p node_modules/.bin
ln -s '${nodeBinary}' node_modules/.bin/node
`;

const script = `
process.stdout.write(JSON.stringify({ version: process.version, args: process.argv.slice(2) }));
process.on('SIGTERM', () => process.exit(42));
if (process.argv[2] === 'wait') { setInterval(() => {}, 1000); process.stderr.write('waiting'); }
else if (process.argv[2] === 'code') process.exitCode = Number(process.argv[3]);
`;

let checkout: string;

beforeEach(() => {
	checkout = mkdtempSync(join(tmpdir(), 'bootstrap-test-'));
	mkdirSync(join(checkout, 'scripts'));
	mkdirSync(join(checkout, 'bin'));
	for (const name of ['bootstrap.mjs', 'download-ahead.mjs', 'install.mjs']) {
		copyFileSync(join(rootFolder, 'scripts', name), join(checkout, 'scripts', name));
	}
	writeFileSync(join(checkout, 'script.mjs'), script);
	writeFileSync(join(checkout, 'package-lock.json'), '{"packages":{"":{}}}');
	writeFileSync(join(checkout, 'bin', 'npm'), fakeNpm);
	chmodSync(join(checkout, 'bin', 'npm'), 0o755);
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

function bootstrap(...args: string[]): Running {
	return start(process.execPath, ['scripts/bootstrap.mjs', 'script.mjs', ...args], {
		cwd: checkout,
		// Without npm's own path, it calls the one on PATH.
		env: {
			...process.env,
			npm_execpath: undefined,
			PATH: `${join(checkout, 'bin')}:${process.env['PATH'] ?? ''}`,
		},
	});
}

function installations(): number {
	const log = join(checkout, 'npm.log');
	return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
}

it('installs once, on standard error, and runs the script on the installed Node.js', async () => {
	const first = await bootstrap('a', '--b', 'c d').finished;
	expect(JSON.parse(first.stdout)).toEqual({
		version: expect.stringMatching(/^v24\./),
		args: ['a', '--b', 'c d'],
	});
	expect(first.stderr).toContain('text of npm');
	expect(first.code).toBe(0);
	const second = await bootstrap().finished;
	expect(second.stderr).toBe('');
	expect(installations()).toBe(1);
});

it('installs again when the lockfile has changed', async () => {
	await bootstrap().finished;
	writeFileSync(join(checkout, 'package-lock.json'), '{"packages":{"":{"version":"2"}}}');
	await bootstrap().finished;
	expect(installations()).toBe(2);
});

it('takes what was installed by hand if it is what the lockfile says', async () => {
	const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } };
	const record = (version: string) =>
		writeFileSync(
			join(checkout, 'node_modules', '.package-lock.json'),
			JSON.stringify({ packages: { 'node_modules/a': { version } } }),
		);
	await bootstrap().finished;
	writeFileSync(join(checkout, 'package-lock.json'), JSON.stringify(lock));
	rmSync(join(checkout, 'node_modules', '.install-stamp'));
	record('1.0.0');
	await bootstrap().finished;
	expect(installations()).toBe(1);
	rmSync(join(checkout, 'node_modules', '.install-stamp'));
	record('0.9.0');
	await bootstrap().finished;
	expect(installations()).toBe(2);
});

it('installs once when several start together', async () => {
	const all = await Promise.all([1, 2, 3, 4].map(async (n) => await bootstrap(String(n)).finished));
	expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
	expect(installations()).toBe(1);
});

it('does not wait for a lock whose owner is gone', async () => {
	const gone = start(process.execPath, ['-e', '']);
	await gone.finished;
	mkdirSync(join(checkout, '.cache'));
	writeFileSync(join(checkout, '.cache', 'install.lock'), String(gone.pid));
	expect(await bootstrap().finished).toMatchObject({ code: 0 });
	expect(existsSync(join(checkout, '.cache', 'install.lock'))).toBe(false);
});

it('says that npm failed and lets the next one try', async () => {
	writeFileSync(join(checkout, 'npm-fails'), '');
	const failed = await bootstrap().finished;
	expect(failed).toMatchObject({ code: 1, stdout: '' });
	expect(failed.stderr).toContain('`npm ci` failed');
	expect(failed.stderr).not.toMatch(/^\s+at /m);
	rmSync(join(checkout, 'npm-fails'));
	expect(await bootstrap().finished).toMatchObject({ code: 0 });
});

it('passes the exit code and signals on', async () => {
	expect(await bootstrap('code', '9').finished).toMatchObject({ code: 9 });
	const waiting = bootstrap('wait');
	await waiting.wrote('waiting');
	waiting.kill('SIGTERM');
	expect(await waiting.finished).toMatchObject({ code: 42 });
});

it('ends the script when npm is killed', async () => {
	await bootstrap().finished;
	const shell = start('/bin/sh', ['-c', 'node scripts/bootstrap.mjs script.mjs wait & wait'], {
		cwd: checkout,
		env: { ...process.env, npm_lifecycle_event: 'start' },
	});
	await shell.wrote('waiting');
	shell.kill('SIGKILL');
	// Finished means that nobody holds the output any more, so the script has ended, too.
	expect(await shell.finished).toMatchObject({ signal: 'SIGKILL' });
});

it('says which script there is not', async () => {
	await bootstrap().finished;
	rmSync(join(checkout, 'script.mjs'));
	const missing = await bootstrap().finished;
	expect(missing).toMatchObject({ code: 1 });
	expect(missing.stderr).toContain('script.mjs does not exist');
});
