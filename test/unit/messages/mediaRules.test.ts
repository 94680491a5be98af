import {
	mediaProblem,
	uploadMimeType,
	type FileFacts,
} from '../../../nodes/WhatsAppCloud/messages/mediaRules';
import type { MediaKind } from '../../../nodes/WhatsAppCloud/messages/mediaReference';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

const file = (mimeType: string, parts: Partial<FileFacts> = {}): FileFacts => ({
	detectedMimeType: mimeType,
	declaredMimeType: mimeType,
	sizeBytes: 1000,
	isAnimated: false,
	...parts,
});

const messageOf = (kind: MediaKind, facts: FileFacts): string | undefined =>
	mediaProblem(kind, facts)?.message;

describe('types', () => {
	test.each<[MediaKind, string]>([
		['image', 'image/jpeg'],
		['image', 'image/png'],
		['image', 'image/apng'],
		['video', 'video/mp4'],
		['video', 'video/3gpp'],
		['video', 'video/x-m4v'],
		['audio', 'audio/aac'],
		['audio', 'audio/amr'],
		['audio', 'audio/mpeg'],
		['audio', 'audio/mp4'],
		['audio', 'audio/x-m4a'],
		['audio', 'audio/ogg; codecs=opus'],
		['voice', 'audio/ogg; codecs=opus'],
		['sticker', 'image/webp'],
		['document', 'application/pdf'],
		['document', 'text/plain'],
		['document', 'application/vnd.ms-powerpoint'],
	])('%s takes %s', (kind, mimeType) => expect(mediaProblem(kind, file(mimeType))).toBeNull());

	test.each<[MediaKind, string, RegExp]>([
		['image', 'image/gif', /^is image\/gif; an image has to be JPEG or PNG$/],
		['image', 'image/webp', /has to be JPEG or PNG/],
		['video', 'video/quicktime', /has to be MP4 or 3GP/],
		['audio', 'audio/wav', /has to be AAC, AMR, MP3, M4A or OGG with Opus/],
		['audio', 'audio/ogg', /^is OGG with another codec than Opus; an audio file has to be AAC/],
		['voice', 'audio/ogg', /^is OGG with another codec than Opus; a voice note has to be OGG/],
		['voice', 'audio/mpeg', /^is audio\/mpeg; a voice note has to be OGG with Opus$/],
		['sticker', 'image/png', /has to be WebP/],
		['sticker', 'application/pdf', /^is application\/pdf/],
		[
			'document',
			'application/x-unheard-of',
			/^is application\/x-unheard-of; a document has to be PDF/,
		],
		['document', 'image/gif', /has to be PDF, plain text \(TXT\), Word \(DOC, DOCX\)/],
	])('%s does not take %s', (kind, mimeType, problem) =>
		expect(messageOf(kind, file(mimeType))).toMatch(problem),
	);

	test('the content counts, not the name', () => {
		const facts = file('image/png', { detectedMimeType: 'application/pdf' });
		expect(messageOf('image', facts)).toBe(
			'is application/pdf, although the item calls it image/png; an image has to be JPEG or PNG',
		);
		const misnamed = file('text/plain', { detectedMimeType: 'image/jpeg' });
		expect(mediaProblem('image', misnamed)).toBeNull();
	});

	test('sound counts as what it is called where the content tells nothing, all else does not', () => {
		expect(mediaProblem('audio', file('audio/aac', { detectedMimeType: null }))).toBeNull();
		expect(messageOf('image', file('', { detectedMimeType: null }))).toMatch(
			/^is of unknown type; /,
		);
		const called = file('application/pdf', { detectedMimeType: null });
		expect(messageOf('document', called)).toMatch(
			/^is of unknown type, although the item calls it application\/pdf; /,
		);
	});
});

describe('sizes: just inside and just outside', () => {
	test.each<[MediaKind, string, number, boolean, RegExp]>([
		['image', 'image/png', 5 * megabyte, false, /an image can have at most 5 MB$/],
		['video', 'video/mp4', 16 * megabyte, false, /a video can have at most 16 MB$/],
		['audio', 'audio/mpeg', 16 * megabyte, false, /an audio file can have at most 16 MB$/],
		['document', 'application/pdf', 100 * megabyte, false, /a document can have at most 100 MB$/],
		['sticker', 'image/webp', 500 * kilobyte, true, /a sticker can have at most 500 KB$/],
		[
			'sticker',
			'image/webp',
			100 * kilobyte,
			false,
			/a sticker that does not move can have at most 100 KB$/,
		],
	])('%s %s: %i bytes', (kind, mimeType, maxBytes, isAnimated, problem) => {
		const facts = { ...file(mimeType), isAnimated };
		expect(mediaProblem(kind, { ...facts, sizeBytes: maxBytes })).toBeNull();
		expect(mediaProblem(kind, { ...facts, sizeBytes: maxBytes + 1 })).not.toBeNull();
		expect(messageOf(kind, { ...facts, sizeBytes: maxBytes * 2 })).toMatch(problem);
	});

	test('an empty file is told', () =>
		expect(messageOf('document', file('text/plain', { sizeBytes: 0 }))).toBe('is empty'));

	test.each<[MediaKind, string, string]>([
		[
			'document',
			'image/png',
			'Send it as an image, or convert it to a type that WhatsApp takes, or',
		],
		['image', 'application/pdf', 'Send it as a document, or convert it to a type that'],
		['audio', 'video/mp4', 'Send it as a video, or convert it to a type that WhatsApp takes.'],
		['document', 'text/csv', 'Convert it to a type that WhatsApp takes, or send it by link'],
	])('%s from %s: the way out', (kind, mimeType, advice) =>
		expect(mediaProblem(kind, file(mimeType))?.advice).toContain(advice),
	);

	test('a file one byte over its limit does not seem to be at it', () => {
		const problem = messageOf('image', file('image/png', { sizeBytes: 5 * megabyte + 1 }));
		expect(problem).toBe('has 5,242,881 bytes; an image can have at most 5,242,880 bytes');
	});
});

describe('the type of the upload', () => {
	test.each<[string, string | null, string]>([
		['text/plain', 'image/png', 'image/png'],
		['audio/mp3', null, 'audio/mpeg'],
		['application/octet-stream', 'application/pdf', 'application/pdf'],
		['image/jpg', 'application/pdf', 'application/pdf'],
		['', 'application/pdf', 'application/pdf'],
	])('declared as %s with the content of %s: %s', (declared, detected, expected) =>
		expect(uploadMimeType(file(declared, { detectedMimeType: detected }))).toBe(expected),
	);
});
