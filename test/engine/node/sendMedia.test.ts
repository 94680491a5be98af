import { jpeg, mp3, mp4, ogg, pdf, png, webp } from '../../simulator/support/files';
import { runNode, startSimulator, type Simulator } from '../harness';
import {
	accepted,
	credentials,
	ids,
	itemsOf,
	onlyJson,
	problemOf,
	withoutStatuses,
} from './account';
import { isoMedia } from '../../fixtures/files/isoMedia';
import { officeParts, zipOf } from '../../fixtures/files/zipOf';
import { binaryFile, noise } from './files';
import { present } from '../../present';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(withoutStatuses);
});
beforeEach(async () => await simulator.reset());

interface Item {
	json?: Record<string, unknown>;
	binary?: Record<string, ReturnType<typeof binaryFile>>;
}

const send = async (parameters: Record<string, unknown>, items: Item[] = [{}]) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { operation: 'sendMedia', recipient: '+15551234567', ...parameters },
		credentials: credentials(simulator.url),
		items,
		onError: 'continueRegularOutput',
	});

const withFile = (content: Uint8Array, mimeType = '', fileName?: string): Item[] => [
	{ binary: { data: binaryFile(content, mimeType || 'application/octet-stream', fileName) } },
];

const uploads = async () => (await simulator.counters())['uploads'];

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

