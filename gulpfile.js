const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const run = promisify(execFile);

/** Icons, codex files and output previews lie beside the thin entry files. */
const assets = [
	'nodes/**/*.{svg,node.json}',
	'nodes/**/__schema__/**/*.json',
	'credentials/**/*.svg',
];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Types of what is shipped; `npm run typecheck` also reads the tests, scripts and simulator. */
async function checkTypes() {
	await run(process.execPath, [
		require.resolve('typescript/bin/tsc'),
		'-p',
		'tsconfig.build.json',
	]).catch((error) => {
		throw new Error(`The types do not fit:\n${error.stdout}`);
	});
}

async function bundle() {
	const { bundleOptions } = await import('./scripts/bundle-options.mjs');
	await esbuild.build({ ...bundleOptions, outfile: 'dist/index.js' });
}

/** n8n loads a class by the name of its file, so each gets a file that hands it on. */
async function entryFiles() {
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		const className = path.basename(file).split('.')[0];
		const bundlePath = path.relative(path.dirname(file), 'dist/index.js').split(path.sep).join('/');
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(
			file,
			`'use strict';\nexports.${className} = require('${bundlePath}').${className};\n`,
		);
	}
}

function copyAssets() {
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(checkTypes, bundle, entryFiles, copyAssets));
exports.bundle = series(clean, parallel(bundle, entryFiles, copyAssets));
