import { openItemFile } from '../../../nodes/WhatsAppCloud/media/file';
import { box, isoMedia, type IsoMedia } from '../../fixtures/files/isoMedia';
import { hostWith, open, refusal } from './storedFile';

describe('whether an MP4 file has sound or a picture is read from its tracks', () => {
	const order: IsoMedia['order'] = ['mdat', 'free', 'moov'];

	describe.each(['isom', 'iso5', 'mp42', 'M4A ', 'M4V ', 'dash', '3gp5'])('brand %s', (brand) => {
		test.each<[string, Partial<IsoMedia>]>([
			['before the media', {}],
			['behind the media', { order }],
			['in 64 bits', { order, isLong: true }],
			['before fragments', { order: ['moov', 'moof', 'mdat', 'moof', 'mdat'] }],
		])('the list of tracks stands %s', async (_where, parts) => {
			const made = (tracks: string[]): Buffer => isoMedia({ brand, tracks, ...parts });
			const sound = made(['text', 'soun']);
			expect((await open('audio', sound, { mimeType: 'video/mp4' })).mimeType).toBe('audio/mp4');
			const film = made(['soun', 'vide']);
			expect((await open('video', film, { mimeType: 'audio/mp4' })).mimeType).toBe(
				brand === '3gp5' ? 'video/3gpp' : 'video/mp4',
			);
			expect(await refusal('audio', film)).toContain(
				`is video/${brand === '3gp5' ? '3gpp' : 'mp4'}; an audio file has to be`,
			);
			expect(await refusal('video', sound)).toContain(
				'is audio/mp4; a video has to be MP4 or 3GP with a picture Send it as an audio file',
			);
		});
	});

	test.each([
		['only text', isoMedia({ brand: 'isom', tracks: ['text'] })],
		['no tracks', isoMedia({ brand: 'mp42', tracks: [] })],
		['no list of tracks', isoMedia({ brand: 'M4A ', tracks: [], order: ['mdat', 'moof'] })],
		['a beginning alone', isoMedia({ brand: 'isom', tracks: ['soun'] }).subarray(0, 100)],
		[
			'a size that is none',
			Buffer.concat([
				isoMedia({ brand: 'isom', tracks: [], order: [] }),
				Buffer.from([0, 0, 0, 3, 1, 1, 1, 1]),
			]),
		],
	])('%s: neither picture nor sound', async (_what, content) => {
		for (const kind of ['audio', 'video'] as const) {
			expect(await refusal(kind, content)).toMatch(
				/that file has the form of MP4, but holds neither a picture nor sound; (an audio file|a video) has to be/,
			);
		}
	});

	test('the last box may go to the end of the file', async () => {
		const moov = isoMedia({ brand: 'isom', tracks: ['soun'], order: ['moov'] });
		const content = Buffer.concat([
			moov.subarray(0, 24),
			box('wide', Buffer.alloc(0)),
			moov.subarray(24),
		]);
		content.writeUInt32BE(0, content.indexOf('moov') - 4);
		expect((await open('audio', content)).mimeType).toBe('audio/mp4');
	});

	test('a QuickTime film is none of them', async () => {
		const content = isoMedia({ brand: 'qt  ', tracks: ['vide'] });
		expect(await refusal('video', content)).toContain('is video/quicktime; a video has to be MP4');
	});

	test('no more is read than needed, and what is too large is not read at all', async () => {
		const front = isoMedia({ brand: 'isom', tracks: ['vide'], mediaBytes: 10_000_000 });
		const { reads } = await open('video', front);
		expect(reads).toMatchObject({ streams: 2, closed: 2 });
		expect(reads.bytes).toBeLessThan(1_000_000);
		const large = isoMedia({
			brand: 'isom',
			tracks: ['vide'],
			order: ['mdat', 'moov'],
			mediaBytes: 17_000_000,
		});
		const [host, ofLarge] = hostWith(large, {});
		await expect(openItemFile(host, 0, 'data', 'F', 'video')).rejects.toThrow(
			/has 16\.2\d* MB; a video can have at most 16 MB/,
		);
		expect(ofLarge.bytes).toBeLessThan(1_000_000);
	});
});
