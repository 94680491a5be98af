import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../scripts/host/community-package.ts';
import { projectFolder } from './host';

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball has the notices of all that is in its code', async () => {
	const tarball = await packPackage(projectFolder, folder);
	const read = (name: string): string =>
		execFileSync('tar', ['-xzOf', tarball, `package/dist/${name}`], {
			encoding: 'utf8',
			maxBuffer: 64 * 1024 * 1024,
		});
	const notices = read('THIRD-PARTY-NOTICES.txt');
	const held = read('index.js').matchAll(/^ *\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm);
	const names = [...new Set([...held].map(([, name = '']) => name))];
	expect(names.length).toBeGreaterThan(20);
	expect(names.filter((name) => !notices.includes(`\n${name} `))).toEqual([]);
});

test('the tarball holds what n8n looks for', async () => {
	const tarball = await packPackage(projectFolder, folder);
	const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
	expect(files).toEqual(
		expect.arrayContaining([
			'package/dist/credentials/WhatsAppCloudApi.credentials.js',
			'package/dist/nodes/WhatsAppCloud/WhatsAppCloud.node.js',
			'package/dist/nodes/WhatsAppCloud/WhatsAppCloudTrigger.node.js',
			'package/dist/THIRD-PARTY-NOTICES.txt',
			'package/dist/converter/convert.js',
			// The output previews, where n8n's own rule looks for them.
			'package/dist/nodes/WhatsAppCloud/__schema__/v1.0.0/message/sendText.json',
			'package/dist/nodes/WhatsAppCloud/__schema__/v1.0.0/media/upload.json',
		]),
	);
});
