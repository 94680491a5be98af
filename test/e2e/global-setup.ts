import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setUpAutoresponder } from '../../scripts/host/autoresponder.ts';
import { installPackage, packPackage } from '../../scripts/host/community-package.ts';
import { ensureHost } from '../../scripts/host/install.ts';
import { N8nApi } from '../../scripts/host/n8n-api.ts';
import { startN8n } from '../../scripts/host/n8n-process.ts';
import { createProgress } from '../../scripts/host/progress.ts';
import { startSimulator } from '../../scripts/host/simulator-process.ts';
import { keepForTeardown } from './global-teardown';
import { projectFolder, publishHost } from './host';

const owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'Only-4-tests',
};

/**
 * One n8n with the packed tarball, one simulator and the active autoresponder for all files of the
 * run: starting them takes longer than most tests.
 */
export default async function globalSetup(): Promise<void> {
	const progress = createProgress(process.stderr);
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-e2e-'));
	const { running } = keepForTeardown(folder);

	const hostFolder = await ensureHost(projectFolder, progress);
	const build = progress.step('Building and packing the package');
	await installPackage(await packPackage(projectFolder, join(folder, 'package')), folder);
	build.done();

	const start = progress.step('Starting the simulator and n8n');
	const simulator = await startSimulator({
		projectFolder,
		logFile: join(folder, 'simulator.log'),
		onStart: (child) => running.push(child),
	});
	const n8n = await startN8n({
		projectFolder,
		hostFolder,
		userFolder: folder,
		onStart: (child) => running.push(child),
	});
	const api = new N8nApi(n8n.baseUrl);
	await api.signIn(owner);
	const { workflow, credential } = await setUpAutoresponder(api, {
		projectFolder,
		simulatorUrl: simulator.baseUrl,
		recordFile: join(folder, 'autoresponder.json'),
	});
	start.done();

	publishHost({
		n8nUrl: n8n.baseUrl,
		simulatorUrl: simulator.baseUrl,
		owner,
		autoresponderId: workflow.id,
		credentialId: credential.id,
		n8nLogFile: n8n.logFile,
	});
}
