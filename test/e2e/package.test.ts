import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../scripts/host/community-package.ts';
import { tarballProblems, type PackageFile } from '../../scripts/release/tarball.ts';
import { e2eHost, projectFolder } from './host';

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-package-'));
const about = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as PackageFile;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball has the notices of all that is in its code', async () => {
	const tarball = await packPackage(projectFolder, folder);
	const read = (name: string): string =>
		execFileSync('tar', ['-xzOf', tarball, `package/dist/${name}`], {
			encoding: 'utf8',
			maxBuffer: 64 * 1024 * 1024,
		});
	const notices = read('THIRD-PARTY-NOTICES.txt');
	const code = read('index.js') + read('converter/convert.js');
	const held = code.matchAll(/^ *\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm);
	const names = [...new Set([...held].map(([, name = '']) => name))];
	expect(names.length).toBeGreaterThan(20);
	expect(names.filter((name) => !notices.includes(`\n${name} `))).toEqual([]);
});

test('the tarball holds what n8n looks for, and nothing else', async () => {
	const tarball = await packPackage(projectFolder, folder);
	const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
		.split('\n')
		.flatMap((path) => /^package\/(.+)$/.exec(path)?.[1] ?? []);
	expect(tarballProblems(files, about)).toEqual([]);
	expect(files.filter((path) => path.includes('/__schema__/')).length).toBeGreaterThan(80);
});

describe('a real n8n shows of the package', () => {
	const { n8nUrl } = e2eHost();
	const node = `${about.name}.whatsAppCloud`;

	test.each(['message/sendText', 'media/upload', 'contact/get', 'report/delivery'])(
		'what %s gives, before it has run',
		async (operation) => {
			const answer = await fetch(`${n8nUrl}/schemas/${node}/1.0.0/${operation}.json`);
			expect(answer.status).toBe(200);
			expect(await answer.json()).toMatchObject({ type: 'object', version: 1 });
		},
	);

	test.each(['whatsapp-cloud.svg', 'whatsapp-cloud.dark.svg'])('its icon %s', async (icon) => {
		for (const folder of ['nodes/WhatsAppCloud', 'credentials']) {
			const answer = await fetch(`${n8nUrl}/icons/${about.name}/dist/${folder}/${icon}`);
			expect([answer.status, answer.headers.get('content-type')]).toEqual([
				200,
				expect.stringContaining('image/svg+xml'),
			]);
		}
	});
});
