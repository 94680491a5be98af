import { mp3, ogg, pdf, png, webp } from '../../simulator/support/files';
import { isoMedia } from '../../fixtures/files/isoMedia';
import { zipOf } from '../../fixtures/files/zipOf';
import { itemsOf, onlyJson, problemOf } from './account';
import { mediaSends, withFile, type MediaItem } from './mediaSends';

const { simulator, send } = mediaSends();

describe('what Meta would refuse is refused before the upload', () => {
	const limit = 5 * 1024 * 1024;

	test.each<[string, Record<string, unknown>, MediaItem[], string]>([
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
