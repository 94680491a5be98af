import { jpeg, ogg, png } from '../../simulator/support/files';
import { open, refusal, type Kind } from './storedFile';

/** A JPEG with a tag and a frame header of so many bits and components. */
const jpegOf = (bits: number, components: number): Buffer =>
	Buffer.concat([
		Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
		Buffer.from([0xff, 0xc2, 0, 8 + 3 * components, bits, 0, 1, 0, 1, components]),
		Buffer.alloc(3 * components),
	]);

describe('what Meta does not take in a type that it takes otherwise is told before the upload', () => {
	test.each<[string, Kind, Buffer, string]>([
		['a PNG of 16 bits', 'image', png(100, 16), 'has 16 bits per channel, and WhatsApp takes 8'],
		['a JPEG of 12 bits', 'image', jpegOf(12, 3), 'has 12 bits per channel, and WhatsApp takes 8'],
		['a JPEG for print', 'image', jpegOf(8, 4), 'is in CMYK, and WhatsApp takes RGB'],
		['stereo', 'voice', ogg('OpusHead', 2), 'has 2 channels, and WhatsApp takes mono'],
		['stereo as a file', 'audio', ogg('OpusHead', 2), 'has 2 channels, and WhatsApp takes mono'],
	])('%s', async (_what, kind, content, found) => {
		const shown = await refusal(kind, content);
		expect(shown).toContain(`that file ${found}`);
		expect(shown).toMatch(/ (Save|Convert) it [^.]+\.$/);
	});

	test.each<[string, Kind, Buffer]>([
		['a PNG', 'image', png()],
		['a JPEG in colour', 'image', jpegOf(8, 3)],
		['a JPEG in grey', 'image', jpegOf(8, 1)],
		['a JPEG that ends early', 'image', jpeg()],
		['mono', 'voice', ogg('OpusHead')],
	])('taken: %s', async (_what, kind, content) => {
		await expect(open(kind, content)).resolves.toBeDefined();
	});
});

describe('a drawing is no text to read', () => {
	test.each([
		'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
		'\uFEFF<svg/>',
		'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
		'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n<svg>\n</svg>',
	])('%j', async (content) => {
		const parts = { mimeType: 'application/octet-stream', fileName: 'logo' };
		expect(await refusal('document', Buffer.from(content), parts)).toContain('is image/svg+xml, ');
	});

	test('a text about one is', async () => {
		const parts = { mimeType: 'application/octet-stream', fileName: 'note' };
		expect(await open('document', Buffer.from('Use <svg> here'), parts)).toMatchObject({
			mimeType: 'text/plain',
		});
	});
});
