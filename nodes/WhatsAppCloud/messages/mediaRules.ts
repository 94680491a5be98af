import { normaliseMimeType } from '../values/files/fileEnding';
import { formatNumber } from '../values/limits';
import type { MediaKind } from './mediaReference';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** What Meta accepts for one kind of media. */
interface MediaRule {
	/** What the editor calls it, with its article. */
	label: string;
	maxBytes: number;
	mimeTypes: readonly string[];
	/** The types in users' words. */
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
		typesInWords: 'MP4 or 3GP with a picture',
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
		mimeTypes: [
			'application/pdf',
			'text/plain',
			'application/msword',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'application/vnd.ms-excel',
			'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'application/vnd.ms-powerpoint',
			'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		],
		typesInWords:
			'PDF, plain text (TXT), Word (DOC, DOCX), Excel (XLS, XLSX) or PowerPoint (PPT, PPTX)',
	},
	sticker: {
		label: 'A sticker',
		maxBytes: 500 * kilobyte,
		mimeTypes: ['image/webp'],
		typesInWords: 'WebP',
	},
};

/** A static sticker has to be smaller than an animated one. */
const maxStaticStickerBytes = 100 * kilobyte;

/** What is known about a file before it is uploaded. */
export interface FileFacts {
	/** From the content; null if the content does not show it. */
	detectedMimeType: string | null;
	/** From the item. */
	declaredMimeType: string;
	sizeBytes: number;
	/** Matters only for stickers. */
	isAnimated: boolean;
	/** What is wrong with it, whatever it is sent as. Completes the sentence "File …". */
	fault?: string | undefined;
	/** What Meta does not take in a file of this type. */
	flaw?: Flaw | undefined;
}

/** Something in a file that Meta does not take, although it takes the type. */
export interface Flaw {
	/** Completes the sentence "File …". */
	message: string;
	/** What to do next. */
	advice: string;
}

/** Why a file cannot be sent as intended. */
interface MediaProblem {
	/** Completes the sentence "File …". */
	message: string;
	/** What to do next. */
	advice: string;
}

/**
 * Checks a file against Meta's rules for its kind, by content before name.
 *
 * @returns null if Meta should accept it
 */
export function mediaProblem(kind: MediaKind, file: FileFacts): MediaProblem | null {
	if (file.sizeBytes === 0) {
		return { message: 'is empty', advice: 'Look at the node that made or fetched the file.' };
	}
	return typeProblem(kind, file) ?? sizeProblem(kind, file);
}

/** Audio types without a fixed beginning, which the content may not reveal. */
const takenAtTheirWord: ReadonlySet<string> = new Set(['audio/aac', 'audio/mpeg']);

/**
 * What a file is, as far as known. All other types that Meta accepts are recognised, so an
 * unrecognised file is something else, whatever it is called.
 */
function typeOf({ detectedMimeType, declaredMimeType }: FileFacts): string {
	if (detectedMimeType !== null) return normaliseMimeType(detectedMimeType);
	const declared = normaliseMimeType(declaredMimeType);
	return takenAtTheirWord.has(declared) ? declared : '';
}

function typeProblem(kind: MediaKind, file: FileFacts): MediaProblem | null {
	const { label, mimeTypes, typesInWords } = mediaRules[kind];
	const needed = `${label.toLowerCase()} has to be ${typesInWords}`;
	const found = typeOf(file);
	if (file.fault !== undefined) {
		return { message: `${file.fault}; ${needed}`, advice: wayOut(kind, '') };
	}
	if (!mimeTypes.includes(found)) {
		const declared = normaliseMimeType(file.declaredMimeType);
		const isSurprise = declared !== found && declared !== '';
		const surprise = isSurprise ? `, although the item calls it ${file.declaredMimeType}` : '';
		return {
			message: `is ${found || 'of unknown type'}${surprise}; ${needed}`,
			advice: wayOut(kind, found),
		};
	}
	if (found === 'audio/ogg' && isOtherCodec(file)) {
		return {
			message: `is OGG with another codec than Opus; ${needed}`,
			advice: 'Convert it to OGG with Opus.',
		};
	}
	return file.flaw ?? null;
}

/** Where the file can go instead. */
function wayOut(kind: MediaKind, found: string): string {
	const other = Object.entries(mediaRules).find(
		([name, { mimeTypes }]) => name !== kind && mimeTypes.includes(found),
	);
	const asOther = other === undefined ? '' : `send it as ${other[1].label.toLowerCase()}, or `;
	// Meta fetches a linked file and judges it for itself.
	return sentence(
		`${asOther}convert it to a type that WhatsApp takes${
			kind === 'document' ? ', or send it by link (File From: Link) instead of uploading it' : ''
		}.`,
	);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Checks the size alone, since a file that is too large need not be examined further. */
export function sizeProblem(kind: MediaKind, file: FileFacts): MediaProblem | null {
	const rule = mediaRules[kind];
	const maxBytes = kind === 'sticker' && !file.isAnimated ? maxStaticStickerBytes : rule.maxBytes;
	if (file.sizeBytes <= maxBytes) return null;
	const what = kind === 'sticker' && !file.isAnimated ? 'A sticker that does not move' : rule.label;
	// When rounded, a file just over the limit would seem to be at it.
	const looksEqual = inUnits(file.sizeBytes) === inUnits(maxBytes);
	const asText = looksEqual ? inBytes : inUnits;
	const limit = asText(maxBytes);
	return {
		message: `has ${asText(file.sizeBytes)}; ${what.toLowerCase()} can have at most ${limit}`,
		advice: 'Shrink or divide the file, or put it on the web and send the address as text.',
	};
}

/** Detectors name Opus along with the container; older OGG files hold Vorbis, Speex or FLAC. */
const isOtherCodec = ({ detectedMimeType }: FileFacts): boolean =>
	detectedMimeType !== null && !detectedMimeType.toLowerCase().includes('opus');

const inBytes = (bytes: number): string => `${formatNumber(bytes)} bytes`;

function inUnits(bytes: number): string {
	if (bytes < 10 * kilobyte) return inBytes(bytes);
	return bytes < megabyte
		? `${Math.round((bytes / kilobyte) * 10) / 10} KB`
		: `${Math.round((bytes / megabyte) * 100) / 100} MB`;
}

/** The type that a file is uploaded as: what it is, not what it is called. */
export const uploadMimeType = typeOf;
