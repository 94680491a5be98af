/** Images, videos and files of messages: their URLs and how they are shown. */

import { mediaUrl } from '../data/api.ts';
import { textAt } from '../data/json.ts';
import { el, safeUrl } from '../dom/element.ts';
import { icon, playIcon, type IconName } from '../dom/icons.ts';
import { openLightbox } from '../sheets/lightbox.ts';

/** URL of a file given by ID or link; null if it has neither or the link is no web address. */
export function mediaAddress(media: unknown): string | null {
	const id = textAt(media, 'id');
	if (id !== '') return mediaUrl(id);
	const address = safeUrl(textAt(media, 'link'));
	return address !== null && /^https?:/.test(address) ? address : null;
}

/** Placeholder for a file that does not load. */
export function missingMedia(name: IconName, words: string): HTMLElement {
	return el('div', { class: 'media-missing' }, [icon(name), el('span', {}, [words])]);
}

/** Image that opens full size on a click. */
export function picture(media: unknown, description: string): HTMLElement {
	const address = mediaAddress(media);
	if (address === null) return missingMedia('image', 'Image without a URL');
	const image = el('img', {
		class: 'media-picture',
		src: address,
		alt: description,
		loading: 'lazy',
		decoding: 'async',
		referrerpolicy: 'no-referrer',
	});
	const button = el(
		'button',
		{ type: 'button', class: 'media-button', 'aria-label': `Open image: ${description}` },
		[image],
		{ click: () => openLightbox('image', address, description) },
	);
	image.addEventListener('error', () => {
		button.replaceWith(missingMedia('image', 'Image not available'));
	});
	return button;
}

/** First frame of a video, with a button that plays it full size. */
export function videoPoster(media: unknown, description: string): HTMLElement {
	const address = mediaAddress(media);
	if (address === null) return missingMedia('video', 'Video without a URL');
	// The fragment makes browsers show the first frame instead of black.
	const video = el('video', {
		class: 'media-picture',
		src: `${address}#t=0.1`,
		preload: 'metadata',
		playsinline: true,
		tabindex: -1,
	});
	video.muted = true;
	const button = el(
		'button',
		{ type: 'button', class: 'media-button', 'aria-label': `Play video: ${description}` },
		[video, el('span', { class: 'media-play' }, [playIcon()])],
		{ click: () => openLightbox('video', address, description) },
	);
	video.addEventListener('error', () => {
		button.replaceWith(missingMedia('video', 'Video not available'));
	});
	return button;
}

const kindsOfFiles: [RegExp, string][] = [
	[/pdf$/i, 'PDF'],
	[/(docx?|odt|msword|wordprocessingml\.document)$/i, 'DOC'],
	[/(xlsx?|ods|csv|ms-excel|spreadsheetml\.sheet)$/i, 'XLS'],
	[/(pptx?|odp|ms-powerpoint|presentationml\.presentation)$/i, 'PPT'],
	[/(txt|plain)$/i, 'TXT'],
	[/(zip|gz|tar|7z|rar)$/i, 'ZIP'],
];

function kindOfFile(name: string, mimeType: string): string {
	for (const [pattern, kind] of kindsOfFiles) {
		if (pattern.test(name) || pattern.test(mimeType)) return kind;
	}
	return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? 'FILE';
}

/** Line with icon, name and kind of a file; a click opens it. */
export function fileLine(media: unknown): HTMLElement {
	const address = mediaAddress(media);
	const linkName = decodeName(textAt(media, 'link').split(/[?#]/)[0]?.split('/').at(-1) ?? '');
	const name = textAt(media, 'filename') || linkName || 'Document';
	const kind = kindOfFile(name, textAt(media, 'mime_type'));
	const content = [
		el('span', { class: `file-kind file-kind-${kind.toLowerCase()}`, 'aria-hidden': 'true' }, [
			kind,
		]),
		el('span', { class: 'file-words' }, [
			el('span', { class: 'file-name', dir: 'auto' }, [name]),
			el('span', { class: 'file-note' }, [address === null ? 'No URL' : `${kind} document`]),
		]),
		address !== null && el('span', { class: 'file-open' }, [icon('download')]),
	];
	if (address === null) return el('div', { class: 'file-line' }, content);
	return el(
		'a',
		{
			class: 'file-line',
			href: address,
			target: '_blank',
			rel: 'noopener noreferrer',
			download: name,
		},
		content,
	);
}

function decodeName(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
