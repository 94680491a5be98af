/** Installs the locked dependencies if they are missing or do not match the lockfile. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	linkSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK_POLL_MS = 250;
const HEARTBEAT_MS = 10_000;

/** @param {string} message */
function log(message) {
	process.stderr.write(`${message}\n`);
}

/** @param {string} root */
function lockfileHash(root) {
	return createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
}

/** @param {string} path */
function readOrNull(path) {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return null;
	}
}

/**
 * Whether node_modules matches the lockfile, according to the record that npm keeps there. Optional
 * packages may be missing: npm leaves out those of other platforms.
 *
 * @param {string} root
 */
function matchesLockfile(root) {
	const record = readOrNull(join(root, 'node_modules', '.package-lock.json'));
	if (record === null) return false;
	try {
		const installed = JSON.parse(record).packages ?? {};
		const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
		for (const [path, entry] of Object.entries(locked)) {
			if (path === '') continue;
			const found = installed[path];
			if (found === undefined && (entry.optional === true || entry.devOptional === true)) continue;
			if (found === undefined || found.version !== entry.version) return false;
		}
		return Object.keys(installed).every((path) => locked[path] !== undefined);
	} catch {
		return false;
	}
}

/** @param {string} root folder of package.json */
export function isInstalled(root) {
	if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) return false;
	const stamp = join(root, 'node_modules', '.install-stamp');
	const hash = lockfileHash(root);
	if (readOrNull(stamp) === hash) return true;
	// Installed manually: npm's record decides, once.
	if (!matchesLockfile(root)) return false;
	writeFileSync(stamp, hash);
	return true;
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/**
 * Removes the lock of a process that is gone. Several may try at once, and the winner may already
 * hold a new lock: the renamed file is checked, and put back if its owner is running.
 *
 * @param {string} path
 * @param {number} deadOwner
 */
function removeStaleLock(path, deadOwner) {
	const aside = `${path}.${process.pid}`;
	try {
		renameSync(path, aside);
		if (Number(readOrNull(aside)) !== deadOwner) linkSync(aside, path);
	} catch {
		// Another process was faster; the next attempt sees the result.
	}
	rmSync(aside, { force: true });
}

/**
 * Acquires the lock, waiting for another installation of this checkout to end.
 *
 * @param {string} path
 */
async function acquireLock(path) {
	let announced = false;
	for (;;) {
		try {
			writeFileSync(path, String(process.pid), { flag: 'wx' });
			return;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const owner = Number(readOrNull(path));
		if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) {
			removeStaleLock(path, owner);
			continue;
		}
		if (!announced) log('Another process is installing the dependencies; waiting for it …');
		announced = true;
		await sleep(LOCK_POLL_MS);
	}
}

/** @param {string} root */
function runNpmCi(root) {
	// npm's warnings are about install scripts that nothing here needs.
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
	// npm passes its own path to its scripts; without it, the npm on the path is used.
	const npm = process.env.npm_execpath;
	const [command, commandArgs] =
		npm !== undefined && npm.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
	const startedAt = Date.now();
	log('Installing the dependencies (once, about a minute) …');
	const heartbeat = setInterval(() => {
		log(`  … ${Math.round((Date.now() - startedAt) / 1000)} s`);
	}, HEARTBEAT_MS);
	return new Promise((resolve, reject) => {
		const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2] });
		const stop = () => child.kill('SIGTERM');
		process.once('SIGINT', stop).once('SIGTERM', stop);
		child.on('error', (error) => {
			clearInterval(heartbeat);
			reject(new Error(`Cannot run npm: ${error.message}`));
		});
		child.on('exit', (code) => {
			clearInterval(heartbeat);
			process.off('SIGINT', stop).off('SIGTERM', stop);
			if (code === 0) resolve(undefined);
			else reject(new Error('`npm ci` failed; its output above says why.'));
		});
	});
}

/**
 * Makes node_modules match package-lock.json. Safe if several processes start at once.
 *
 * @param {string} root folder of package.json
 * @throws {Error} if npm fails or cannot be started
 */
export async function installIfNeeded(root) {
	if (isInstalled(root)) return;
	mkdirSync(join(root, '.cache'), { recursive: true });
	const lock = join(root, '.cache', 'install.lock');
	await acquireLock(lock);
	const release = () => rmSync(lock, { force: true });
	process.once('exit', release);
	try {
		if (isInstalled(root)) return;
		await runNpmCi(root);
		writeFileSync(join(root, 'node_modules', '.install-stamp'), lockfileHash(root));
	} finally {
		release();
		process.off('exit', release);
	}
}
