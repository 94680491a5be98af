import type { Metafile } from 'esbuild';

/** A package that has code in the bundle. */
export interface BundledPackage {
	name: string;
	version: string;
	/** As the package states it: `MIT`. */
	license: string;
	/** Where it is installed, relative to the root of the repository. */
	folder: string;
}

/** The packages of a bundle; paths in `metafile` are relative to the working directory. */
export declare function bundledPackages(metafile: Metafile): Promise<BundledPackage[]>;

/** @throws Error if a package has no licence text, so that it is not shipped unnoticed */
export declare function noticesOf(packages: readonly BundledPackage[]): Promise<string>;
