import { existsSync } from 'node:fs';
import {
	copyFile,
	mkdir,
	readFile,
	readdir,
	rename,
	rm,
	statfs,
	writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AHEAD_VARIABLE, installArguments } from '../download-ahead.mjs';
import { hostFolder, hostManifestFolder } from './cache-folder.ts';
import { CommandError, cleanEnvironment, runCommand } from './command.ts';
import { ensureBuildTools, missingBuildTools, nodeHeadersFolder } from './compiler.ts';
import { withLock } from './file-lock.ts';
import { nodeBinary, withNodeFirst } from './node-binary.ts';
import { isAlive } from './process-state.ts';
import { readableSize, type Progress } from './progress.ts';

const AHEAD_POLL_MS = 250;
/** Written last: an installation without it is incomplete. */
const MARKER = '.complete';
/** Size of the installation, for messages. */
const EXPECTED_BYTES = 2_800_000_000;

/**
 * Installs the n8n of test/host into the cache, unless it is there, and returns its folder. The
 * installation is atomic, and two processes never install at the same time.
 *
 * @throws Error with advice if npm fails, the disk is full or build tools are missing
 */
export async function ensureHost(projectFolder: string, progress: Progress): Promise<string> {
	const folder = await hostFolder(projectFolder);
	if (isComplete(folder)) return folder;
	await mkdir(dirname(folder), { recursive: true });
	return await withLock(
		`${folder}.lock`,
		(ownerPid) =>
			progress.note(`Another process (${ownerPid}) is installing n8n; waiting for it …`),
		async () => {
			if (!isComplete(folder)) await install(projectFolder, folder, progress);
			return folder;
		},
	);
}

function isComplete(folder: string): boolean {
	return existsSync(join(folder, MARKER)) && existsSync(n8nScript(folder));
}

/** The script that `node` runs to start n8n. */
export function n8nScript(folder: string): string {
	return join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

async function install(projectFolder: string, folder: string, progress: Progress): Promise<void> {
	await removeLeftovers(folder);
	const temporary = `${folder}.tmp-${process.pid}`;
	await mkdir(temporary);
	const manifest = hostManifestFolder(projectFolder);
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(manifest, file), join(temporary, file));
	}
	try {
		await checkSpace(temporary);
		// So npm's scripts and native builds run on the Node.js that n8n will run on.
		const environment = withNodeFirst(cleanEnvironment(), nodeBinary(projectFolder));
		const versions = await versionsIn(temporary);
		// Compiling uses the processor, downloading the network: doing both at once saves a minute.
		const compiling = compileDriver(join(temporary, 'driver'), versions.sqlite3, environment);
		const compiled = compiling.then(
			() => null,
			(error: unknown) => error,
		);
		await download(temporary, versions, environment, progress);
		await installDriver(temporary, versions, compiled, environment, progress);
		await writeFile(join(temporary, MARKER), `${new Date().toISOString()}\n`);
		await rename(temporary, folder);
	} catch (error) {
		await rm(temporary, { recursive: true, force: true });
		throw error;
	}
}

/** Removes what a killed run left behind. Called while holding the lock. */
async function removeLeftovers(folder: string): Promise<void> {
	const parent = dirname(folder);
	for (const name of await readdir(parent)) {
		const aheadOf = /^ahead-(\d+)$/.exec(name)?.[1];
		const isLeftover =
			name.startsWith(`${basename(folder)}.tmp-`) ||
			name === basename(folder) ||
			(aheadOf !== undefined && !isAlive(Number(aheadOf)));
		if (isLeftover) await rm(join(parent, name), { recursive: true, force: true });
	}
}

async function checkSpace(folder: string): Promise<void> {
	const free = await freeBytes(folder);
	if (free > EXPECTED_BYTES) return;
	throw new Error(
		`n8n needs ${readableSize(EXPECTED_BYTES)} in ${dirname(folder)}, but only ${readableSize(free)} is free. ` +
			'Free up space, or set XDG_CACHE_HOME to a folder on a larger disk.',
	);
}

interface Versions {
	n8n: string;
	sqlite3: string;
	/** Total number of packages. */
	count: number;
}

async function versionsIn(folder: string): Promise<Versions> {
	const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { version?: string }>;
	};
	const versionOf = (name: string) => packages[`node_modules/${name}`]?.version ?? '';
	const count = Object.keys(packages).length;
	return { n8n: versionOf('n8n'), sqlite3: versionOf('sqlite3'), count };
}

