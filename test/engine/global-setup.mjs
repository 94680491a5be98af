import { bundlePackage } from '../../scripts/engine/package-bundle.ts';

/** One bundle for all engines of the run; without it, each would make its own. */
export default async function globalSetup() {
	process.env.PACKAGE_BUNDLE = await bundlePackage();
}
