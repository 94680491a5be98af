import { pdf, png } from '../../simulator/support/files';
import { runNode, useSimulator } from '../harness';
import { credentials, ids, itemsOf, onlyJson, requests, withoutStatuses } from './account';
import { binaryFile, contentOf, noise, sha256 } from './files';

const simulator = useSimulator(withoutStatuses);

interface Item {
	json?: Record<string, unknown>;
	binary?: Record<string, ReturnType<typeof binaryFile>>;
}

const media = async (
	operation: string,
	parameters: Record<string, unknown> = {},
	items: Item[] = [{}],
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'media', operation, ...parameters },
		credentials: credentials(simulator.url),
		items,
	});

const upload = async (
	file: ReturnType<typeof binaryFile>,
	parameters: Record<string, unknown> = {},
) => await media('upload', parameters, [{ binary: { data: file } }]);

const mediaIdOf = (result: Awaited<ReturnType<typeof upload>>): string =>
	String(onlyJson(result)['mediaId']);

const everyByte = Buffer.concat([
	pdf(),
	Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i)),
]);

describe('upload', () => {
	test('returns an ID and what the file is', async () => {
		const result = await upload(binaryFile(everyByte, 'application/pdf', 'Größe "1".pdf'));
		expect(onlyJson(result)).toEqual({
			mediaId: expect.stringMatching(/^\d+$/),
			mimeType: 'application/pdf',
			filename: 'Größe "1".pdf',
			sizeBytes: everyByte.length,
			phoneNumberId: ids.phoneNumber,
		});
		expect(await simulator.counters()).toMatchObject({
			uploads: 1,
			uploadedBytes: everyByte.length,
		});
	});

	test('from another field, by another number', async () => {
		const result = await media(
			'upload',
			{
				binaryField: 'photo',
				mediaKind: 'image',
				phoneNumberId: { __rl: true, mode: 'id', value: ids.secondPhoneNumber },
			},
			[{ binary: { photo: binaryFile(png(), 'image/png') } }],
		);
		expect(onlyJson(result)).toMatchObject({ phoneNumberId: ids.secondPhoneNumber });
		const [request] = await requests(simulator);
		expect(request?.path).toContain(`/v25.0/${ids.secondPhoneNumber}/media?`);
	});

	test('under the type that the content shows', async () => {
		const file = binaryFile(png(), 'application/octet-stream');
		const mediaId = mediaIdOf(await upload(file, { mediaKind: 'image' }));
		expect(onlyJson(await media('get', { mediaId }))).toMatchObject({ mimeType: 'image/png' });
	});

	test.each([
		[{ mediaKind: 'image' }, '"Input Binary Field" is "data", and that file is application/pdf'],
		[{ mediaKind: 'sticker' }, 'a sticker has to be WebP'],
		[
			{ mediaKind: '={{ "film" }}' },
			'"Use As" must be one of Audio or Voice Note (audio), Document (document), Image',
		],
		[{ binaryField: '={{ "" }}' }, '"Input Binary Field" is empty'],
		[
			{ options: { ttlMinutes: 59 } },
			'"Options › Time to Live" must be from 60 to 43,200 minutes, but is 59',
		],
		[
			{ options: { ttlMinutes: 43_201 } },
			'"Options › Time to Live" must be from 60 to 43,200 minutes, but is 43,201',
		],
	])('with %j is refused before anything is sent', async (parameters, problem) => {
		const { error } = await upload(binaryFile(pdf(), 'application/pdf'), parameters);
		expect(error?.message).toContain(problem);
		expect((await simulator.counters())['requests']).toBe(0);
	});

	test('of nothing: the error names what the item has', async () => {
		const { error } = await media('upload', { binaryField: 'photo' }, [
			{
				binary: {
					data: binaryFile(pdf(), 'application/pdf'),
					logo: binaryFile(png(), 'image/png'),
				},
			},
		]);
		expect(error).toMatchObject({
			message: expect.stringContaining('"Input Binary Field" is "photo", but the item has no such'),
			description: 'The item has: data, logo.',
		});
		const { error: without } = await media('upload');
		expect(without?.description).toContain('no binary data at all');
	});

	test('of an empty file is refused', async () => {
		const { error } = await upload(binaryFile(Buffer.alloc(0), 'text/plain'));
		expect(error?.message).toMatch(/is empty/);
	});
});

