import { transformSync } from 'esbuild';

/**
 * Jest's transformer: strips the types, which `npm run typecheck` checks, and makes CommonJS. The
 * options of esbuild stand in Jest's configuration, which is part of the key of its cache.
 */
export default {
	process(source, path, { transformerConfig }) {
		const { code, map } = transformSync(source, {
			...transformerConfig,
			loader: path.endsWith('.ts') ? 'ts' : 'js',
			sourcefile: path,
			sourcemap: true,
		});
		return { code, map };
	},
};
