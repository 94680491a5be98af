import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ChildProcess } from '../../../scripts/host/child-process.ts';
import { installPackage, packPackage } from '../../../scripts/host/community-package.ts';
import { ensureHost } from '../../../scripts/host/install.ts';
import { N8nApi, type N8nOwner } from '../../../scripts/host/n8n-api.ts';
import { startN8n } from '../../../scripts/host/n8n-process.ts';
import { createProgress } from '../../../scripts/host/progress.ts';
import { startSimulator } from '../../../scripts/host/simulator-process.ts';

export const projectFolder = resolve(import.meta.dirname, '../../..');

/** An n8n with the package and an owner, and a simulator, of a script that people run by hand. */
export interface OwnHost {
	/** Addresses without a trailing slash. */
	n8nUrl: string;
	simulatorUrl: string;
	owner: N8nOwner;
	/** Signed in as the owner. */
	api: N8nApi;
	/** The package as it would be published. */
	tarball: string;
	/** For files; goes when the work is done. */
	folder: string;
}

/**
 * Starts both in a temporary folder, and stops them when the work is done or has failed.
 *
 * @throws whatever the work throws; Error if one of them does not start
 */
export async function withOwnHost(work: (host: OwnHost) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-by-hand-'));
	const children: ChildProcess[] = [];
	const onStart = (child: ChildProcess): void => void children.push(child);
	try {
		const hostFolder = await ensureHost(projectFolder, createProgress(process.stderr));
		const tarball = await packPackage(projectFolder, join(folder, 'package'));
		await installPackage(tarball, folder);
		const logFile = join(folder, 'simulator.log');
		const simulator = await startSimulator({ projectFolder, logFile, onStart });
		const n8n = await startN8n({ projectFolder, hostFolder, userFolder: folder, onStart });
		const owner = {
			email: 'owner@example.com',
			firstName: 'New',
			lastName: 'Owner',
			password: 'Only-4-tests',
		};
		const api = new N8nApi(n8n.baseUrl);
		await api.signIn(owner);
		const addresses = { n8nUrl: n8n.baseUrl, simulatorUrl: simulator.baseUrl };
		await work({ ...addresses, owner, api, tarball, folder });
	} finally {
		await Promise.all(children.map(async (child) => await child.stop()));
		await rm(folder, { recursive: true, force: true });
	}
}
