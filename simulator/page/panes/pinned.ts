/** Bar with the pinned messages of a group; a click jumps to the message. */

import { textAt } from '../data/json.ts';
import type { ConversationKey, ChatStore } from '../data/store.ts';
import { el } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { summaryOf } from '../types/table.ts';

/** IDs of the currently pinned messages, latest first. */
function pinnedIds(store: ChatStore, key: ConversationKey): string[] {
	const pinned = new Set<string>();
	for (const { type, body } of store.messages(key)) {
		if (type !== 'pin') continue;
		const id = textAt(body, 'pin', 'message_id');
		pinned.delete(id);
		if (textAt(body, 'pin', 'type') === 'pin') pinned.add(id);
	}
	return [...pinned].reverse();
}

interface PinnedBar {
	readonly element: HTMLElement;
	redraw: () => void;
}

/** @param jumpTo scrolls to a message of the conversation */
export function pinnedBar(
	store: ChatStore,
	key: ConversationKey,
	jumpTo: (messageId: string) => void,
): PinnedBar {
	const element = el('div', { class: 'pinned-bar', 'data-testid': 'pinned', hidden: true });
	const line = (id: string): HTMLElement => {
		const message = store.message(id);
		return el(
			'button',
			{ type: 'button', class: 'pinned-line', disabled: message === undefined },
			[
				icon('pushpin'),
				el('span', { dir: 'auto' }, [
					message === undefined ? 'An earlier message' : summaryOf(message),
				]),
			],
			{ click: () => jumpTo(id) },
		);
	};
	return {
		element,
		redraw: () => {
			const ids = pinnedIds(store, key);
			element.hidden = ids.length === 0;
			element.replaceChildren(...ids.map(line));
		},
	};
}
