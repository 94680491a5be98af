import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { trialFolder } from './host/cache-folder.ts';
import { tryLock } from './host/file-lock.ts';
import type { N8nOwner } from './host/n8n-api.ts';

/** Where a run of `npm start` keeps n8n's data. */
export interface TrialFolder {
	path: string;
	/** Owner of its n8n, generated once and kept with it. */
	owner: N8nOwner;
	/** Another `npm start` uses the persistent folder, so this one is removed at the end. */
	isTemporary: boolean;
	/** Removes a temporary folder, or releases the persistent one. */
	close(): Promise<void>;
}

/**
 * Opens the folder that is kept between runs, or a temporary one while another run uses it.
 *
 * @param reset discards the data of earlier runs
 */
export async function openTrialFolder(reset: boolean): Promise<TrialFolder> {
	const kept = trialFolder();
	await mkdir(dirname(kept), { recursive: true });
	const lock = await tryLock(`${kept}.lock`);
	if (typeof lock === 'number') {
		const path = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-trial-'));
		return {
			path,
			owner: await readOwner(path),
			isTemporary: true,
			close: async () => await rm(path, { recursive: true, force: true }),
		};
	}
	if (reset) await rm(kept, { recursive: true, force: true });
	await mkdir(kept, { recursive: true, mode: 0o700 });
	return {
		path: kept,
		owner: await readOwner(kept),
		isTemporary: false,
		close: async () => await lock.release(),
	};
}

async function readOwner(folder: string): Promise<N8nOwner> {
	const file = join(folder, 'login.json');
	try {
		return JSON.parse(await readFile(file, 'utf8')) as N8nOwner;
	} catch {
		// n8n requires a digit and a capital letter in passwords.
		const password = `Wa1-${randomBytes(9).toString('base64url')}`;
		const owner = { email: 'owner@example.com', firstName: 'Local', lastName: 'Owner', password };
		await writeFile(file, JSON.stringify(owner), { mode: 0o600 });
		return owner;
	}
}
