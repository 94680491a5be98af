import { isoMedia } from '../../fixtures/files/isoMedia';

/** Files that start like their type, padded to a size. */

function file(head: Buffer, size = head.length): Buffer {
	return Buffer.concat([head, Buffer.alloc(Math.max(0, size - head.length))]);
}

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');

/** `bitDepth` is the 25th byte. */
export const png = (size?: number, bitDepth = 8): Buffer =>
	file(
		Buffer.concat([
			hex('89504e470d0a1a0a0000000d494844520000000100000001'),
			Buffer.from([bitDepth, 2, 0, 0, 0]),
		]),
		size,
	);
export const jpeg = (size?: number): Buffer => file(hex('ffd8ffe000104a464946'), size);
export const pdf = (size?: number): Buffer => file(Buffer.from('%PDF-1.7\n'), size);
export const zip = (size?: number): Buffer => file(hex('504b030414000600'), size);
/** With video and sound. */
export const mp4 = (size?: number): Buffer =>
	file(isoMedia({ brand: 'isom', tracks: ['vide', 'soun'] }), size);
export const mp3 = (size?: number): Buffer => file(hex('494433030000'), size);
export const amr = (size?: number): Buffer => file(Buffer.from('#!AMR\n'), size);
export const aac = (size?: number): Buffer => file(hex('fff15080'), size);

/** The codec header follows the page's 28-byte header; its tenth byte is the channel count. */
export const ogg = (codec: 'OpusHead' | '\u0001vorbis', channels = 1): Buffer =>
	Buffer.concat([
		Buffer.from('OggS'),
		Buffer.alloc(24),
		Buffer.from(codec, 'latin1'),
		Buffer.from([1, channels]),
		Buffer.alloc(16),
	]);

/** An animated one has the extended header with the animation bit set. */
export const webp = (isAnimated: boolean, size?: number): Buffer =>
	file(
		Buffer.concat([
			Buffer.from('RIFF'),
			hex('00000000'),
			Buffer.from(isAnimated ? 'WEBPVP8X' : 'WEBPVP8 '),
			hex('0a000000'),
			Buffer.from([isAnimated ? 2 : 0]),
		]),
		size,
	);
