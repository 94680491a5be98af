/** What a file is, going by its first bytes. */
interface Content {
	/** `jpeg`, `png`, `webp`, `mp4`, `ogg-opus` … or null if not recognised. */
	kind: string | null;
	/** Why WhatsApp refuses it nevertheless. */
	fault: string | null;
	isAnimated: boolean;
}

/** Kinds by their first bytes. */
const signatures: readonly (readonly [kind: string, bytes: string])[] = [
	['jpeg', 'ffd8ff'],
	['pdf', '255044462d'],
	['zip', '504b0304'],
	['ole', 'd0cf11e0a1b11ae1'],
	['amr', '2321414d52'],
	['gif', '47494638'],
	['gzip', '1f8b'],
	['elf', '7f454c46'],
	['exe', '4d5a90'],
];

/**
 * Recognises a file by its first few kilobytes. Codecs are only checked in OGG containers.
 */
export function recognise(head: Buffer): Content {
	const plain = (kind: string | null): Content => ({ kind, fault: null, isAnimated: false });
	if (ascii(head, 1, 4) === 'PNG' && head[0] === 0x89) return png(head);
	if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') {
		const isAnimated = ascii(head, 12, 16) === 'VP8X' && ((head[20] ?? 0) & 0x02) !== 0;
		return { kind: 'webp', fault: null, isAnimated };
	}
	if (ascii(head, 0, 4) === 'RIFF') return plain('riff');
	if (ascii(head, 4, 8) === 'ftyp') return plain('mp4');
	if (ascii(head, 0, 4) === 'OggS') return ogg(head);
	if (ascii(head, 0, 3) === 'ID3') return plain(tagged(head));
	const hex = head.toString('hex', 0, 8);
	for (const [kind, bytes] of signatures) if (hex.startsWith(bytes)) return plain(kind);
	return plain(audioFrame(head));
}

/**
 * MPEG audio and AAC both begin with eleven or twelve set bits; the layer bits differ. Those of layer
 * I are no MP3, and the same bytes begin a text in UTF-16.
 */
function audioFrame(head: Buffer): 'aac' | 'mp3' | null {
	const second = head[1] ?? 0;
	if (head[0] !== 0xff) return null;
	if ((second & 0xf6) === 0xf0) return 'aac';
	return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0x06 ? 'mp3' : null;
}

/** What follows a tag, whose length has seven bits in each byte; a longer one is taken for an MP3's. */
function tagged(head: Buffer): 'aac' | 'mp3' {
	const length = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0);
	return audioFrame(head.subarray(10 + length)) ?? 'mp3';
}

/** WhatsApp only shows PNGs with 8 bits per channel. */
function png(head: Buffer): Content {
	const bitDepth = head[24];
	const fault = bitDepth === 16 ? 'The image has 16 bits per channel, 8 are supported' : null;
	return { kind: 'png', fault, isAnimated: false };
}

/** An OGG file must have OPUS with one channel. */
function ogg(head: Buffer): Content {
	const offset = head.indexOf('OpusHead');
	if (offset < 0) return { kind: 'ogg', fault: null, isAnimated: false };
	const channels = head[offset + 9];
	const fault = channels !== undefined && channels > 1 ? 'The audio must be mono' : null;
	return { kind: 'ogg-opus', fault, isAnimated: false };
}

function ascii(head: Buffer, start: number, end: number): string {
	return head.toString('latin1', start, end);
}
