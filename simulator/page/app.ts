/** Entry of the page: the list on the left, open conversations side by side. */

import { followServer } from './data/live.ts';
import { ChatStore, keyText, type ConversationKey } from './data/store.ts';
import { el } from './dom/element.ts';
import { icon } from './dom/icons.ts';
import { readAddress, writeAddress } from './panes/address.ts';
import { createPane, type Pane } from './panes/pane.ts';
import { createSidebar } from './panes/sidebar.ts';

const store = new ChatStore();
const live = el('div', { class: 'sr-only', 'aria-live': 'polite' });
const banner = el('div', { class: 'banner', role: 'status', hidden: true }, [
	'The simulator is not responding. Reconnecting…',
]);
const empty = el('div', { class: 'empty' }, [
	el('div', { class: 'empty-drawing', 'aria-hidden': 'true' }, [icon('chat')]),
	el('h2', {}, ['Be the customer']),
	el('p', {}, ['Choose a conversation or add a contact, then write to the business.']),
	el('p', { class: 'note' }, ['Ctrl-click a conversation to open it side by side.']),
]);
const panesBox = el('main', { class: 'panes' }, [empty]);

let panes: Pane[] = [];
let active: Pane | null = null;
let bare = readAddress(location.hash, '').bare;

const sidebar = createSidebar(store, { onOpen: (key, beside) => open(key, beside) });
const app = el('div', { class: 'app' }, [sidebar.element, panesBox]);

function setActive(pane: Pane | null): void {
	active = pane;
	for (const one of panes) one.element.classList.toggle('is-active', one === pane);
	app.classList.toggle('has-active', pane !== null);
}

function afterChange(): void {
	empty.hidden = panes.length > 0;
	app.classList.toggle('is-bare', bare);
	panesBox.dataset['count'] = String(panes.length);
	const keys = panes.map(({ key }) => key);
	sidebar.setOpen(keys);
	const address = writeAddress(keys, bare);
	if (address !== location.hash) {
		history.replaceState(null, '', address === '' ? location.pathname : address);
	}
}

function addPane(key: ConversationKey, instead: Pane | null): Pane {
	const pane = createPane(key, store, live, { onClose: close, onBack: back, onActive: setActive });
	if (instead === null) {
		panes.push(pane);
		panesBox.append(pane.element);
	} else {
		panes = panes.map((one) => (one === instead ? pane : one));
		instead.element.replaceWith(pane.element);
		instead.dispose();
	}
	return pane;
}

function open(key: ConversationKey, beside: boolean): void {
	const known = panes.find((pane) => keyText(pane.key) === keyText(key));
	const pane = known ?? addPane(key, beside ? null : (active ?? panes[0] ?? null));
	setActive(pane);
	afterChange();
	pane.element.scrollIntoView({ inline: 'nearest', block: 'nearest' });
	pane.focus();
}

function close(pane: Pane): void {
	panes = panes.filter((one) => one !== pane);
	pane.dispose();
	setActive(panes.at(-1) ?? null);
	afterChange();
}

function back(pane: Pane): void {
	close(pane);
	setActive(null);
}

function openFromAddress(): void {
	const address = readAddress(location.hash, store.phoneNumbers[0]?.id ?? '');
	({ bare } = address);
	const wanted = new Set(address.open.map(keyText));
	for (const pane of panes.filter((one) => !wanted.has(keyText(one.key)))) {
		panes = panes.filter((one) => one !== pane);
		pane.dispose();
	}
	for (const key of address.open) {
		if (!panes.some((pane) => keyText(pane.key) === keyText(key))) addPane(key, null);
	}
	setActive(panes[0] ?? null);
	sidebar.choose(address.phoneNumberId);
	afterChange();
}

/** Setting the title takes a millisecond: do it once for messages that arrive together. */
const titleAfterMs = 200;
let titleAwaited = false;

function countUnread(): void {
	if (titleAwaited) return;
	titleAwaited = true;
	setTimeout(() => {
		titleAwaited = false;
		const unread = store.unreadTotal();
		document.title = unread > 0 ? `(${String(unread)}) Chat simulator` : 'Chat simulator';
	}, titleAfterMs);
}

let loaded = false;
store.subscribe((change) => {
	if (change.kind === 'all' && !loaded) {
		loaded = true;
		openFromAddress();
		document.body.dataset['ready'] = 'true';
	}
	if (change.kind === 'message' || change.kind === 'all') countUnread();
});
window.addEventListener('hashchange', openFromAddress);
document.body.append(app, banner, live);
followServer(store, (connected) => {
	banner.hidden = connected;
});
