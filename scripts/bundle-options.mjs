/**
 * How the package is bundled, both by `gulp build` for the tarball and by the scripts that run a
 * node from source, so that what is tested is what is shipped.
 *
 * n8n provides its own n8n-workflow to community packages; a second copy would break `instanceof`
 * for its errors, so it stays out of the bundle.
 *
 * @type {import('./bundle-options.d.mts').bundleOptions}
 */
export const bundleOptions = {
	entryPoints: ['index.ts'],
	bundle: true,
	platform: 'node',
	target: 'node22',
	format: 'cjs',
	external: ['n8n-workflow', 'node:*'],
	// Set for another program, it would make pg look for a native client, which takes its settings
	// from the environment.
	define: { 'process.env.NODE_PG_FORCE_NATIVE': '""' },
	minify: false,
	sourcemap: false,
	legalComments: 'eof',
	charset: 'utf8',
	treeShaking: true,
};
