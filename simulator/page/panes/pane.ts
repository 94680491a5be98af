/** A conversation: header, messages and composer. */

import type { ChatMessage } from '../../chat-contract.ts';
import { markRead, sendMessage } from '../data/api.ts';
import { isUnread, keyText, type ChatStore, type ConversationKey } from '../data/store.ts';
import { avatar } from '../dom/avatar.ts';
import { el, iconButton } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { menuItem, openPopover } from '../dom/popover.ts';
import { copyText, notify, notifyError } from '../dom/toast.ts';
import { summaryOf } from '../types/table.ts';
import type { Chat } from '../types/view.ts';
import { createComposer } from './composer.ts';
import { openMessageMenu, openReactionMenu } from './message-menu.ts';
import { pinnedBar } from './pinned.ts';
import { createTimeline } from './timeline.ts';

export interface Pane {
	readonly key: ConversationKey;
	readonly element: HTMLElement;
	focus: () => void;
	/** Removes the pane's listeners. */
	dispose: () => void;
}

interface PaneCallbacks {
	onClose: (pane: Pane) => void;
	/** Closes the pane and shows the list, where the screen has room for one of them only. */
	onBack: (pane: Pane) => void;
	onActive: (pane: Pane) => void;
}

/** Messages that arrive together are marked as read together. */
const readReceiptDelayMs = 60;

/** Whether opening a conversation sends read receipts; shared by all panes. */
let sendsReadReceipts = true;

