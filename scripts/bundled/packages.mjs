import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The packages that have code in a bundle, according to esbuild's metafile.
 *
 * @type {typeof import('./packages.d.mts').bundledPackages}
 */
export async function bundledPackages(metafile) {
	const paths = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
	// The last "node_modules", since packages may be nested.
	const folders = paths.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
	return await Promise.all(
		[...new Set(folders)].sort().map(async (folder) => {
			const { name, version, license } = JSON.parse(
				await readFile(join(folder, 'package.json'), 'utf8'),
			);
			return { name, version, license, folder };
		}),
	);
}

/**
 * The notices that the licences of the bundled packages require.
 *
 * @type {typeof import('./packages.d.mts').noticesOf}
 */
export async function noticesOf(packages) {
	const parts = await Promise.all(
		packages.map(async ({ name, version, license, folder }) => {
			const texts = await licencesIn(folder);
			if (texts.length === 0) throw new Error(`${name} ${version} has no licence text: ${folder}`);
			return [`${name} ${version} (${license})`, ...texts].join('\n\n');
		}),
	);
	const line = `\n\n${'-'.repeat(80)}\n\n`;
	return `${[introduction, ...parts].join(line)}\n`;
}

const introduction =
	'dist/index.js holds parts of these packages. Their authors allow it under the terms below.';

/** The licence texts in the package's files, or else in a section of its readme. */
async function licencesIn(folder) {
	const names = (await readdir(folder)).sort();
	const read = async (name) => (await readFile(join(folder, name), 'utf8')).trim();
	const own = names.filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
	if (own.length > 0) return await Promise.all(own.map(read));
	const readMe = names.find((name) => /^readme/i.test(name));
	const section = /^#+ *licen[cs]e *$([\s\S]*?)(?=^#|$(?![\s\S]))/im;
	const text = readMe === undefined ? '' : (section.exec(await read(readMe))?.[1]?.trim() ?? '');
	return text === '' ? [] : [text];
}
