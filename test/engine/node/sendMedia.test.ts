import { jpeg, mp3, mp4, ogg, pdf, png, webp } from '../../simulator/support/files';
import { isoMedia } from '../../fixtures/files/isoMedia';
import { officeParts, zipOf } from '../../fixtures/files/zipOf';
import { present } from '../../present';
import { runNode } from '../harness';
import { accepted, credentials, onlyJson } from './account';
import { noise } from './files';
import { mediaSends, withFile } from './mediaSends';

const { simulator, send, uploads } = mediaSends();

describe('a file of the item', () => {
	test.each([
		['image', png(), 'image/png', 'image'],
		['image', jpeg(), 'image/jpeg', 'image'],
		['video', mp4(), 'video/mp4', 'video'],
		['audio', mp3(), 'audio/mpeg', 'audio'],
		['voice', ogg('OpusHead'), 'audio/ogg', 'audio'],
		['sticker', webp(false), 'image/webp', 'sticker'],
		['document', pdf(), 'application/pdf', 'document'],
	])('is sent as %s', async (mediaType, content, mimeType, type) => {
		expect(onlyJson(await send({ mediaType }, withFile(content, mimeType)))).toMatchObject({
			outcome: 'sent',
			messageId: expect.stringMatching(/^wamid\./),
		});
		const [message] = await accepted(simulator);
		expect(message?.body).toMatchObject({ type, [type]: { id: expect.stringMatching(/^\d+$/) } });
		expect(await uploads()).toBe(1);
	});

	test('with caption and file name', async () => {
		const parameters = { mediaType: 'document', caption: 'Your *invoice*', filename: 'May.pdf' };
		await send(parameters, withFile(pdf(), 'application/pdf', 'scan0001.pdf'));
		const [message] = await accepted(simulator);
		expect(message?.body['document']).toEqual({
			id: expect.any(String),
			caption: 'Your *invoice*',
			filename: 'May.pdf',
		});
	});

	test('a document without a name of its own has that of the file', async () => {
		await send({ mediaType: 'document' }, withFile(pdf(), 'application/pdf', 'scan0001.pdf'));
		const [message] = await accepted(simulator);
		expect(message?.body['document']).toMatchObject({ filename: 'scan0001.pdf' });
	});

	test.each([
		['document', 'application/octet-stream', 'offer.bin', pdf(), 'application/pdf', 'offer.pdf'],
		[
			'document',
			'binary/octet-stream',
			'report.final',
			pdf(),
			'application/pdf',
			'report.final.pdf',
		],
		[
			'document',
			'application/zip',
			'plan',
			zipOf(officeParts('docx')),
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'plan.docx',
		],
		['document', 'application/force-download', 'a', Buffer.from('Hello'), 'text/plain', 'a.txt'],
		['image', 'image/jpg', 'photo', jpeg(), 'image/jpeg', undefined],
		[
			'audio',
			'video/mp4',
			'note',
			isoMedia({ brand: 'mp42', tracks: ['soun'] }),
			'audio/mp4',
			undefined,
		],
		[
			'video',
			'audio/mp4',
			'film',
			isoMedia({ brand: 'M4A ', tracks: ['vide'] }),
			'video/mp4',
			undefined,
		],
	])('goes up as what it is: %s of %s', async (mediaType, declared, name, content, type, shown) => {
		const result = await send({ mediaType }, withFile(content, declared, name));
		expect(onlyJson(result)).toMatchObject({ outcome: 'sent' });
		const [message] = await accepted(simulator);
		const sent = message?.body[mediaType] as { id: string; filename?: string };
		expect(sent.filename).toBe(shown);
		const media = await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'media', operation: 'get', mediaId: sent.id },
			credentials: credentials(simulator.url),
			items: [{}],
		});
		expect(onlyJson(media)).toMatchObject({ mimeType: type });
	});

	test('the same document under two names goes up once and keeps both', async () => {
		const items = ['a.pdf', 'b.pdf'].map((name) =>
			present(withFile(pdf(), 'application/pdf', name)[0]),
		);
		await send({ mediaType: 'document' }, items);
		const names = (await accepted(simulator)).map(({ body }) => body['document']);
		expect(names).toMatchObject([{ filename: 'a.pdf' }, { filename: 'b.pdf' }]);
		expect(await uploads()).toBe(1);
	});

	test('a voice note is one', async () => {
		await send({ mediaType: 'voice' }, withFile(ogg('OpusHead'), 'audio/ogg'));
		const [message] = await accepted(simulator);
		expect(message?.body['audio']).toMatchObject({ voice: true });
	});
});

describe('without a file', () => {
	test.each([
		[{ mediaSource: 'id', mediaId: '1234567890' }, { id: '1234567890' }],
		[
			{ mediaSource: 'link', mediaLink: 'https://example.com/a.png' },
			{ link: 'https://example.com/a.png' },
		],
	])('%j', async (parameters, image) => {
		await simulator.admin('PATCH', '/settings', { strictReferences: false });
		await send({ mediaType: 'image', ...parameters });
		const [message] = await accepted(simulator);
		expect(message?.body['image']).toEqual(image);
		expect(await uploads()).toBe(0);
	});
});

test('a document by link is called as the link calls it', async () => {
	await send({
		mediaType: 'document',
		mediaSource: 'link',
		mediaLink: 'https://example.com/2026/price%20list.xlsx?v=3',
	});
	const [message] = await accepted(simulator);
	expect(message?.body['document']).toMatchObject({ filename: 'price list.xlsx' });
});

// The benchmark measures the memory it takes.
test('a large document comes through', async () => {
	const content = Buffer.concat([pdf(), noise(30 * 1024 * 1024)]);
	const result = await send({ mediaType: 'document' }, withFile(content, 'application/pdf'));
	expect(onlyJson(result)).toMatchObject({ outcome: 'sent' });
	expect((await simulator.counters())['uploadedBytes']).toBe(content.length);
});
