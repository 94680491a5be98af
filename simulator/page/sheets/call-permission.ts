/** The customer decides whether the business may call. */

import { el } from '../dom/element.ts';
import type { Chat } from '../types/view.ts';
import { openSheet } from './sheet.ts';

/** At Meta, a temporary permission ends after seven days. */
const temporaryForSeconds = 7 * 86_400;

/** Opens the choice; the answer goes back as `call_permission_reply`. */
export function openCallPermission(chat: Chat, contextId: string): void {
	const choose = async (reply: object): Promise<void> => {
		const sent = await chat.send(
			{
				type: 'interactive',
				interactive: {
					type: 'call_permission_reply',
					call_permission_reply: { ...reply, response_source: 'user_action' },
				},
			},
			contextId,
		);
		if (sent) sheet.close();
	};
	const choice = (id: string, title: string, note: string, reply: () => object): HTMLElement =>
		el(
			'button',
			{ type: 'button', class: 'choice choice-button', 'data-testid': id },
			[
				el('span', { class: 'choice-words' }, [
					el('span', { class: 'choice-title' }, [title]),
					el('span', { class: 'note' }, [note]),
				]),
			],
			{ click: () => choose(reply()) },
		);
	const sheet = openSheet({
		title: 'Calls from this business',
		content: [
			choice('call-always', 'Always allow', 'Until you change it', () => ({
				response: 'accept',
				is_permanent: true,
			})),
			choice('call-temporary', 'Allow temporarily', 'For seven days', () => ({
				response: 'accept',
				is_permanent: false,
				expiration_timestamp: Math.floor(chat.store.now() / 1000) + temporaryForSeconds,
			})),
			choice('call-reject', 'Don’t allow', 'The business cannot call you', () => ({
				response: 'reject',
			})),
		],
		host: chat.host,
	});
}