describe('a file for many', () => {
	const people = (count: number): string[] =>
		Array.from({ length: count }, (_, index) => `+1555${String(1_000_000 + index)}`);

	test('goes up once for 1,000, by one item each', async () => {
		const data = binaryFile(png(2_000), 'image/png');
		const items = people(1_000).map((to) => ({ json: { recipient: to }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		const result = await send({ ...parameters, delivery: { messagesPerSecond: -1 } }, items);
		expect(itemsOf(result).filter(({ json }) => json['outcome'] === 'sent')).toHaveLength(1_000);
		expect(await simulator.counters()).toMatchObject({ uploads: 1, acceptedMessages: 1_000 });
	});

	test('two files go up twice, whichever item they come with', async () => {
		const [one, other] = [png(5_000), png(5_001)].map((file) => binaryFile(file, 'image/png'));
		const items = people(10).map((recipient, index) => ({
			json: { recipient },
			binary: { data: present(index % 2 === 0 ? one : other) },
		}));
		await send({ valuesFrom: 'item', mediaType: 'image', recipient: '' }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 2, acceptedMessages: 10 });
	});

	test('files of the same size and another content are told apart', async () => {
		const contents = ['a', 'b'].map((letter) => Buffer.concat([png(), Buffer.alloc(500, letter)]));
		const items = contents.map((content) => present(withFile(content, 'image/png')[0]));
		await send({ mediaType: 'image' }, items);
		expect(await uploads()).toBe(2);
	});

	test('each sender has its own upload', async () => {
		const data = binaryFile(png(), 'image/png');
		const items = [ids.phoneNumber, ids.secondPhoneNumber].map((phoneNumberId) => ({
			json: { phoneNumberId },
			binary: { data },
		}));
		await send({ valuesFrom: 'item', mediaType: 'image' }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 2, acceptedMessages: 2 });
	});

	test('goes up once also where all is recorded before sending', async () => {
		const data = binaryFile(png(), 'image/png');
		const items = people(20).map((recipient) => ({ json: { recipient }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		await send({ ...parameters, delivery: { recordFirst: true } }, items);
		expect(await simulator.counters()).toMatchObject({ uploads: 1, acceptedMessages: 20 });
	});

	test('an upload that failed is tried again for the next', async () => {
		await simulator.addFault({ kind: 'error', code: 131053, match: { path: '/media$' }, count: 1 });
		const data = binaryFile(png(), 'image/png');
		const items = people(2).map((recipient) => ({ json: { recipient }, binary: { data } }));
		const parameters = { valuesFrom: 'item', mediaType: 'image', recipient: '' };
		const result = await send({ ...parameters, delivery: { concurrency: 1 } }, items);
		expect(problemOf(itemsOf(result)[0])).toContain('131053');
		expect(itemsOf(result)[1]?.json).toMatchObject({ outcome: 'sent' });
	});
});

test('messages to one person keep their order while the first file goes up slowly', async () => {
	await simulator.admin('PATCH', '/settings', { strictReferences: false });
	const slow = { kind: 'latency', latencyMs: 1_500, match: { path: '/media$' }, count: 1 };
	await simulator.addFault(slow);
	const [file] = withFile(png(), 'image/png');
	const link = (name: string) => ({ json: { mediaLink: `https://example.com/${name}.png` } });
	const items = [{ json: { mediaSource: 'binary' }, ...file }, link('second'), link('third')];
	await send({ valuesFrom: 'item', mediaType: 'image' }, items);
	const images = (await accepted(simulator)).map(({ body }) => body['image']);
	expect(images).toEqual([
		{ id: expect.any(String) as string },
		{ link: 'https://example.com/second.png' },
		{ link: 'https://example.com/third.png' },
	]);
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

describe('what Meta would refuse is told before the upload', () => {
	const limit = 5 * 1024 * 1024;

	test.each<[string, Record<string, unknown>, Item[], string]>([
		[
			'a wrong type by its content',
			{ mediaType: 'image' },
			withFile(pdf(), 'image/png', 'picture.png'),
			'is "data", and that file is application/pdf, although the item calls it image/png',
		],
		[
			'an MP3 as a voice note',
			{ mediaType: 'voice' },
			withFile(mp3(), 'audio/mpeg'),
			'is audio/mpeg; a voice note has to be OGG with Opus',
		],
		[
			'OGG that holds Vorbis',
			{ mediaType: 'audio' },
			withFile(ogg('\u0001vorbis'), 'audio/ogg'),
			'is OGG with another codec than Opus',
		],
		[
			'one byte over the limit',
			{ mediaType: 'image' },
			withFile(png(limit + 1), 'image/png'),
			'has 5,242,881 bytes; an image can have at most 5,242,880 bytes',
		],
		[
			'a sticker that does not move and is large',
			{ mediaType: 'sticker' },
			withFile(webp(false, 101 * 1024), 'image/webp'),
			'a sticker that does not move can have at most 100 KB',
		],
		[
			'a table as a document',
			{ mediaType: 'document' },
			withFile(Buffer.from('fern;12\n'), 'text/csv', 'prices.csv'),
			'is "data", and that file is text/csv; a document has to be PDF, plain text (TXT)',
		],
		[
			'a ZIP that calls itself PDF',
			{ mediaType: 'document' },
			withFile(zipOf({ 'a.txt': 'a' }), 'application/pdf', 'invoice.pdf'),
			'that file is application/zip, although the item calls it application/pdf; a document has to',
		],
		[
			'a film without picture and sound',
			{ mediaType: 'video' },
			withFile(isoMedia({ brand: 'isom', tracks: ['text'] }), 'video/mp4'),
			'has the form of MP4, but holds neither a picture nor sound; a video has to be MP4 or 3GP',
		],
		['no file', { mediaType: 'image' }, [{}], 'is "data", but the item has no such binary field'],
		[
			'a file in another field',
			{ mediaType: 'image', binaryField: 'photo' },
			withFile(png(), 'image/png'),
			'is "photo", but the item has no such binary field',
		],
		['an empty file', { mediaType: 'document' }, withFile(Buffer.alloc(0)), 'is empty'],
		['no https', { mediaSource: 'link', mediaLink: 'http://a.b/c' }, [{}], '"Link" must be a web'],
		['no ID', { mediaSource: 'id', mediaId: '' }, [{}], '"Media ID" is empty'],
		[
			'a long caption',
			{ mediaSource: 'id', mediaId: '1', caption: 'x'.repeat(1025) },
			[{}],
			'"Caption" can have at most 1,024 characters, but has 1,025',
		],
	])('%s', async (_what, parameters, items, problem) => {
		const [item] = itemsOf(await send(parameters, items));
		expect(problemOf(item)).toContain(problem);
		expect(problemOf(item)).toContain('[item 0]');
		expect((await simulator.counters())['requests']).toBe(0);
	});

	test('just within the limit goes out', async () => {
		const result = await send({ mediaType: 'image' }, withFile(png(limit), 'image/png'));
		expect(onlyJson(result)).toMatchObject({ outcome: 'sent' });
	});
});

// The benchmark measures the memory it takes.
test('a large document comes through', async () => {
	const content = Buffer.concat([pdf(), noise(30 * 1024 * 1024)]);
	const result = await send({ mediaType: 'document' }, withFile(content, 'application/pdf'));
	expect(onlyJson(result)).toMatchObject({ outcome: 'sent' });
	expect((await simulator.counters())['uploadedBytes']).toBe(content.length);
});
