import { createHash } from 'node:crypto';
import {
	copyFile,
	mkdir,
	mkdtemp,
	readFile,
	readdir,
	rename,
	rm,
	stat,
	writeFile,
} from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { cleanEnvironment, CommandError, runCommand } from './command.ts';
import { withLock } from './file-lock.ts';
import { nodeBinary, withNodeFirst } from './node-binary.ts';

const PACKAGE_NAME = 'n8n-nodes-whatsapp-cloud';

/** Everything that goes into the tarball, besides the Node.js that runs the build. */
const SOURCES = [
	'converter',
	'credentials',
	'gulpfile.js',
	'index.ts',
	'LICENSE',
	'nodes',
	'package-lock.json',
	'package.json',
	'README.md',
	'scripts/bundle-options.mjs',
	'scripts/bundled/packages.mjs',
	'tsconfig.build.json',
	'tsconfig.json',
];

/**
 * Builds the package and packs it as it would be published, or reuses the last tarball if no source
 * has changed since.
 *
 * @param destination folder for the tarball
 * @returns the tarball's path
 * @throws Error with the build's output if it fails
 */
export async function packPackage(projectFolder: string, destination: string): Promise<string> {
	await mkdir(destination, { recursive: true });
	const cache = join(projectFolder, '.cache');
	await mkdir(cache, { recursive: true });
	// All builds write to the same folder, so only one runs at a time.
	const packed = await withLock(
		join(cache, 'pack.lock'),
		() => undefined,
		async () => await packOnce(projectFolder, join(cache, 'packed')),
	);
	const tarball = join(destination, basename(packed));
	await copyFile(packed, tarball);
	return tarball;
}

async function packOnce(projectFolder: string, cache: string): Promise<string> {
	const hash = await hashOf(projectFolder, SOURCES);
	const folder = join(cache, hash);
	const known = (await readdir(folder).catch(() => [])).find((name) => name.endsWith('.tgz'));
	if (known !== undefined) return join(folder, known);
	await rm(cache, { recursive: true, force: true });
	const scratch = join(cache, 'new');
	await mkdir(scratch, { recursive: true });
	const env = withNodeFirst(cleanEnvironment(), nodeBinary(projectFolder));
	try {
		// The `prepack` script builds.
		await runCommand('npm', ['pack', '--pack-destination', scratch], { cwd: projectFolder, env });
	} catch (error) {
		if (!(error instanceof CommandError)) throw error;
		throw new Error(`The package could not be built.\n${error.output.trim()}`, { cause: error });
	}
	const [name] = await readdir(scratch);
	if (name === undefined) throw new Error('npm pack created no tarball.');
	// If a source changed during the build, the tarball fits neither version.
	if ((await hashOf(projectFolder, SOURCES)) !== hash) return join(scratch, name);
	await rename(scratch, folder);
	return join(folder, name);
}

/** SHA-256 of the names and contents of files, including everything in folders. */
async function hashOf(projectFolder: string, paths: readonly string[]): Promise<string> {
	const hash = createHash('sha256');
	for (const path of paths) {
		const full = join(projectFolder, path);
		const info = await stat(full).catch(() => null);
		if (info === null) continue;
		const files = info.isDirectory()
			? (await readdir(full, { recursive: true })).sort().map((name) => join(full, name))
			: [full];
		for (const file of files) {
			if (!(await stat(file)).isFile()) continue;
			const content = await readFile(file);
			hash.update(`${relative(projectFolder, file)}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest('hex');
}

/**
 * Installs the packed package where n8n keeps its community packages, replacing an older one. n8n
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

/** Writes n8n's own list of what is installed in the folder. */
async function writeLedger(nodesFolder: string, version: string): Promise<void> {
	const ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { [PACKAGE_NAME]: version },
	};
	await writeFile(join(nodesFolder, 'package.json'), `${JSON.stringify(ledger, null, 2)}\n`);
}
