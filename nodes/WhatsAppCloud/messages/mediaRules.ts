import { formatNumber } from '../values/limits';
import type { MediaKind } from './mediaReference';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** What Meta takes for one kind of media. */
interface MediaRule {
	/** How the editor calls it, with its article. */
	label: string;
	maxBytes: number;
	mimeTypes: readonly string[];
	/** The types in the words of users. */
	typesInWords: string;
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types */
const mediaRules: Record<MediaKind, MediaRule> = {
	image: {
		label: 'An image',
		maxBytes: 5 * megabyte,
		mimeTypes: ['image/jpeg', 'image/png'],
		typesInWords: 'JPEG or PNG',
	},
	video: {
		label: 'A video',
		maxBytes: 16 * megabyte,
		mimeTypes: ['video/mp4', 'video/3gpp'],
		typesInWords: 'MP4 or 3GP',
	},
	audio: {
		label: 'An audio file',
		maxBytes: 16 * megabyte,
		mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
		typesInWords: 'AAC, AMR, MP3, M4A or OGG with Opus',
	},
	voice: {
		label: 'A voice note',
		maxBytes: 16 * megabyte,
		mimeTypes: ['audio/ogg'],
		typesInWords: 'OGG with Opus',
	},
	document: {
		label: 'A document',
		maxBytes: 100 * megabyte,
		// Meta lists office types, but whether it refuses others is not documented: any type passes.
		mimeTypes: [],
		typesInWords: 'any type',
	},
	sticker: {
		label: 'A sticker',
		maxBytes: 500 * kilobyte,
		mimeTypes: ['image/webp'],
		typesInWords: 'WebP',
	},
};

/** A sticker that does not move has to be smaller than one that does. */
const maxStaticStickerBytes = 100 * kilobyte;

/** Other names of the same types, as detectors and browsers give them. */
const aliases: Record<string, string> = {
	'audio/mp3': 'audio/mpeg',
	'audio/x-m4a': 'audio/mp4',
	'audio/m4a': 'audio/mp4',
	'video/3gpp2': 'video/3gpp',
	'audio/opus': 'audio/ogg',
	'image/jpg': 'image/jpeg',
	'image/apng': 'image/png',
	'video/x-m4v': 'video/mp4',
};

/** `audio/ogg; codecs=opus` → `audio/ogg`, and one name per type. */
export function normaliseMimeType(mimeType: string): string {
	const essence = (mimeType.split(';')[0] ?? '').trim().toLowerCase();
	return aliases[essence] ?? essence;
}

/** What is known of a file before it is uploaded. */
export interface FileFacts {
	/** From the first bytes; null where they do not tell (plain text, old office files). */
	detectedMimeType: string | null;
	/** From the item. */
	declaredMimeType: string;
	sizeBytes: number;
	/** Only looked at for stickers. */
	isAnimated: boolean;
}

/**
 * Checks a file against Meta's rules for its kind, by content before name.
 *
 * @returns what is wrong, to complete the sentence "File …"; null when Meta should take it
 */
export function mediaProblem(kind: MediaKind, file: FileFacts): string | null {
	const rule = mediaRules[kind];
	if (file.sizeBytes === 0) return 'is empty';
	const found = normaliseMimeType(file.detectedMimeType ?? file.declaredMimeType);
	if (rule.mimeTypes.length > 0 && !rule.mimeTypes.includes(found)) {
		const declared = normaliseMimeType(file.declaredMimeType);
		const surprise =
			file.detectedMimeType !== null && declared !== found
				? `, although the item calls it ${file.declaredMimeType}`
				: '';
		return `is ${found || 'of unknown type'}${surprise}; ${rule.label.toLowerCase()} has to be ${rule.typesInWords}`;
	}
	if (found === 'audio/ogg' && rule.mimeTypes.includes(found) && isOtherCodec(file)) {
		return `is OGG with another codec than Opus; ${rule.label.toLowerCase()} has to be ${rule.typesInWords}`;
	}
	const maxBytes = kind === 'sticker' && !file.isAnimated ? maxStaticStickerBytes : rule.maxBytes;
	if (file.sizeBytes <= maxBytes) return null;
	const what = kind === 'sticker' && !file.isAnimated ? 'A sticker that does not move' : rule.label;
	// Rounded, a file just over the limit would seem to be at it.
	const looksEqual = inUnits(file.sizeBytes) === inUnits(maxBytes);
	const [size, limit] = [file.sizeBytes, maxBytes].map(looksEqual ? inBytes : inUnits);
	return `has ${size}; ${what.toLowerCase()} can have at most ${limit}`;
}

/** Detectors name Opus beside the container; older OGG files hold Vorbis, Speex or FLAC. */
const isOtherCodec = ({ detectedMimeType }: FileFacts): boolean =>
	detectedMimeType !== null && !detectedMimeType.toLowerCase().includes('opus');

const inBytes = (bytes: number): string => `${formatNumber(bytes)} bytes`;

function inUnits(bytes: number): string {
	if (bytes < 10 * kilobyte) return inBytes(bytes);
	return bytes < megabyte
		? `${Math.round((bytes / kilobyte) * 10) / 10} KB`
		: `${Math.round((bytes / megabyte) * 100) / 100} MB`;
}

/** The type under which a file is uploaded: what it is, not how it is called. */
export function uploadMimeType(kind: MediaKind, file: FileFacts): string {
	if (kind === 'document')
		return file.declaredMimeType || file.detectedMimeType || 'application/octet-stream';
	return normaliseMimeType(file.detectedMimeType ?? file.declaredMimeType);
}
