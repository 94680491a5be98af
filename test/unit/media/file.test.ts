import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { openItemFile } from '../../../nodes/WhatsAppCloud/media/file';
import { jpeg, pdf, png, webp } from '../../simulator/support/files';

/** A host whose first item contains a file, as n8n keeps small ones. */
function hostWith(content: Uint8Array, parts: Partial<IBinaryData> = {}): IExecuteFunctions {
	const data = { data: Buffer.from(content).toString('base64'), mimeType: 'image/png', ...parts };
	return { getInputData: () => [{ json: {}, binary: { data } }] } as unknown as IExecuteFunctions;
}

async function read(file: Awaited<ReturnType<typeof openItemFile>>): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of await file.open()) chunks.push(chunk);
	return Buffer.concat(chunks);
}

const open = async (host: IExecuteFunctions, kind: Parameters<typeof openItemFile>[4] = 'image') =>
	await openItemFile(host, 0, 'data', 'Input Binary Field', kind);

test('a file inside the item can be read as often as needed', async () => {
	const content = png(10_000);
	const file = await open(hostWith(content, { fileName: 'a.png' }));
	expect(file).toMatchObject({
		storageId: null,
		filename: 'a.png',
		mimeType: 'image/png',
		sizeBytes: 10_000,
	});
	expect((await read(file)).equals(content)).toBe(true);
	expect((await read(file)).equals(content)).toBe(true);
});

test.each([
	['as it is called', { fileName: 'me.jpeg', fileExtension: 'png' }, 'me.jpeg'],
	['after its extension', { fileExtension: 'jpe' }, 'file.jpe'],
	['after its content', {}, 'file.jpg'],
])('the upload is named %s', async (_how, parts, filename) => {
	expect(await open(hostWith(jpeg(), parts))).toMatchObject({ filename, mimeType: 'image/jpeg' });
});

test('a text without a name is still named', async () => {
	const host = hostWith(Buffer.from('words'), { mimeType: 'text/plain' });
	expect(await open(host, 'document')).toMatchObject({
		filename: 'file.txt',
		mimeType: 'text/plain',
	});
});

test('the type is seen in the content, whatever the item says', async () => {
	await expect(open(hostWith(pdf(), { fileName: 'picture.png' }))).rejects.toThrow(
		/is application\/pdf, although the item calls it image\/png/,
	);
});

test('whether a sticker moves decides its limit', async () => {
	const size = 200 * 1024;
	const parts = { mimeType: 'image/webp' };
	await expect(open(hostWith(webp(false, size), parts), 'sticker')).rejects.toThrow(
		/does not move can have at most 100 KB/,
	);
	expect(await open(hostWith(webp(true, size), parts), 'sticker')).toMatchObject({
		sizeBytes: size,
	});
});

test('a missing file is reported, with the names of those that are there', async () => {
	const host = hostWith(png());
	await expect(openItemFile(host, 0, 'photo', 'Input Binary Field', 'image')).rejects.toMatchObject(
		{
			message: '"Input Binary Field" is "photo", but the item has no such binary field',
			advice: 'The item has: data.',
		},
	);
});
