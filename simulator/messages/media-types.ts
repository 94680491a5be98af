import { own } from '../json.ts';

/** What a file can be sent as. */
export type MediaKind = 'image' | 'video' | 'audio' | 'sticker' | 'document';

interface MediaTypeRule {
	kind: MediaKind;
	/** Bytes. */
	maxBytes: number;
	/** Kinds of content allowed, see media-content.ts; with null, also anything unrecognised. */
	content: readonly string[] | null;
}

const megabyte = 1024 * 1024;

const image = (content: string): MediaTypeRule => ({
	kind: 'image',
	maxBytes: 5 * megabyte,
	content: [content],
});

const video = (): MediaTypeRule => ({
	kind: 'video',
	maxBytes: 16 * megabyte,
	content: ['mp4'],
});

const audio = (...content: string[]): MediaTypeRule => ({
	kind: 'audio',
	maxBytes: 16 * megabyte,
	content,
});

const document = (...content: string[]): MediaTypeRule => ({
	kind: 'document',
	maxBytes: 100 * megabyte,
	content: content.length > 0 ? content : null,
});

/** A static sticker may have 100 KB, an animated one 500 KB. */
export const stickerLimits = { staticBytes: 100 * 1024, animatedBytes: 500 * 1024 } as const;

/**
 * Types that WhatsApp supports.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 */
const mediaTypes: Readonly<Record<string, MediaTypeRule>> = {
	'image/jpeg': image('jpeg'),
	'image/png': image('png'),
	'image/webp': { kind: 'sticker', maxBytes: stickerLimits.animatedBytes, content: ['webp'] },
	'video/mp4': video(),
	'video/3gp': video(),
	'video/3gpp': video(),
	'audio/aac': audio('aac'),
	'audio/amr': audio('amr'),
	'audio/mpeg': audio('mp3'),
	'audio/mp4': audio('mp4'),
	'audio/ogg': audio('ogg-opus'),
	'text/plain': document(),
	'application/pdf': document('pdf'),
	'application/msword': document('ole'),
	'application/vnd.ms-excel': document('ole'),
	'application/vnd.ms-powerpoint': document('ole'),
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': document('zip'),
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': document('zip'),
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': document('zip'),
};

export const supportedMimeTypes: readonly string[] = Object.keys(mediaTypes);

/** The type without parameters: `audio/ogg; codecs=opus` becomes `audio/ogg`. */
export function baseMimeType(mimeType: string): string {
	return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

export function mediaTypeOf(mimeType: string): MediaTypeRule | undefined {
	return own(mediaTypes, baseMimeType(mimeType));
}
