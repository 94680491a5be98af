import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../../scripts/host/community-package.ts';
import { runCommand } from '../../../scripts/host/command.ts';

/**
 * Packs the package as it was at a commit, built with the dependencies that are installed now.
 *
 * @returns the tarball's path, in the destination
 * @throws Error if the commit is not known or does not build
 */
export async function packPackageAt(
	projectFolder: string,
	commit: string,
	destination: string,
): Promise<string> {
	const checkout = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-checkout-'));
	try {
		const archive = join(checkout, 'source.tar');
		await runCommand('git', ['archive', `--output=${archive}`, commit], { cwd: projectFolder });
		const source = join(checkout, 'source');
		await mkdir(source);
		await runCommand('tar', ['-xf', archive, '-C', source], { cwd: source });
		await symlink(join(projectFolder, 'node_modules'), join(source, 'node_modules'));
		return await packPackage(source, destination);
	} finally {
		await rm(checkout, { recursive: true, force: true });
	}
}
