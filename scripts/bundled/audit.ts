import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { z } from 'zod/v4';
import { bundleOptions } from '../bundle-options.mjs';
import { bundledPackages } from './packages.mjs';

/**
 * Reports known vulnerabilities in what is shipped. The package has no dependencies, so
 * `npm audit --omit=dev` finds none, while the bundle holds parts of development dependencies.
 *
 * Reads the report of `npm audit --json` from standard input. Exits with 1 if it finds something. A
 * registry that does not support audits is reported, but only fails the run with `--required`.
 */
const report = z
	.object({
		vulnerabilities: z.record(
			z.string(),
			z.object({
				name: z.string(),
				severity: z.string(),
				nodes: z.array(z.string()),
				via: z.array(z.union([z.string(), z.looseObject({ title: z.string(), url: z.string() })])),
			}),
		),
	})
	.safeParse(jsonOf(await text(process.stdin)));

if (report.success) {
	const { metafile } = await build({
		...bundleOptions,
		outfile: 'dist/index.js',
		write: false,
		metafile: true,
	});
	const packages = await bundledPackages(metafile);
	const folders = new Set(packages.map(({ folder }) => folder));
	const found = Object.values(report.data.vulnerabilities).filter(({ nodes }) =>
		nodes.some((node) => folders.has(node)),
	);
	for (const { name, severity, via } of found) {
		// A vulnerability inherited from another package is reported there.
		const reasons = via.flatMap((each) => (typeof each === 'string' ? [] : [each]));
		console.log(`${name} (${severity})`);
		for (const { title, url } of reasons) console.log(`  ${title}: ${url}`);
	}
	console.log(`${packages.length} bundled packages, ${found.length} with known vulnerabilities.`);
	process.exitCode = found.length === 0 ? 0 : 1;
} else {
	console.error('NOT CHECKED: the registry gave no report on known vulnerabilities.');
	process.exitCode = process.argv.includes('--required') ? 1 : 0;
}

function jsonOf(input: string): unknown {
	try {
		return JSON.parse(input) as unknown;
	} catch {
		return null;
	}
}
