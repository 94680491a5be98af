import { textAt, at } from '../data/json.ts';
import { el, link } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { formattedText, plainLine } from '../text/formatted.ts';
import { firstLink } from '../text/formatting.ts';
import type { MessageView } from './view.ts';

/** Stands in for Meta's link preview: shows the address without fetching it. */
function previewLine(address: string): HTMLElement | null {
	if (!URL.canParse(address)) return null;
	const url = new URL(address);
	const path = url.pathname === '/' ? '' : url.pathname;
	return link(
		address,
		[
			el('span', { class: 'preview-icon', 'aria-hidden': 'true' }, [icon('external')]),
			el('span', { class: 'preview-words' }, [
				el('span', { class: 'preview-site' }, [url.hostname.replace(/^www\./, '')]),
				el('span', { class: 'preview-path' }, [path + url.search || url.origin]),
			]),
		],
		{ class: 'preview' },
	);
}

export const textView: MessageView = {
	draw: ({ body }) => {
		const text = textAt(body, 'text', 'body');
		const address = at(body, 'text', 'preview_url') === true ? firstLink(text) : null;
		return {
			content: [address !== null && previewLine(address), formattedText(text)],
			time: 'inline',
		};
	},
	summary: ({ body }) => plainLine(textAt(body, 'text', 'body')),
};
