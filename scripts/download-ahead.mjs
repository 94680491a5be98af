/**
 * Downloads n8n for `npm start` while the project's dependencies are installed, which saves more
 * than a minute on a new machine. Plain JavaScript, since it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Passes the folder of the download to the script that continues with it. */
export const AHEAD_VARIABLE = 'N8N_HOST_DOWNLOADED_AHEAD';

/** Install scripts are off: one of them downloads a binary that nothing here needs. */
export const installArguments = [
	'install',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
];

/**
 * Starts the download if no n8n is in the cache yet. It ends with this process. In the folder,
 * `.pid` holds npm's process ID and, once it has ended, `.ended` its exit code.
 *
 * @param {string} root folder of package.json
 * @returns {NodeJS.ProcessEnv} variables for the script
 */
export function downloadAhead(root) {
	const cache = join(
		process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
		'n8n-nodes-whatsapp-cloud',
	);
	if (existsSync(cache) && readdirSync(cache).some((name) => name.startsWith('host-'))) return {};
	const folder = join(cache, `ahead-${process.pid}`);
	mkdirSync(folder, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(join(root, 'test', 'host', file), join(folder, file));
	}
	// The variables of the outer `npm start` would point npm back to the project.
	const env = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/i.test(name),
		),
	);
	const npm = spawn('npm', installArguments, { cwd: folder, env, stdio: 'ignore', detached: true });
	writeFileSync(join(folder, '.pid'), String(npm.pid ?? 0));
	const end = (code) => {
		// The folder is gone if another process has installed n8n in the meantime.
		if (existsSync(folder)) writeFileSync(join(folder, '.ended'), String(code ?? 1));
	};
	npm.on('error', () => end(1));
	npm.on('exit', end);
	process.once('exit', () => {
		try {
			if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, 'SIGTERM');
		} catch {
			// It has just ended on its own.
		}
		rmSync(folder, { recursive: true, force: true });
	});
	return { [AHEAD_VARIABLE]: folder };
}
