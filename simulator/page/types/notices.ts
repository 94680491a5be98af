/** Messages that are really notices about other messages. */

import { textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { icon, type IconName } from '../dom/icons.ts';
import type { MessageView } from './view.ts';

function notice(name: IconName, words: string): HTMLElement {
	return el('div', { class: 'notice' }, [icon(name), el('span', {}, [words])]);
}

export const revokedView: MessageView = {
	draw: ({ author }) => ({
		content: [
			notice(
				'trash',
				author === 'customer' ? 'You deleted this message' : 'This message was deleted',
			),
		],
		time: 'inline',
	}),
	summary: () => '🚫 Deleted message',
};

/** The customer's number or identity changed. */
export const systemView: MessageView = {
	draw: ({ body }) => ({
		content: [notice('person', textAt(body, 'system', 'body') || textAt(body, 'system', 'type'))],
		time: 'inline',
	}),
	summary: ({ body }) => textAt(body, 'system', 'body') || 'System message',
};

export const pinView: MessageView = {
	draw: ({ body }) => ({
		content: [
			notice(
				'pushpin',
				textAt(body, 'pin', 'type') === 'unpin' ? 'Unpinned a message' : 'Pinned a message',
			),
		],
		time: 'inline',
	}),
	summary: () => '📌 Pin',
};
