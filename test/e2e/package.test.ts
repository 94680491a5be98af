import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../../scripts/host/community-package.ts';
import { projectFolder } from './host';

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-cloud-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball holds what n8n looks for', async () => {
	const tarball = await packPackage(projectFolder, folder);
	const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
	expect(files).toEqual(
		expect.arrayContaining([
			'package/dist/credentials/WhatsAppCloudApi.credentials.js',
			'package/dist/nodes/WhatsAppCloud/WhatsAppCloud.node.js',
			'package/dist/nodes/WhatsAppCloud/WhatsAppCloudTrigger.node.js',
			// The previews of the output, by n8n's own rule for their places.
			'package/dist/nodes/WhatsAppCloud/__schema__/v1.0.0/message/sendText.json',
			'package/dist/nodes/WhatsAppCloud/__schema__/v1.0.0/media/upload.json',
		]),
	);
});
