const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { bin, n8n, name } = require('./package.json');

const run = promisify(execFile);

/** Icons and codex files go beside the small entry files. */
const assets = ['nodes/**/*.{svg,node.json}', 'credentials/**/*.svg'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Checks the types of what is shipped; `npm run typecheck` also checks tests, scripts and simulator. */
async function checkTypes() {
	await run(process.execPath, [
		require.resolve('typescript/bin/tsc'),
		'-p',
		'tsconfig.build.json',
	]).catch((error) => {
		throw new Error(`Type check failed:\n${error.stdout}`);
	});
}

/** Bundles the code, with the notices of the packages in it. */
async function bundle() {
	const { bundleOptions } = await import('./scripts/bundle-options.mjs');
	const { bundledPackages, noticesOf } = await import('./scripts/bundled/packages.mjs');
	const outfile = 'dist/index.js';
	const { metafile } = await esbuild.build({ ...bundleOptions, outfile, metafile: true });
	await writeFile('dist/THIRD-PARTY-NOTICES.txt', await noticesOf(await bundledPackages(metafile)));
}

/** The command that converts workflows: a program of its own, which needs nothing of n8n. */
async function command() {
	await esbuild.build({
		entryPoints: ['converter/command/main.ts'],
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		charset: 'utf8',
		banner: { js: '#!/usr/bin/env node' },
		outfile: bin[name],
	});
}

/** n8n loads a class by the name of its file, so each class gets a file that re-exports it. */
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

/**
 * The previews of outputs that the editor shows before an operation has run. The operations define
 * them, so they are loaded, on the Node.js version that they need.
 */
async function previews() {
	const { bundleOptions } = await import('./scripts/bundle-options.mjs');
	const program = path.resolve('dist/previews.cjs');
	await esbuild.build({
		...bundleOptions,
		entryPoints: ['nodes/WhatsAppCloud/operations/outputPreviews.ts'],
		outfile: program,
	});
	const { stdout } = await run(path.resolve('node_modules/node/bin/node'), [
		'--print',
		`JSON.stringify(require(${JSON.stringify(program)}).outputPreviews())`,
	]);
	await rm(program);
	for (const [name, schema] of Object.entries(JSON.parse(stdout))) {
		const file = path.join('dist/nodes/WhatsAppCloud', name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, `${JSON.stringify(schema, null, '\t')}\n`);
	}
}

function copyAssets() {
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(
	clean,
	parallel(checkTypes, bundle, command, previews, entryFiles, copyAssets),
);
exports.bundle = series(clean, parallel(bundle, command, previews, entryFiles, copyAssets));
