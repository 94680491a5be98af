import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The project's folder in `$XDG_CACHE_HOME`, or `~/.cache`, which outlives the checkout. */
function cacheRoot(): string {
	const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-whatsapp-cloud');
}

/** The user folder that `npm start` keeps between runs. */
export function trialFolder(): string {
	return join(cacheRoot(), 'trial');
}

/** The folder with package.json and package-lock.json of the n8n to use. */
export function hostManifestFolder(projectFolder: string): string {
	return join(projectFolder, 'test', 'host');
}

/**
 * The folder of the installed n8n. It is named after the hash of the lockfile, so that versions are
 * never mixed.
 *
 * @throws Error if the lockfile cannot be read
 */
export async function hostFolder(projectFolder: string): Promise<string> {
	const lockfile = await readFile(join(hostManifestFolder(projectFolder), 'package-lock.json'));
	const hash = createHash('sha256').update(lockfile).digest('hex').slice(0, 12);
	return join(cacheRoot(), `host-${hash}`);
}