describe('get', () => {
	test('tells type, size, checksum and address', async () => {
		const mediaId = mediaIdOf(await upload(binaryFile(everyByte, 'application/pdf')));
		expect(onlyJson(await media('get', { mediaId }))).toEqual({
			mediaId,
			url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
			mimeType: 'application/pdf',
			sha256: sha256(everyByte),
			sizeBytes: everyByte.length,
		});
	});

	test.each(['get', 'download', 'delete'])(
		'%s of an unknown file: the words of Meta',
		async (operation) => {
			const { error } = await media(operation, { mediaId: '123' });
			expect(error).toMatchObject({ message: expect.stringMatching(/\(100\)/), itemIndex: 0 });
		},
	);

	test.each([
		['={{ "" }}', 'is empty'],
		['={{ "../me" }}', 'must consist of digits only'],
		['={{ "1?fields=x" }}', 'must consist of digits only'],
		['={{ null }}', 'is required'],
		['={{ [1] }}', 'must be text, but is a list'],
	])('of %s is refused', async (mediaId, problem) => {
		const { error } = await media('get', { mediaId });
		expect(error?.message).toContain(`"Media ID" ${problem}`);
	});
});

describe('download', () => {
	test('returns every byte', async () => {
		const mediaId = mediaIdOf(await upload(binaryFile(everyByte, 'application/pdf')));
		const [item] = itemsOf(await media('download', { mediaId }));
		expect(contentOf(item).equals(everyByte)).toBe(true);
		expect(item).toMatchObject({
			json: {
				mediaId,
				mimeType: 'application/pdf',
				filename: `${mediaId}.pdf`,
				sizeBytes: everyByte.length,
				sha256: sha256(everyByte),
			},
			binary: { data: { mimeType: 'application/pdf', fileName: `${mediaId}.pdf` } },
			pairedItem: { item: 0 },
		});
	});

	test('into a field and under a name of its own', async () => {
		const mediaId = mediaIdOf(await upload(binaryFile(png(), 'image/png'), { mediaKind: 'image' }));
		const parameters = { mediaId, outputField: 'photo', options: { filename: 'me.png' } };
		const [item] = itemsOf(await media('download', parameters));
		expect(item?.binary).toMatchObject({ photo: { fileName: 'me.png', mimeType: 'image/png' } });
	});

	test('of many keeps each with its item', async () => {
		const contents = [1, 2, 3, 4, 5, 6].map((size) =>
			Buffer.concat([pdf(), noise(size * 100_000)]),
		);
		const uploaded = itemsOf(
			await media(
				'upload',
				{},
				contents.map((content) => ({ binary: { data: binaryFile(content, 'application/pdf') } })),
			),
		);
		const downloaded = itemsOf(
			await media(
				'download',
				{ mediaId: '={{ $json.mediaId }}' },
				uploaded.map(({ json }) => ({ json })),
			),
		);
		expect(downloaded.map((item) => sha256(contentOf(item)))).toEqual(contents.map(sha256));
		expect(downloaded.map(({ pairedItem }) => pairedItem)).toEqual(
			contents.map((_, item) => ({ item })),
		);
	});
});

test('delete takes the file away', async () => {
	const mediaId = mediaIdOf(await upload(binaryFile(pdf(), 'application/pdf')));
	expect(onlyJson(await media('delete', { mediaId }))).toEqual({ deleted: true });
	expect((await media('get', { mediaId })).error?.message).toMatch(/\(100\)/);
});

test('10 MB go up and come back as they were, in pieces', async () => {
	const content = Buffer.concat([pdf(), noise(10 * 1024 * 1024)]);
	const mediaId = mediaIdOf(await upload(binaryFile(content, 'application/pdf')));
	const [item] = itemsOf(await media('download', { mediaId }));
	expect(sha256(contentOf(item))).toBe(sha256(content));
});
