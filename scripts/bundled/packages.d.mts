import type { Metafile } from 'esbuild';

/** A package of which something is in the bundle. */
export interface BundledPackage {
	name: string;
	version: string;
	/** As the package states it: `MIT`. */
	license: string;
	/** Where it is installed, from the root of the repository. */
	folder: string;
}

/** The packages of a bundle; paths in `metafile` are relative to the working directory. */
export declare function bundledPackages(metafile: Metafile): Promise<BundledPackage[]>;

/** @throws Error where a package has no licence text, so that it cannot be shipped unnoticed. */
export declare function noticesOf(packages: readonly BundledPackage[]): Promise<string>;
