import type { z } from 'zod/v4';
import { mediaParameters } from '../../../nodes/WhatsAppCloud/fields/mediaFields';
import {
	mediaObject,
	readMedia,
	uploadBinaries,
	type MediaInItem,
	type MediaReference,
} from '../../../nodes/WhatsAppCloud/messages/mediaReference';

/** The reference, and the reported problems as `parameter: problem`. */
function read(values: Record<string, unknown>, prefix = '') {
	const issues: z.core.ParsePayload['issues'] = [];
	const media = readMedia(values, prefix, 'image', { issues });
	return {
		media,
		problems: issues.map(({ path, message }) => `${(path ?? []).join('.')}: ${message ?? ''}`),
	};
}

const inItem = (binaryField: string, parameter = 'binaryField'): MediaInItem => ({
	source: 'binary',
	kind: 'image',
	binaryField,
	parameter,
});

describe('parameters', () => {
	test.each([
		['', 'mediaSource', 'mediaLink'],
		['header', 'headerMediaSource', 'headerMediaLink'],
	])('with prefix "%s"', (prefix, source, link) =>
		expect(mediaParameters(prefix)).toMatchObject({ source, link }),
	);
});

describe('readMedia', () => {
	test.each([
		[
			{ mediaSource: 'id', mediaId: ' 123 ' },
			{ source: 'id', id: '123' },
		],
		[
			{ mediaSource: 'id', mediaId: 123 },
			{ source: 'id', id: '123' },
		],
		[
			{ mediaSource: 'link', mediaLink: 'https://example.com/a.png' },
			{ source: 'link', link: 'https://example.com/a.png' },
		],
		[{ mediaSource: 'binary', binaryField: 'data' }, inItem('data')],
		// Leftovers in another source's field do not count.
		[
			{ mediaSource: 'id', mediaId: '1', mediaLink: 'https://example.com/' },
			{ source: 'id', id: '1' },
		],
		// Without a choice, the value that is present decides.
		[
			{ mediaId: '123', binaryField: 'data' },
			{ source: 'id', id: '123' },
		],
		[
			{ mediaLink: 'https://example.com/a.png' },
			{ source: 'link', link: 'https://example.com/a.png' },
		],
		[{ binaryField: 'photo' }, inItem('photo')],
	])('%j', (values, media) => expect(read(values)).toEqual({ media, problems: [] }));

	test.each([
		[{ mediaId: '1', mediaLink: 'https://a.b/' }, 'mediaLink: and a media ID are both given'],
		[{ mediaSource: 'id', mediaId: '' }, 'mediaId: is empty'],
		[{ mediaSource: 'id', mediaId: 'a.png' }, 'mediaId: must be an ID as an upload gives it'],
		[{ mediaSource: 'link', mediaLink: ' ' }, 'mediaLink: is empty'],
		[{ mediaSource: 'link', mediaLink: 'http://a.b/c.png' }, 'mediaLink: must be a web address'],
		[{ mediaSource: 'link', mediaLink: 'a.png' }, 'mediaLink: must be a web address'],
		[{ mediaSource: 'link', mediaLink: 'data:image/png;base64,AA' }, 'mediaLink: must be a web'],
		[{ mediaSource: 'binary', binaryField: '' }, 'binaryField: is empty'],
		[
			{ mediaSource: 'elsewhere' },
			'mediaSource: must be one of binary, id, link, but is the text "elsewhere"',
		],
		[{ mediaSource: 'id', mediaId: ['1'] }, 'mediaId: must be text, but is a list'],
		[{}, 'binaryField: is empty'],
	])('%j is refused', (values, problem) => {
		const { media, problems } = read(values);
		expect(media).toBeNull();
		expect(problems).toEqual([expect.stringMatching(new RegExp(`^${problem}`))]);
	});

	test('a prefix keeps several files apart', () => {
		const values = { headerMediaSource: 'id', headerMediaId: '5', mediaId: '6' };
		expect(read(values, 'header').media).toEqual({ source: 'id', id: '5' });
	});
});

describe('mediaObject', () => {
	test('is the ID or the link', () => {
		expect(mediaObject({ source: 'id', id: '1' })).toEqual({ id: '1' });
		expect(mediaObject({ source: 'link', link: 'https://a.b/' })).toEqual({ link: 'https://a.b/' });
	});

	test('refuses what has not been uploaded', () =>
		expect(() => mediaObject(inItem('data'))).toThrow(/"?data"? has not been uploaded/));
});

describe('uploadBinaries', () => {
	test('replaces every file of the item, however deep, and leaves the rest alone', async () => {
		const link = { source: 'link', link: 'https://example.com/' };
		const values = {
			media: inItem('photo'),
			cards: [{ header: inItem('card', 'headerBinaryField') }, { header: link }],
			text: 'Hello',
			count: 3,
			none: null,
			missing: undefined,
		};
		const uploaded: string[] = [];
		const ready = await uploadBinaries<unknown>(values, async ({ binaryField }) => {
			uploaded.push(binaryField);
			return await Promise.resolve(`id of ${binaryField}`);
		});
		expect(ready).toEqual({
			...values,
			media: { source: 'id', id: 'id of photo' },
			cards: [{ header: { source: 'id', id: 'id of card' } }, { header: link }],
		});
		expect(uploaded).toEqual(['photo', 'card']);
		expect(values.media).toEqual(inItem('photo'));
	});

	test('the name that comes with an upload goes along', async () => {
		const ready = await uploadBinaries<MediaReference>(inItem('a'), () =>
			Promise.resolve({ id: '1', filename: 'a.pdf' }),
		);
		expect(mediaObject(ready)).toEqual({ id: '1', filename: 'a.pdf' });
	});

	test('an upload that fails is told', async () => {
		const upload = () => Promise.reject(new Error('Too large'));
		await expect(uploadBinaries([inItem('a')], upload)).rejects.toThrow('Too large');
	});
});
