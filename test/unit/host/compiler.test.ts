import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuildTools, missingBuildTools } from '../../../scripts/host/compiler.ts';
import { silentProgress } from '../../../scripts/host/progress.ts';

describe('the tools to build a database driver with', () => {
	const originalPath = process.env['PATH'];
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'tools-'));
		process.env['PATH'] = folder;
	});
	afterEach(async () => {
		process.env['PATH'] = originalPath;
		await rm(folder, { recursive: true, force: true });
	});

	test('are named when they are missing, with the way to get them', async () => {
		await writeFile(join(folder, 'python3'), '');
		expect(missingBuildTools()).toEqual(['make', 'g++']);
		await expect(ensureBuildTools(silentProgress)).rejects.toThrow(
			/lacks make, g\+\+\.\n.*\n.*apt-get install python3 make g\+\+/,
		);
	});

	test('are enough under any of their names', async () => {
		for (const name of ['python', 'gmake', 'clang++']) await writeFile(join(folder, name), '');
		expect(missingBuildTools()).toEqual([]);
		await expect(ensureBuildTools(silentProgress)).resolves.toBeUndefined();
	});
});
