/**
 * Everything that a release does, but for publishing: `npm run release:dry`. The release workflow
 * runs it as well, and publishes the tarball that it leaves.
 *
 * `--only pack,publish` runs some of the steps. `--tag v1.0.0` also compares the tag, and demands a
 * report on known vulnerabilities. `--into FOLDER` keeps the tarball there; by default, nothing stays.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanEnvironment } from '../host/command.ts';
import { packPackage } from '../host/community-package.ts';
import { tarballProblems, type PackageFile } from './tarball.ts';
import { distTagOf, releaseProblems } from './version.ts';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
	options: { only: { type: 'string' }, tag: { type: 'string' }, into: { type: 'string' } },
});
const { tag, into } = values;
const about = readJson('package.json') as unknown as PackageFile & { version: string };
const scratch = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-release-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** In their order; each ends the process if it finds a problem. */
const steps: Readonly<Record<string, () => Promise<void> | void>> = {
	version: () => {
		report(
			releaseProblems({
				version: about.version,
				lockedVersion: String(readJson('package-lock.json')['version']),
				changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
				tag,
			}),
		);
	},
	docs: () => npm(['run', '--silent', 'docs', '--', '--check']),
	lint: () => npm(['run', '--silent', 'lint']),
	types: () => npm(['run', '--silent', 'typecheck']),
	tests: () => npm(['test']),
	audit: () => npm(['run', '--silent', 'audit:bundle', '--', ...(tag ? ['--required'] : [])]),
	pack: async () => {
		const tarball = await packPackage(root, into === undefined ? scratch : resolve(into));
		report(tarballProblems(filesIn(tarball), about));
		console.log(`${basename(tarball)} has what it needs, and nothing else.`);
	},
	install: async () => {
		const folder = join(scratch, 'installed');
		mkdirSync(folder);
		npm(['init', '--yes', '--silent'], folder);
		// As n8n installs it: without scripts, and nothing comes along.
		const how = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund'];
		npm(['install', ...how, await packPackage(root, scratch)], folder);
		npm(['exec', '--offline', '--', about.name, '--help'], folder);
	},
	publish: async () => {
		// The workflow adds --provenance, for which it alone has the means.
		const how = ['--dry-run', '--ignore-scripts', '--access', 'public'];
		const tarball = await packPackage(root, scratch);
		npm(['publish', tarball, ...how, '--tag', distTagOf(about.version)]);
	},
};

const chosen = values.only?.split(',') ?? Object.keys(steps);
const unknown = chosen.filter((name) => !(name in steps));
report(
	unknown.map((name) => `There is no step ${name}; there are ${Object.keys(steps).join(', ')}.`),
);
for (const name of chosen) {
	console.log(`\n=== ${name} ===`);
	await steps[name]?.();
}
console.log(
	`\n${about.name} ${about.version}: ${chosen.join(', ')} passed. Nothing was published.`,
);

function readJson(name: string): Record<string, unknown> {
	return JSON.parse(readFileSync(join(root, name), 'utf8')) as Record<string, unknown>;
}

/** Paths of its files, below its folder `package/`. */
function filesIn(tarball: string): string[] {
	const list = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
	return list.split('\n').flatMap((path) => /^package\/(.+)$/.exec(path)?.[1] ?? []);
}

function npm(args: readonly string[], cwd = root): void {
	const { status, error } = spawnSync('npm', args, {
		cwd,
		env: cleanEnvironment(),
		stdio: 'inherit',
	});
	if (status !== 0) report([`npm ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`]);
}

/** Ends the process if there is anything to report. */
function report(problems: readonly string[]): void {
	if (problems.length === 0) return;
	for (const problem of problems) console.error(problem);
	process.exit(1);
}