/** Builds the pane of a conversation. */
export function createPane(
	key: ConversationKey,
	store: ChatStore,
	live: HTMLElement,
	{ onClose, onBack, onActive }: PaneCallbacks,
): Pane {
	const host = el('section', {
		class: 'pane',
		'data-testid': 'pane',
		'data-customer': key.customer,
		'data-number': key.phoneNumberId,
	});
	const chat: Chat = {
		key,
		store,
		host,
		send: async (message, contextId) => {
			try {
				await sendMessage({ ...key, message, ...(contextId !== undefined && { contextId }) });
				return true;
			} catch (error) {
				notifyError(error);
				return false;
			}
		},
	};
	// Groups are read-only here: nobody on this page is a member.
	const isGroup = !/^\d+$/.test(key.customer);
	const composer = createComposer(chat);
	const canEdit = (message: ChatMessage): boolean =>
		message.author === 'customer' && message.type === 'text';
	const timeline = createTimeline(chat, {
		openMenu: (message, anchor) => {
			openMessageMenu(
				chat,
				message,
				anchor,
				() => composer.startReply(message),
				canEdit(message) ? () => composer.startEdit(message) : null,
			);
		},
		openReactions: (message, anchor) => openReactionMenu(chat, message, anchor),
	});

	// Sent once per message and status, so that a server that refuses is not asked forever.
	const asked = new Set<string>();
	let tellAwaited = false;
	const tellRead = (): void => {
		if (tellAwaited) return;
		tellAwaited = true;
		setTimeout(() => {
			tellAwaited = false;
			tellReadNow();
		}, readReceiptDelayMs);
	};
	const tellReadNow = (): void => {
		// On a narrow screen, only the active pane is shown.
		if (isGroup || !sendsReadReceipts || !host.checkVisibility()) return;
		if (document.visibilityState !== 'visible') return;
		const open = store
			.messages(key)
			.filter(isUnread)
			.map(({ id, status }) => `${id} ${status ?? ''}`)
			.filter((one) => !asked.has(one));
		if (open.length === 0) return;
		for (const one of open) asked.add(one);
		markRead(key.phoneNumberId, key.customer).catch(notifyError);
	};

	const pinned = pinnedBar(store, key, (id) => timeline.jumpTo(id));
	const name = el('h2', { class: 'pane-name', dir: 'auto' });
	const note = el('div', { class: 'pane-note' });
	const face = el('span', { class: 'pane-face' });
	const persona = el('div', { class: 'persona', title: 'You write as' });
	const drawHead = (): void => {
		const business = store.businessName(key.phoneNumberId);
		const customer = store.customers.get(key.customer);
		name.textContent = business;
		face.replaceChildren(avatar(business));
		note.textContent = store.isTyping(key)
			? 'typing…'
			: (store.phoneNumber(key.phoneNumberId)?.displayPhoneNumber ?? '');
		note.classList.toggle('is-typing', store.isTyping(key));
		persona.replaceChildren(
			el('span', { class: 'persona-name', dir: 'auto' }, [store.customerName(key.customer)]),
			el('span', { class: 'persona-number' }, [
				customer?.phoneHidden === true
					? customer.userId
					: isGroup
						? key.customer
						: `+${key.customer}`,
			]),
		);
		host.setAttribute('aria-label', `${store.customerName(key.customer)} with ${business}`);
	};

	const menu = iconButton('Conversation options', icon('menu'), () => {
		const customer = store.customers.get(key.customer);
		openPopover(
			menu,
			'Conversation options',
			[
				menuItem(
					'ticks',
					sendsReadReceipts ? 'Turn off read receipts' : 'Turn on read receipts',
					() => {
						sendsReadReceipts = !sendsReadReceipts;
						notify(sendsReadReceipts ? 'Read receipts are on.' : 'Read receipts are off.');
						tellRead();
					},
				),
				menuItem('phone', 'Copy phone number', () => copyText(`+${key.customer}`, 'Copied')),
				...(customer === undefined
					? []
					: [menuItem('person', 'Copy user ID', () => copyText(customer.userId, 'Copied'))]),
				menuItem('close', 'Close conversation', () => onClose(pane)),
			],
			'popover-menu',
		);
	});

	host.append(
		el('header', { class: 'pane-header' }, [
			iconButton('Back to the list', icon('back'), () => onBack(pane), {
				class: 'icon-button pane-back',
			}),
			face,
			el('div', { class: 'pane-title' }, [name, note]),
			persona,
			menu,
			iconButton('Close', icon('close'), () => onClose(pane), { class: 'icon-button pane-close' }),
		]),
		pinned.element,
		timeline.element,
		isGroup
			? el('footer', { class: 'composer composer-closed' }, ['Groups are read-only on this page.'])
			: composer.element,
	);
	host.addEventListener('focusin', () => onActive(pane));
	host.addEventListener('pointerdown', () => onActive(pane));

	host.addEventListener('dragover', (event) => {
		event.preventDefault();
		host.classList.add('is-dropping');
	});
	host.addEventListener('dragleave', () => host.classList.remove('is-dropping'));
	host.addEventListener('drop', (event) => {
		event.preventDefault();
		host.classList.remove('is-dropping');
		composer.sendFiles([...(event.dataTransfer?.files ?? [])]);
	});

	const drawAll = (): void => {
		drawHead();
		timeline.redraw();
		pinned.redraw();
		timeline.setTyping(store.isTyping(key));
		tellRead();
	};
	const stopListening = store.subscribe((change) => {
		if (change.kind === 'all') drawAll();
		else if (change.kind === 'customers') drawHead();
		else if (change.kind === 'templates') return;
		else if (keyText(change.key) !== keyText(key)) return;
		else if (change.kind === 'typing') {
			drawHead();
			timeline.setTyping(change.on);
		} else {
			timeline.update(change.message, change.isNew);
			if (isGroup) pinned.redraw();
			if (change.isNew && change.message.author === 'business' && store.isDrawn(change.message)) {
				live.textContent = `${store.businessName(key.phoneNumberId)}: ${summaryOf(change.message)}`;
			}
			tellRead();
		}
	});
	document.addEventListener('visibilitychange', tellRead);
	const shown = new ResizeObserver(tellRead);
	shown.observe(host);

	const pane: Pane = {
		key,
		element: host,
		focus: () => composer.focus(),
		dispose: () => {
			stopListening();
			document.removeEventListener('visibilitychange', tellRead);
			shown.disconnect();
			host.remove();
		},
	};
	drawAll();
	return pane;
}
