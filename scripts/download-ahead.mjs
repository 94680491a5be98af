/**
 * Downloads n8n for `npm start` while the dependencies of the project are installed, which on a
 * new machine saves more than a minute. Plain JavaScript, since it runs before anything is there.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of the download to the script that goes on with it. */
export const AHEAD_VARIABLE = 'N8N_HOST_DOWNLOADED_AHEAD';

/** Install scripts stay off: one of them downloads a binary that nothing here needs. */
export const installArguments = [
	'install',
	'--ignore-scripts',
	'--no-audit',
	'--no-fund',
	'--loglevel=error',
];

/**
 * Begins the download where no n8n is in the cache yet. It ends with this process. The file
 * `.ended` in the folder then holds npm's exit code, `.pid` holds its process ID.
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
	// What an outer `npm start` tells about itself would lead npm back to the project.
	const env = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^npm_(package|lifecycle|command|config_local_prefix)/i.test(name),
		),
	);
	const npm = spawn('npm', installArguments, { cwd: folder, env, stdio: 'ignore', detached: true });
	writeFileSync(join(folder, '.pid'), String(npm.pid ?? 0));
	const end = (code) => {
		// The folder has gone where another process had installed n8n in the meantime.
		if (existsSync(folder)) writeFileSync(join(folder, '.ended'), String(code ?? 1));
	};
	npm.on('error', () => end(1));
	npm.on('exit', end);
	process.once('exit', () => {
		try {
			if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, 'SIGTERM');
		} catch {
			// It has just ended by itself.
		}
		rmSync(folder, { recursive: true, force: true });
	});
	return { [AHEAD_VARIABLE]: folder };
}
