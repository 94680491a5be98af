/** A message: bubble, quote, time, ticks and reactions. */

import type { ChatMessage } from '../../chat-contract.ts';
import { objectAt } from '../data/json.ts';
import { el, type Child } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { formattedText } from '../text/formatted.ts';
import { mediaAddress } from '../types/media.ts';
import { summaryOf, viewOf } from '../types/table.ts';
import type { Chat, Drawing } from '../types/view.ts';
import { failureNode, timeAndTicks, timeText } from './ticks.ts';

/** Actions on a message. */
export interface BubbleActions {
	openMenu: (message: ChatMessage, anchor: HTMLElement) => void;
	openReactions: (message: ChatMessage, anchor: HTMLElement) => void;
	jumpTo: (messageId: string) => void;
}

/** A message after its edit or revocation. */
function currentForm(message: ChatMessage, chat: Chat): ChatMessage {
	const alteration = chat.store.alteration(message.id);
	if (alteration === undefined) return message;
	if (alteration.type === 'revoke') return { ...message, type: 'revoke', body: alteration.body };
	const edited = objectAt(alteration.body, 'edit', 'message');
	return { ...message, body: { ...message.body, ...edited } };
}

/** Changes whenever the bubble must be redrawn; status and reactions are updated in place. */
export function bubbleSignature(message: ChatMessage, chat: Chat): string {
	const { type, body, template } = currentForm(message, chat);
	return JSON.stringify([type, body, template, message.contextId]);
}

/** Name of a message's author as the customer sees it. */
function authorName(message: ChatMessage, chat: Chat): string {
	return message.author === 'customer' ? 'You' : chat.store.businessName(message.phoneNumberId);
}

/** Quoted message, in a bubble or above the composer. */
export function quoteContent(message: ChatMessage, chat: Chat): Child[] {
	const form = currentForm(message, chat);
	const picture = ['image', 'sticker'].includes(form.type)
		? mediaAddress(objectAt(form.body, form.type))
		: null;
	return [
		el('span', { class: 'quote-words' }, [
			el('span', { class: 'quote-author', dir: 'auto' }, [authorName(message, chat)]),
			el('span', { class: 'quote-text', dir: 'auto' }, [summaryOf(form)]),
		]),
		picture !== null &&
			el('img', { class: 'quote-picture', src: picture, alt: '', referrerpolicy: 'no-referrer' }),
	];
}

function quote(contextId: string, chat: Chat, actions: BubbleActions): HTMLElement {
	const quoted = chat.store.message(contextId);
	if (quoted === undefined) {
		return el('div', { class: 'quote quote-missing' }, ['Message not available']);
	}
	return el(
		'button',
		{
			type: 'button',
			class: `quote quote-${quoted.author}`,
			'aria-label': `Replied to: ${summaryOf(quoted)}`,
		},
		quoteContent(quoted, chat),
		{ click: () => actions.jumpTo(contextId) },
	);
}

function draw(message: ChatMessage, chat: Chat): Drawing {
	try {
		return viewOf(message).draw(message, chat);
	} catch (error) {
		// One odd body must not break the whole conversation.
		console.warn('A message could not be displayed', error);
		return { content: [formattedText(`This ${message.type} message could not be displayed.`)] };
	}
}

const rightToLeft =
	/^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Leaves room for the time at the end of the last line. Right-to-left text ends on the other side,
 * so there the time gets a line of its own.
 */
function leaveRoom(content: HTMLElement): void {
	const texts = content.querySelectorAll(':scope > .text, :scope > .notice');
	const last = texts[texts.length - 1];
	const paragraph = last?.lastElementChild?.matches('p') === true ? last.lastElementChild : last;
	if (rightToLeft.test(last?.textContent ?? '')) {
		content.classList.replace('time-inline', 'time-line');
		return;
	}
	(paragraph ?? content).append(el('span', { class: 'time-room' }));
}

