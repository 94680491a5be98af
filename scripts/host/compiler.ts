import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cleanEnvironment, runCommand } from './command.ts';
import type { Progress } from './progress.ts';

const DEBIAN_PACKAGES = ['python3', 'make', 'g++'];

/** What node-gyp needs; each entry lists alternatives. */
const TOOLS = [
	['python3', 'python'],
	['make', 'gmake'],
	['g++', 'c++', 'clang++'],
];

/** The build tools that are missing on the path, by their usual names. */
export function missingBuildTools(): string[] {
	return TOOLS.filter((names) => !names.some((name) => findOnPath(name) !== null)).map(
		(names) => names[0] ?? '',
	);
}

/**
 * Makes sure that native code can be compiled. On a Debian build machine (root, CI=true), missing
 * tools are installed; anywhere else, that is up to the user.
 *
 * @throws Error that names the missing tools and how to install them
 */
export async function ensureBuildTools(progress: Progress): Promise<void> {
	const missing = missingBuildTools();
	if (missing.length === 0) return;
	if (findOnPath('apt-get') !== null && process.getuid?.() === 0 && process.env['CI'] === 'true') {
		const step = progress.step(`Installing ${missing.join(', ')} from Debian`);
		const env = { ...cleanEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
		await runCommand('apt-get', ['update'], { cwd: '/', env });
		const install = ['install', '--yes', '--no-install-recommends', ...DEBIAN_PACKAGES];
		await runCommand('apt-get', install, { cwd: '/', env });
		step.done();
		return;
	}
	throw new Error(
		[
			`n8n's database driver must be compiled, and this machine lacks ${missing.join(', ')}.`,
			'Install the build tools, then start again:',
			`  Debian, Ubuntu:  apt-get install ${DEBIAN_PACKAGES.join(' ')}`,
			'  Fedora:          dnf install python3 make gcc-c++',
			'  Alpine:          apk add python3 make g++',
			'  macOS:           xcode-select --install',
		].join('\n'),
	);
}

/**
 * A folder with the headers of an installed Node.js, or null. The driver only uses Node-API, which
 * is the same in every version, so existing headers save a download.
 */
export function nodeHeadersFolder(): string | null {
	const binaries = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
	const prefixes = binaries.map((folder) => dirname(folder));
	return prefixes.find((prefix) => existsSync(join(prefix, 'include/node/node_api.h'))) ?? null;
}

function findOnPath(name: string): string | null {
	for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
		const file = join(folder, name);
		if (folder !== '' && existsSync(file)) return file;
	}
	return null;
}
