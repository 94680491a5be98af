import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary, rootFolder } from '../harness';
import { start } from './processes';

/** The build's output, without writing it: the code and the notices. */
const program = `
import { build } from 'esbuild';
import { bundleOptions } from './scripts/bundle-options.mjs';
import { bundledPackages, noticesOf } from './scripts/bundled/packages.mjs';
const result = await build({ ...bundleOptions, outfile: 'dist/index.js', write: false, metafile: true });
const packages = await bundledPackages(result.metafile);
console.log(JSON.stringify({ code: result.outputFiles[0].text, notices: await noticesOf(packages) }));
`;

async function built(): Promise<{ code: string; notices: string }> {
	const args = ['--input-type=module', '--eval', program];
	const { stdout, stderr } = await start(nodeBinary, args).finished;
	if (stdout === '') throw new Error(stderr);
	return JSON.parse(stdout) as { code: string; notices: string };
}

describe('the notices of what is bundled', () => {
	test('name each package that the code holds something of, and no other', async () => {
		const { code, notices } = await built();
		// esbuild says where each part of the code comes from.
		const held = [...code.matchAll(/^ *\/\/ (\S*node_modules\/(?:@[^/\s]+\/)?[^/\s]+)\//gm)];
		const expected = [...new Set(held.map(([, folder = '']) => folder))].map((folder) => {
			const file = join(rootFolder, folder, 'package.json');
			const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as {
				name: string;
				version: string;
			};
			return `${name} ${version}`;
		});
		expect(expected.length).toBeGreaterThan(20);
		const titles = notices
			.split(`\n\n${'-'.repeat(80)}\n\n`)
			.slice(1)
			.map((part) => /^(\S+ \S+) \(/.exec(part)?.[1]);
		expect(titles.sort()).toEqual(expected.sort());
	});

	test('hold the terms in full, also where they stand in a read-me', async () => {
		const { notices } = await built();
		const license = (path: string): string =>
			readFileSync(join(rootFolder, 'node_modules', path), 'utf8').trim();
		expect(notices).toContain(license('undici/LICENSE'));
		expect(notices).toContain(license('libphonenumber-js/LICENSE.Apache'));
		expect(notices).toMatch(/\npgpass \S+ \(MIT\)\n\nCopyright \(c\) 2013-2016 Hannes Hörl/);
	});
});

describe('known vulnerabilities of what is bundled', () => {
	const audit = async (report: unknown, ...args: string[]) => {
		const stdin = typeof report === 'string' ? report : JSON.stringify(report);
		const running = start(nodeBinary, ['scripts/bundled/audit.ts', ...args], { stdin });
		return await running.finished;
	};

	const weakness = (name: string, ...nodes: string[]) => ({
		[name]: {
			name,
			severity: 'high',
			nodes,
			via: [{ title: 'Reads too far', url: 'https://example.com/advisory' }],
		},
	});

	test('in a bundled package they are reported', async () => {
		const { code, stdout } = await audit({
			vulnerabilities: weakness('undici', 'node_modules/undici'),
		});
		expect(stdout).toContain('undici (high)\n  Reads too far: https://example.com/advisory\n');
		expect(code).toBe(1);
	});

	test('in tools, and in copies that only tools have, they do not count', async () => {
		const vulnerabilities = {
			...weakness('jest', 'node_modules/jest'),
			...weakness('undici', 'node_modules/cheerio/node_modules/undici'),
		};
		const { code, stdout } = await audit({ vulnerabilities });
		expect(stdout).toMatch(/^\d+ bundled packages, 0 with known vulnerabilities\.$/m);
		expect(code).toBe(0);
	});

	test.each(['', '{"message": "405 Method Not Allowed", "statusCode": 405}'])(
		'without an answer of the registry they are not checked: %j',
		async (report) => {
			const { code, stderr } = await audit(report);
			expect(stderr).toContain('NOT CHECKED');
			expect(code).toBe(0);
			expect((await audit(report, '--required')).code).toBe(1);
		},
	);
});
