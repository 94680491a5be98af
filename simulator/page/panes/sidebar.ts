/** The list of conversations, with search and the choice of business number. */

import { keyText, type ChatStore, type ConversationKey } from '../data/store.ts';
import { avatar } from '../dom/avatar.ts';
import { el, iconButton, type Child } from '../dom/element.ts';
import { icon } from '../dom/icons.ts';
import { openNewContact } from '../sheets/new-contact.ts';
import { openTemplates } from '../templates/manager.ts';
import { listTime } from '../text/dates.ts';
import { summaryOf } from '../types/table.ts';

/** More rows than anybody scrolls through; search finds the rest. */
const maxRows = 150;

interface Sidebar {
	readonly element: HTMLElement;
	/** Number whose conversations are listed. */
	phoneNumberId: () => string;
	choose: (phoneNumberId: string) => void;
	/** Marks the open conversations. */
	setOpen: (open: ConversationKey[]) => void;
}

interface SidebarCallbacks {
	onOpen: (key: ConversationKey, beside: boolean) => void;
}

/** Builds the list. */
export function createSidebar(store: ChatStore, { onOpen }: SidebarCallbacks): Sidebar {
	let number = '';
	let open = new Set<string>();
	let scheduled = false;

	const select = el(
		'select',
		{ class: 'number-choice', 'aria-label': 'Business number', 'data-testid': 'number' },
		[],
		{
			change: () => {
				number = select.value;
				draw();
			},
		},
	);
	const search = el('input', {
		type: 'search',
		class: 'search-input',
		placeholder: 'Search',
		'aria-label': 'Search conversations',
	});
	search.addEventListener('input', () => draw());
	const list = el('ul', { class: 'conversations', 'aria-label': 'Conversations' });
	const more = el('p', { class: 'note conversations-more', hidden: true });

	const newContact = (): void => {
		openNewContact((customer) => {
			store.putCustomer(customer);
			onOpen({ phoneNumberId: number, customer: customer.waId }, false);
		});
	};

	const lastLine = (key: ConversationKey): Child[] => {
		if (store.isTyping(key)) return [el('span', { class: 'is-typing' }, ['typing…'])];
		const last = store.messages(key).at(-1);
		if (last === undefined) return ['No messages yet'];
		return [last.author === 'customer' ? `You: ${summaryOf(last)}` : summaryOf(last)];
	};

	const row = (key: ConversationKey): HTMLElement => {
		const name = store.customerName(key.customer);
		const unread = store.unreadCount(key);
		const last = store.messages(key).at(-1);
		const isOpen = open.has(keyText(key));
		return el('li', { class: `conversation ${isOpen ? 'is-open' : ''}` }, [
			el(
				'button',
				{
					type: 'button',
					class: 'conversation-button',
					'aria-current': isOpen ? 'true' : undefined,
					'data-testid': 'conversation',
					'data-customer': key.customer,
					'data-number': key.phoneNumberId,
				},
				[
					avatar(name),
					el('span', { class: 'conversation-words' }, [
						el('span', { class: 'conversation-top' }, [
							el('span', { class: 'conversation-name', dir: 'auto' }, [name]),
							last !== undefined &&
								el('time', { class: 'conversation-time' }, [listTime(last.timestamp, store.now())]),
						]),
						el('span', { class: 'conversation-bottom' }, [
							el('span', { class: 'conversation-last', dir: 'auto' }, lastLine(key)),
							unread > 0 &&
								el('span', { class: 'badge', 'aria-label': `${String(unread)} unread` }, [
									unread > 99 ? '99+' : unread,
								]),
						]),
					]),
				],
				{ click: (event) => onOpen(key, event.ctrlKey || event.metaKey) },
			),
			!isOpen &&
				iconButton(`Open ${name} side by side`, icon('sideBySide'), () => onOpen(key, true), {
					class: 'icon-button open-beside',
					'data-testid': 'open-beside',
				}),
		]);
	};

	const drawNumbers = (): void => {
		if (store.phoneNumber(number) === undefined) number = store.phoneNumbers[0]?.id ?? '';
		select.replaceChildren(
			...store.phoneNumbers.map((one) => {
				const unread = store.unreadTotal(one.id);
				const label = `${one.verifiedName || one.id} · ${one.displayPhoneNumber}`;
				return el('option', { value: one.id, selected: one.id === number }, [
					unread > 0 ? `${label} (${String(unread)})` : label,
				]);
			}),
		);
		select.value = number;
	};

	const draw = (): void => {
		scheduled = false;
		drawNumbers();
		const wanted = search.value.trim().toLowerCase();
		const found = store
			.conversationsOf(number)
			.filter(
				({ customer }) =>
					wanted === '' ||
					store.customerName(customer).toLowerCase().includes(wanted) ||
					customer.includes(wanted.replace(/^\+/, '')),
			);
		const focused = document.activeElement;
		const focusedCustomer =
			focused instanceof HTMLElement && list.contains(focused)
				? focused.dataset['customer']
				: undefined;
		list.replaceChildren(...found.slice(0, maxRows).map(row));
		if (focusedCustomer !== undefined) {
			list.querySelector<HTMLElement>(`[data-customer="${CSS.escape(focusedCustomer)}"]`)?.focus();
		}
		more.hidden = found.length > 0 && found.length <= maxRows;
		more.textContent =
			found.length === 0
				? wanted === ''
					? 'No contacts yet. Add one to write to the business.'
					: 'No results.'
				: `${String(found.length - maxRows)} more. Search for a name or number.`;
	};

	// Drawn at most once per frame, however many messages arrive.
	const schedule = (): void => {
		if (scheduled) return;
		scheduled = true;
		requestAnimationFrame(draw);
	};
	store.subscribe(schedule);

	const element = el('nav', { class: 'sidebar', 'aria-label': 'Conversations' }, [
		el('header', { class: 'sidebar-header' }, [
			el('h1', {}, ['Chats']),
			el('div', { class: 'sidebar-buttons' }, [
				iconButton('Templates', icon('list'), () => openTemplates(store), {
					'data-testid': 'open-templates',
				}),
				el(
					'button',
					{ type: 'button', class: 'new-contact', 'data-testid': 'new-contact' },
					[icon('personAdd'), el('span', {}, ['New contact'])],
					{ click: newContact },
				),
			]),
		]),
		el('label', { class: 'number-field' }, [el('span', {}, ['Business number']), select]),
		el('div', { class: 'search' }, [icon('search'), search]),
		list,
		more,
		el('p', { class: 'sidebar-foot' }, ['Simulator. Nothing here reaches WhatsApp.']),
	]);
	return {
		element,
		phoneNumberId: () => number,
		choose: (phoneNumberId) => {
			number = phoneNumberId;
			schedule();
		},
		setOpen: (keys) => {
			open = new Set(keys.map(keyText));
			schedule();
		},
	};
}
