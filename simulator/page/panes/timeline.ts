/** The messages of a conversation, from the oldest shown down to the newest. */

import type { ChatMessage } from '../../chat-contract.ts';
import { isUnread, keyText } from '../data/store.ts';
import { el } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { dayKey, dayName } from '../text/dates.ts';
import type { Chat } from '../types/view.ts';
import { bubbleRow, bubbleSignature, updateBubble, type BubbleActions } from './bubble.ts';

/** Rows drawn initially and by each click on "Earlier messages". */
const pageSize = 120;
/** Anything closer to the end than this counts as being at the end. */
const nearEndPixels = 120;

interface Drawn {
	row: HTMLElement;
	signature: string;
}

interface Timeline {
	readonly element: HTMLElement;
	/** Redraws everything. */
	redraw: () => void;
	/** Updates one message. */
	update: (message: ChatMessage, isNew: boolean) => void;
	setTyping: (on: boolean) => void;
	jumpTo: (messageId: string) => void;
	scrollToEnd: () => void;
}

/** Builds the timeline of a conversation. */
export function createTimeline(chat: Chat, actions: Omit<BubbleActions, 'jumpTo'>): Timeline {
	const drawn = new Map<string, Drawn>();
	let shownCount = pageSize;
	let missed = 0;

	const list = el('div', { class: 'timeline-list' });
	const typing = el(
		'div',
		{
			class: 'typing',
			hidden: true,
			role: 'status',
			'aria-label': 'The business is typing',
			'data-testid': 'typing',
		},
		[
			el('span', { class: 'typing-dot' }),
			el('span', { class: 'typing-dot' }),
			el('span', { class: 'typing-dot' }),
		],
	);
	const scroller = el(
		'div',
		{
			class: 'timeline',
			tabindex: 0,
			role: 'log',
			'aria-live': 'off',
			'aria-label': 'Messages',
			'data-testid': 'timeline',
		},
		[list, typing],
	);
	const missedCount = el('span', { class: 'badge', hidden: true });
	const toEnd = el(
		'button',
		{ type: 'button', class: 'to-end', hidden: true, 'aria-label': 'To the newest message' },
		[icon('chevron'), missedCount],
		{ click: () => scrollToEnd('smooth') },
	);
	const element = el('div', { class: 'timeline-frame' }, [scroller, toEnd]);

	const isAtEnd = (): boolean =>
		scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEndPixels;
	const setMissed = (count: number): void => {
		missed = count;
		missedCount.hidden = count === 0;
		missedCount.textContent = String(count);
	};
	const scrollToEnd = (behavior: ScrollBehavior = 'instant'): void => {
		scroller.scrollTo({ top: scroller.scrollHeight, behavior });
		setMissed(0);
	};
	// Reading heights forces a layout: once per frame, however many messages arrive.
	let endAwaited = false;
	const keepAtEnd = (): void => {
		if (endAwaited) return;
		endAwaited = true;
		requestAnimationFrame(() => {
			endAwaited = false;
			scrollToEnd();
		});
	};
	let stick = true;
	let lastTop = 0;
	scroller.addEventListener(
		'scroll',
		() => {
			// New messages also move the end away; only scrolling up means the reader wants to stay.
			if (isAtEnd()) stick = true;
			else if (scroller.scrollTop < lastTop) stick = false;
			lastTop = scroller.scrollTop;
			toEnd.hidden = stick;
			if (stick) setMissed(0);
		},
		{ passive: true },
	);
	// Images that load late and on-screen keyboards change heights: keep the end in sight.
	const keepEnd = new ResizeObserver(() => {
		if (stick) keepAtEnd();
	});
	keepEnd.observe(list);
	keepEnd.observe(scroller);

	const fullActions: BubbleActions = { ...actions, jumpTo: (id) => jumpTo(id) };

	const rowOf = (message: ChatMessage): HTMLElement => {
		const signature = bubbleSignature(message, chat);
		const known = drawn.get(message.id);
		if (known?.signature === signature) {
			updateBubble(known.row, message, chat, fullActions);
			return known.row;
		}
		const row = bubbleRow(message, chat, fullActions);
		drawn.set(message.id, { row, signature });
		return row;
	};

	const separator = (words: string, className: string): HTMLElement =>
		el('div', { class: `separator ${className}` }, [el('span', {}, [words])]);

	const redraw = (): void => {
		const all = chat.store.messages(chat.key);
		const messages = all.slice(-shownCount);
		const rows: HTMLElement[] = [];
		if (all.length > messages.length) {
			rows.push(
				el('button', { type: 'button', class: 'earlier' }, ['Earlier messages'], {
					click: () => {
						const before = scroller.scrollHeight - scroller.scrollTop;
						shownCount += pageSize;
						stick = false;
						redraw();
						scroller.scrollTop = scroller.scrollHeight - before;
					},
				}),
			);
		}
		if (all.length === 0) {
			rows.push(separator('No messages yet. Send the first one.', 'separator-empty'));
		}
		let day = '';
		let author = '';
		for (const message of messages) {
			const ownDay = dayKey(message.timestamp);
			if (ownDay !== day) {
				rows.push(separator(dayName(message.timestamp, chat.store.now()), 'separator-day'));
			}
			const row = rowOf(message);
			row.classList.toggle('is-first', ownDay !== day || message.author !== author);
			rows.push(row);
			day = ownDay;
			author = message.author;
		}
		const wanted = new Set(messages.map(({ id }) => id));
		for (const id of drawn.keys()) if (!wanted.has(id)) drawn.delete(id);
		list.replaceChildren(...rows);
	};

	const appendLast = (message: ChatMessage, previous: ChatMessage): void => {
		const newDay = dayKey(previous.timestamp) !== dayKey(message.timestamp);
		const row = rowOf(message);
		row.classList.toggle('is-first', newDay || previous.author !== message.author);
		row.classList.add('is-arriving');
		if (newDay) {
			list.append(separator(dayName(message.timestamp, chat.store.now()), 'separator-day'));
		}
		list.append(row);
	};

	const update = (message: ChatMessage, isNew: boolean): void => {
		if (keyText(message) !== keyText(chat.key)) return;
		const known = drawn.get(message.id);
		if (known !== undefined) {
			const row = rowOf(message);
			if (row !== known.row) {
				row.classList.toggle('is-first', known.row.classList.contains('is-first'));
				known.row.replaceWith(row);
			}
			return;
		}
		if (!isNew || !chat.store.isDrawn(message)) return;
		const all = chat.store.messages(chat.key);
		const previous = all.at(-2);
		const wasAtEnd = stick || message.author === 'customer';
		if (all.at(-1)?.id === message.id && previous !== undefined && drawn.has(previous.id)) {
			appendLast(message, previous);
		} else {
			redraw();
		}
		// Otherwise a bulk send to one customer would pile up rows without limit.
		if (wasAtEnd && drawn.size > pageSize * 4) {
			shownCount = pageSize;
			redraw();
		}
		if (wasAtEnd) keepAtEnd();
		else if (isUnread(message)) setMissed(missed + 1);
	};

	const jumpTo = (messageId: string): void => {
		if (!drawn.has(messageId) && chat.store.message(messageId) !== undefined) {
			shownCount = Number.MAX_SAFE_INTEGER;
			redraw();
		}
		const row = drawn.get(messageId)?.row;
		if (row === undefined) return;
		row.scrollIntoView({ block: 'center' });
		row.focus({ preventScroll: true });
		row.classList.add('is-target');
		row.addEventListener('animationend', () => row.classList.remove('is-target'), { once: true });
	};

	const setTyping = (on: boolean): void => {
		const wasAtEnd = stick;
		typing.hidden = !on;
		if (on && wasAtEnd) keepAtEnd();
	};

	return { element, redraw, update, setTyping, jumpTo, scrollToEnd };
}
