/**
 * Runs a script of this repository on the Node.js version that it needs, even if the machine has an
 * older one: `node scripts/bootstrap.mjs <file> [arguments]`.
 *
 * Plain JavaScript without dependencies, since it runs before anything is installed; Node 20 is
 * enough for it. Standard output is reserved for the script, so everything here goes to
 * standard error.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadAhead } from './download-ahead.mjs';
import { installIfNeeded, isInstalled } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Compiled code of every process that is started here; may be deleted at any time. */
const compileCache = join(root, '.cache', 'compiled');
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];
const ORPHAN_POLL_MS = 500;

const parentAtStart = process.ppid;

/** A signal to npm ends npm and the shell in between, but is not passed on to this process. */
function isOrphan() {
	return process.env.npm_lifecycle_event !== undefined && process.ppid !== parentAtStart;
}

/** @param {string} message */
function fail(message) {
	process.stderr.write(`${message}\n`);
	process.exit(1);
}

/**
 * @param {string} node path of the Node.js to run on
 * @param {string[]} args file and its arguments
 */
function run(node, args) {
	const binFolder = join(root, 'node_modules', '.bin');
	const child = spawn(node, args, {
		stdio: 'inherit',
		env: {
			NODE_COMPILE_CACHE: compileCache,
			...process.env,
			...ahead,
			PATH: `${binFolder}:${process.env.PATH ?? ''}`,
		},
	});
	for (const signal of FORWARDED_SIGNALS) {
		process.on(signal, () => {
			// A terminal sends Ctrl-C to the whole foreground group: the script already has it.
			if (signal === 'SIGINT' && process.stdin.isTTY) return;
			child.kill(signal);
		});
	}
	const watch = setInterval(() => {
		if (!isOrphan()) return;
		clearInterval(watch);
		child.kill('SIGTERM');
	}, ORPHAN_POLL_MS);
	child.on('error', (error) => fail(`Cannot start ${node}: ${error.message}`));
	child.on('exit', (code, signal) => {
		process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
	});
}

const [file, ...args] = process.argv.slice(2);
if (file === undefined) fail('Usage: node scripts/bootstrap.mjs <file> [arguments]');
const target = resolve(root, file);
let ahead = {};
try {
	if (file === 'scripts/start.ts' && !isInstalled(root)) ahead = downloadAhead(root);
	await installIfNeeded(root);
} catch (error) {
	fail(error instanceof Error ? error.message : String(error));
}
if (isOrphan()) fail('Stopped.');
if (!existsSync(target)) fail(`${file} does not exist in this repository.`);
run(join(root, 'node_modules', '.bin', 'node'), [target, ...args]);