function reactionsNode(message: ChatMessage, actions: BubbleActions): HTMLElement | null {
	const { business, customer } = message.reactions;
	const emoji = [...new Set([business, customer].filter((one) => one !== null && one !== ''))];
	if (emoji.length === 0) return null;
	const who = [
		business !== null && business !== '' && `Business: ${business}`,
		customer !== null && customer !== '' && `You: ${customer}`,
	].filter(Boolean);
	const both = who.length === 2 && emoji.length === 1;
	return el(
		'button',
		{
			type: 'button',
			class: 'reactions',
			'data-testid': 'reactions',
			title: who.join(', '),
			'aria-label': `Reactions: ${who.join(', ')}`,
		},
		[
			...emoji.map((one) => el('span', {}, [one])),
			both && el('span', { class: 'reactions-count' }, [2]),
		],
		{ click: (event) => actions.openReactions(message, event.currentTarget as HTMLElement) },
	);
}

/** Sets the attributes that tests and stylesheets use to find a message and its state. */
function setState(row: HTMLElement, message: ChatMessage): void {
	row.dataset['status'] = message.status ?? '';
	row.classList.toggle(
		'has-reactions',
		Object.values(message.reactions).some((one: string | null) => one !== null && one !== ''),
	);
}

/** Updates time, ticks, errors and reactions without redrawing the content. */
export function updateBubble(
	row: HTMLElement,
	message: ChatMessage,
	chat: Chat,
	actions: BubbleActions,
): void {
	setState(row, message);
	const isEdited = chat.store.alteration(message.id)?.type === 'edit';
	row.querySelector('.meta')?.replaceWith(timeAndTicks(message, isEdited));
	row.querySelector('.time-room')?.setAttribute('data-width-of', timeText(message, isEdited));
	row.querySelector('.failure')?.remove();
	row.querySelector('.reactions')?.remove();
	const failure = failureNode(message);
	const reactions = reactionsNode(message, actions);
	if (failure !== null) row.querySelector('.bubble')?.append(failure);
	if (reactions !== null) row.querySelector('.bubble-box')?.append(reactions);
}

/** Marks a message sent by Direct Send; a phone does not show this. */
function directSendMark(category: string): HTMLElement {
	return el(
		'div',
		{ class: 'direct-send', title: 'Sent without a template; Meta makes one from the message' },
		[icon('send'), `Direct Send · ${category}`],
	);
}

/** The row of a message in the conversation. */
export function bubbleRow(message: ChatMessage, chat: Chat, actions: BubbleActions): HTMLElement {
	const form = currentForm(message, chat);
	const { content, buttons = [], strip, frame = 'bubble', time = 'inline' } = draw(form, chat);
	const box = el('div', { class: `bubble-content time-${time}` }, content);
	if (time === 'inline') leaveRoom(box);
	box.append(el('span', { class: 'meta' }));
	const more = el(
		'button',
		{
			type: 'button',
			class: 'bubble-more',
			'aria-label': 'Message options',
			'data-testid': 'message-options',
		},
		[icon('chevron')],
		{ click: (event) => actions.openMenu(message, event.currentTarget as HTMLElement) },
	);
	const isForwarded = objectAt(message.body, 'context')['forwarded'] === true;
	const hasPicture = box.querySelector(':scope > :is(.media-button, .location, .product-card)');
	const className = `bubble frame-${frame} ${hasPicture === null ? '' : 'has-picture'}`;
	const bubble = el('div', { class: className }, [
		message.directSend !== null && directSendMark(message.directSend),
		isForwarded && el('div', { class: 'forwarded' }, ['Forwarded']),
		message.contextId !== null && quote(message.contextId, chat, actions),
		box,
		buttons.length > 0 && el('div', { class: 'bubble-buttons' }, buttons),
		more,
	]);
	const row = el(
		'article',
		{
			class: `row row-${message.author}`,
			tabindex: -1,
			'aria-label': `${authorName(message, chat)}: ${summaryOf(form)}`,
			'data-message-id': message.id,
			'data-type': message.type,
			'data-author': message.author,
			'data-testid': 'message',
		},
		[el('div', { class: 'bubble-box' }, [bubble]), strip],
	);
	updateBubble(row, message, chat, actions);
	return row;
}
