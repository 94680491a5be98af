import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './processes';

/**
 * The commands of README.md, CONTRIBUTING.md and docs/ that are over in a moment and change nothing,
 * as they stand there. The others start n8n, tests or benchmarks, which have tests of their own.
 */
describe('a command of the documentation', () => {
	const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-commands-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const shell = (line: string) =>
		start('bash', ['-c', line], { env: { ...process.env, N8N_USER_FOLDER: folder } }).finished;

	test.each([
		['npm run --silent node --', 'npm run node -- FILE'],
		['npm run --silent webhook --', 'npm run webhook -- '],
	])('%s says how it is used', async (line, usage) => {
		const { stdout, stderr } = await shell(line);
		expect(stdout + stderr).toContain(usage);
	});

	test('npm run docs -- --check finds all pages as the code has them', async () => {
		const { code, stderr } = await shell('npm run --silent docs -- --check');
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	});

	test('npm run release:dry knows its steps', async () => {
		const { code, stderr } = await shell('npm run --silent release:dry -- --only upload');
		expect({ code, stderr }).toEqual({
			code: 1,
			stderr: expect.stringContaining('There is no step upload; there are version, docs, lint'),
		});
	});
});