async function download(
	folder: string,
	{ n8n, count }: Versions,
	environment: NodeJS.ProcessEnv,
	progress: Progress,
): Promise<void> {
	const ahead = process.env[AHEAD_VARIABLE];
	let npmPid: number | null = ahead === undefined ? null : await pidOf(ahead);
	const step = progress.step(
		`Installing n8n ${n8n} (once; ${count} packages, ${readableSize(EXPECTED_BYTES)})`,
		async () => {
			const bytes = npmPid === null ? null : await writtenBytes(npmPid);
			return bytes === null ? '' : `${readableSize(bytes)} written, with npm's cache`;
		},
	);
	try {
		if (ahead !== undefined && (await downloadSucceeded(ahead))) {
			await rename(join(ahead, 'node_modules'), join(folder, 'node_modules'));
			step.done();
			return;
		}
		await runCommand('npm', installArguments, {
			cwd: folder,
			env: environment,
			onStart: (pid) => {
				npmPid = pid;
			},
		});
		step.done();
	} catch (error) {
		step.failed();
		throw withOutput('npm could not install n8n. Is the package registry reachable?', error);
	}
}

/** Waits for the download of `scripts/download-ahead.mjs`; false if it failed or is gone. */
async function downloadSucceeded(folder: string): Promise<boolean> {
	for (;;) {
		const code = await readFile(join(folder, '.ended'), 'utf8').catch(() => null);
		if (code !== null) return code === '0';
		if (!existsSync(folder)) return false;
		await sleep(AHEAD_POLL_MS);
	}
}

const pidOf = async (folder: string): Promise<number | null> =>
	Number(await readFile(join(folder, '.pid'), 'utf8').catch(() => '')) || null;

/** The driver, relative to the folder in which sqlite3 is installed. */
const driverFile = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/**
 * Compiles n8n's database driver in a folder of its own, before n8n's packages are there.
 *
 * @throws CommandError
 */
async function compileDriver(
	folder: string,
	version: string,
	environment: NodeJS.ProcessEnv,
): Promise<void> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	const manifest = { private: true, dependencies: { sqlite3: version } };
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
	await runCommand('npm', installArguments, { cwd: folder, env: environment });
	const args = ['rebuild', 'sqlite3', '--ignore-scripts=false'];
	await runCommand('npm', args, { cwd: folder, env: compilerEnvironment(environment) });
	if (!existsSync(join(folder, driverFile))) {
		throw new CommandError('npm rebuild sqlite3 built nothing', '');
	}
}

/** Copies the driver into n8n; compiles it again if only build tools were missing. */
async function installDriver(
	hostFolder: string,
	{ sqlite3 }: Versions,
	compiled: Promise<unknown>,
	environment: NodeJS.ProcessEnv,
	progress: Progress,
): Promise<void> {
	const label = "Building n8n's database driver (sqlite3)";
	const folder = join(hostFolder, 'driver');
	const step = progress.step(label);
	const error = await compiled;
	if (error === null) {
		step.done();
	} else {
		step.failed();
		// The tools are only needed if no prebuilt driver was available.
		if (missingBuildTools().length === 0) {
			throw withOutput("n8n's database driver could not be built.", error);
		}
		await ensureBuildTools(progress);
		const again = progress.step(label);
		await compileDriver(folder, sqlite3, environment);
		again.done();
	}
	await mkdir(dirname(join(hostFolder, driverFile)), { recursive: true });
	await copyFile(join(folder, driverFile), join(hostFolder, driverFile));
	await rm(folder, { recursive: true, force: true });
}

function compilerEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const headers = nodeHeadersFolder();
	return {
		...(headers === null ? {} : { npm_config_nodedir: headers }),
		...environment,
		JOBS: 'max',
		// Takes half the time of -O3, which makes no difference here.
		CFLAGS: '-O1',
		CXXFLAGS: '-O1',
	};
}

/** Bytes that a process has written to disk; null if the system, unlike Linux, does not say. */
async function writtenBytes(pid: number): Promise<number | null> {
	const io = await readFile(`/proc/${pid}/io`, 'utf8').catch(() => '');
	const written = /^write_bytes: (\d+)$/m.exec(io)?.[1];
	return written === undefined ? null : Number(written);
}

async function freeBytes(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}

function withOutput(message: string, error: unknown): Error {
	const output = error instanceof CommandError ? `\n${error.output.trim()}` : '';
	return new Error(`${message}${output}`, { cause: error });
}
