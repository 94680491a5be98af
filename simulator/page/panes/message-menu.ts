/** What the customer can do with a message: reply, react, edit, inspect. */

import type { ChatMessage } from '../../chat-contract.ts';
import { textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { closePopover, menuItem, openPopover } from '../dom/popover.ts';
import { copyText } from '../dom/toast.ts';
import { openSheet } from '../sheets/sheet.ts';
import { exactTime } from '../text/dates.ts';
import { foldedJson } from '../types/unknown.ts';
import type { Chat } from '../types/view.ts';
import { openEmojiPicker, quickReactions } from './emoji.ts';
import { errorLine } from './ticks.ts';

/** Sends or removes the customer's reaction. */
function react(chat: Chat, message: ChatMessage, emoji: string): void {
	const takesBack = message.reactions.customer === emoji;
	void chat.send({
		type: 'reaction',
		reaction: { message_id: message.id, emoji: takesBack ? '' : emoji },
	});
}

/** Row of quick reactions, with a button for all others. */
function reactionRow(chat: Chat, message: ChatMessage, anchor: HTMLElement): HTMLElement {
	const own = message.reactions.customer;
	const choices =
		own === null || quickReactions.includes(own) ? quickReactions : [own, ...quickReactions];
	return el('div', { class: 'reaction-row', role: 'group', 'aria-label': 'React' }, [
		...choices.map((emoji) =>
			el(
				'button',
				{
					type: 'button',
					class: `reaction-button ${emoji === own ? 'is-own' : ''}`,
					'aria-pressed': emoji === own ? 'true' : 'false',
					'aria-label': emoji === own ? `Remove ${emoji}` : `React with ${emoji}`,
				},
				[emoji],
				{
					click: () => {
						closePopover();
						react(chat, message, emoji);
					},
				},
			),
		),
		el(
			'button',
			{ type: 'button', class: 'reaction-button', 'aria-label': 'More emoji' },
			[icon('plus')],
			{
				click: () => {
					closePopover();
					openEmojiPicker(anchor, (emoji) => react(chat, message, emoji));
				},
			},
		),
	]);
}

function line(label: string, value: string): HTMLElement | null {
	if (value === '') return null;
	return el('div', { class: 'detail-line' }, [
		el('span', { class: 'note' }, [label]),
		el('span', { class: 'detail-value' }, [value]),
	]);
}

function openDetails(chat: Chat, message: ChatMessage): void {
	openSheet({
		title: 'Message details',
		content: [
			line('Type', message.type),
			line('From', message.author),
			line('ID', message.id),
			line('Time', exactTime(message.timestamp)),
			line('Status', message.status ?? ''),
			line('Error', errorLine(message)),
			line('Details', textAt(message.errors[0], 'error_data', 'details')),
			line('Reply to', message.contextId ?? ''),
			line('Callback data', textAt(message.body, 'biz_opaque_callback_data')),
			foldedJson('Body', message.body),
			message.template !== null && foldedJson('Template definition', message.template),
			message.errors.length > 0 && foldedJson('Errors', message.errors),
		],
		host: chat.host,
	});
}

/** Opens just the reactions. */
export function openReactionMenu(chat: Chat, message: ChatMessage, anchor: HTMLElement): void {
	openPopover(anchor, 'Reactions', [reactionRow(chat, message, anchor)], 'popover-menu');
}

/** Opens a message's menu. */
export function openMessageMenu(
	chat: Chat,
	message: ChatMessage,
	anchor: HTMLElement,
	startReply: () => void,
	startEdit: (() => void) | null,
): void {
	const text =
		textAt(message.body, 'text', 'body') || textAt(message.body, 'interactive', 'body', 'text');
	const isOwn = message.author === 'customer';
	const revoke = (): void => {
		void chat.send({ type: 'revoke', revoke: { original_message_id: message.id } });
	};
	openPopover(
		anchor,
		'Message options',
		[
			reactionRow(chat, message, anchor),
			menuItem('reply', 'Reply', startReply),
			...(startEdit === null ? [] : [menuItem('edit', 'Edit', startEdit)]),
			...(text === '' ? [] : [menuItem('copy', 'Copy text', () => copyText(text, 'Copied'))]),
			menuItem('tag', 'Copy message ID', () => copyText(message.id, 'Message ID copied')),
			menuItem('braces', 'Details', () => openDetails(chat, message)),
			...(isOwn ? [menuItem('trash', 'Delete for everyone', revoke)] : []),
		],
		'popover-menu',
	);
}
