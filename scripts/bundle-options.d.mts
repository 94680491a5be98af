/** esbuild's options for the package; paths are relative to the root of the repository. */
export declare const bundleOptions: {
	entryPoints: string[];
	bundle: true;
	platform: 'node';
	target: 'node22';
	format: 'cjs';
	external: string[];
	define: Record<string, string>;
	minify: false;
	sourcemap: false;
	legalComments: 'eof';
	charset: 'utf8';
	treeShaking: true;
};
