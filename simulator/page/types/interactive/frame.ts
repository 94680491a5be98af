/** What all interactive messages share: header, body and footer. */

import { numberAt, objectAt, textAt } from '../../data/json.ts';
import { el, type Child } from '../../dom/element.ts';
import { formattedText, plainLine } from '../../text/formatted.ts';
import { locationCard } from '../location.ts';
import { fileLine, picture, videoPoster } from '../media.ts';

/** Header of any kind: text, image, video, document or location. */
export function headerNode(header: unknown): Child {
	switch (textAt(header, 'type').toLowerCase()) {
		case 'text':
			return el('div', { class: 'message-header', dir: 'auto' }, [textAt(header, 'text')]);
		case 'image':
			return picture(objectAt(header, 'image'), 'Photo');
		case 'video':
			return videoPoster(objectAt(header, 'video'), 'Video');
		case 'gif':
			return videoPoster(objectAt(header, 'gif'), 'Animation');
		case 'document':
			return fileLine(objectAt(header, 'document'));
		case 'location':
			return numberAt(header, 'location', 'latitude') === null
				? null
				: locationCard(objectAt(header, 'location'));
		default:
			return null;
	}
}

/** Footer in small grey text. */
export function footerNode(text: string): Child {
	return text !== '' && el('div', { class: 'message-footer', dir: 'auto' }, [text]);
}

/** Header, body and footer of an interactive message; `between` goes below the body. */
export function interactiveContent(interactive: unknown, between: Child[] = []): Child[] {
	const body = textAt(interactive, 'body', 'text');
	return [
		headerNode(objectAt(interactive, 'header')),
		body !== '' && formattedText(body),
		...between,
		footerNode(textAt(interactive, 'footer', 'text')),
	];
}

/** Body in one line; `fallback` if it has none. */
export function interactiveSummary(interactive: unknown, fallback: string): string {
	return plainLine(textAt(interactive, 'body', 'text')) || fallback;
}
