import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment, CommandError, runCommand } from './command.ts';
import { withLock } from './file-lock.ts';
import { nodeBinary, withNodeFirst } from './node-binary.ts';

const PACKAGE_NAME = 'n8n-nodes-whatsapp-cloud';

/**
 * Builds the package and packs it as it would be published.
 *
 * @param destination folder for the tarball
 * @returns the tarball's path
 * @throws when the build fails, with its output
 */
export async function packPackage(projectFolder: string, destination: string): Promise<string> {
	await mkdir(destination, { recursive: true });
	const cache = join(projectFolder, '.cache');
	await mkdir(cache, { recursive: true });
	// The build writes to one folder, so it runs once at a time.
	return await withLock(
		join(cache, 'pack.lock'),
		() => undefined,
		async () => await buildAndPack(projectFolder, destination),
	);
}

async function buildAndPack(projectFolder: string, destination: string): Promise<string> {
	const scratch = await mkdtemp(join(destination, 'pack-'));
	const env = withNodeFirst(cleanEnvironment(), nodeBinary(projectFolder));
	try {
		// The script `prepack` builds.
		await runCommand('npm', ['pack', '--pack-destination', scratch], { cwd: projectFolder, env });
		const name = (await readdir(scratch)).find((file) => file.endsWith('.tgz'));
		if (name === undefined) throw new Error('npm pack wrote no tarball.');
		const tarball = join(destination, name);
		await rename(join(scratch, name), tarball);
		return tarball;
	} catch (error) {
		if (!(error instanceof CommandError)) throw error;
		throw new Error(`The package could not be built.\n${error.output.trim()}`, { cause: error });
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

/**
 * Puts the packed package where n8n keeps its community packages, replacing an older one. n8n
 * reads the folder when it starts.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const target = join(nodesFolder, 'node_modules', PACKAGE_NAME);
	await mkdir(join(nodesFolder, 'node_modules'), { recursive: true });
	const scratch = await mkdtemp(join(nodesFolder, 'unpack-'));
	try {
		await runCommand('tar', ['-xzf', tarball, '-C', scratch], { cwd: scratch });
		const { version } = JSON.parse(
			await readFile(join(scratch, 'package', 'package.json'), 'utf8'),
		) as { version: string };
		await rm(target, { recursive: true, force: true });
		await rename(join(scratch, 'package'), target);
		await writeLedger(nodesFolder, version);
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

/** n8n's own list of what is installed in the folder. */
async function writeLedger(nodesFolder: string, version: string): Promise<void> {
	const ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE_NAME]: version },
	};
	await writeFile(join(nodesFolder, 'package.json'), `${JSON.stringify(ledger, null, 2)}\n`);
}
