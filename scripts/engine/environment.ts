/**
 * The environment that n8n-core reads when it loads. No part of n8n may be imported before
 * `prepareEnvironment` has run.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitOnSignals } from './exit.ts';

/** Root of the repository. */
export const rootFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Bundles and compiled code. Safe to delete at any time. */
export const cacheFolder = join(rootFolder, '.cache', 'engine');

/**
 * Writes n8n's settings file if the folder has none. n8n itself checks first and writes later, so
 * two processes that start in the same new folder could read each other's half-written file.
 */
function createSettingsOnce(userFolder: string): void {
	const folder = join(userFolder, '.n8n');
	const settings = join(folder, 'config');
	if (existsSync(settings)) return;
	mkdirSync(folder, { recursive: true });
	const encryptionKey = process.env['N8N_ENCRYPTION_KEY'] ?? randomBytes(24).toString('base64');
	const draft = `${settings}.${process.pid}`;
	writeFileSync(draft, JSON.stringify({ encryptionKey }), { mode: 0o600 });
	try {
		linkSync(draft, settings);
	} catch {
		// Another process was first, and its key counts.
	}
	rmSync(draft, { force: true });
}

/**
 * Sets the variables that n8n reads and creates a folder that is removed at exit.
 *
 * The user folder, which keeps state between executions, is the caller's if N8N_USER_FOLDER is set,
 * otherwise a new one. Binary data always goes into a new folder.
 *
 * @returns the folder that is removed at exit
 */
export function prepareEnvironment(): string {
	enableCompileCache(join(cacheFolder, 'compiled'));
	const temporaryFolder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-engine-'));
	process.on('exit', () => rmSync(temporaryFolder, { recursive: true, force: true }));
	exitOnSignals();
	const env = process.env;
	// Under `test`, n8n-core leaves out parts of itself.
	env['NODE_ENV'] = 'production';
	env['N8N_DEFAULT_BINARY_DATA_MODE'] = 'filesystem';
	env['N8N_BINARY_DATA_STORAGE_PATH'] = join(temporaryFolder, 'binary');
	env['EXECUTIONS_MODE'] = 'regular';
	env['N8N_DIAGNOSTICS_ENABLED'] = 'false';
	if (env['N8N_USER_FOLDER'] === undefined || env['N8N_USER_FOLDER'] === '') {
		env['N8N_USER_FOLDER'] = join(temporaryFolder, 'user');
	}
	createSettingsOnce(env['N8N_USER_FOLDER']);
	return temporaryFolder;
}

/** A path as the user typed it: npm changes into the root of the repository before a script. */
export function resolveUserPath(path: string): string {
	if (isAbsolute(path)) return path;
	const calledFrom = process.env['INIT_CWD'];
	if (calledFrom !== undefined) {
		const candidate = resolve(calledFrom, path);
		if (existsSync(candidate)) return candidate;
	}
	return resolve(path);
}
