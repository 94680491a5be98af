import { listAt, textAt } from '../data/json.ts';
import { avatar } from '../dom/avatar.ts';
import { el, link } from '../dom/element.ts';
import { icon, type IconName } from '../dom/icons.ts';
import { openSheet } from '../sheets/sheet.ts';
import { bubbleButton } from './buttons.ts';
import type { MessageView } from './view.ts';

function contactName(contact: unknown): string {
	return (
		textAt(contact, 'name', 'formatted_name') ||
		`${textAt(contact, 'name', 'first_name')} ${textAt(contact, 'name', 'last_name')}`.trim() ||
		textAt(contact, 'org', 'company') ||
		textAt(contact, 'phones', 0, 'phone') ||
		'Contact'
	);
}

function title(contacts: unknown[]): string {
	const [first] = contacts;
	if (contacts.length === 0) return 'Contact';
	if (contacts.length === 1) return contactName(first);
	const others = contacts.length - 1;
	return `${contactName(first)} and ${String(others)} other ${others === 1 ? 'contact' : 'contacts'}`;
}

function detail(name: IconName, value: HTMLElement | string, note: string): HTMLElement | null {
	if (value === '') return null;
	return el('div', { class: 'contact-detail' }, [
		icon(name),
		el('div', {}, [
			el('div', { class: 'contact-value', dir: 'auto' }, [value]),
			note !== '' && el('div', { class: 'contact-note' }, [note.toLowerCase()]),
		]),
	]);
}

function addressText(address: unknown): string {
	const parts = ['street', 'city', 'state', 'zip', 'country'];
	return parts
		.map((part) => textAt(address, part))
		.filter((part) => part !== '')
		.join(', ');
}

function details(contact: unknown): HTMLElement {
	const work = [textAt(contact, 'org', 'title'), textAt(contact, 'org', 'department')];
	return el('section', { class: 'contact-card' }, [
		el('div', { class: 'contact-head' }, [
			avatar(contactName(contact)),
			el('div', { class: 'contact-title', dir: 'auto' }, [contactName(contact)]),
		]),
		...listAt(contact, 'phones').map((phone) => {
			const number = textAt(phone, 'phone') || textAt(phone, 'wa_id');
			return detail('phone', link(`tel:${number}`, [number]), textAt(phone, 'type'));
		}),
		...listAt(contact, 'emails').map((email) =>
			detail(
				'chat',
				link(`mailto:${textAt(email, 'email')}`, [textAt(email, 'email')]),
				textAt(email, 'type'),
			),
		),
		...listAt(contact, 'addresses').map((address) =>
			detail('pin', addressText(address), textAt(address, 'type')),
		),
		...listAt(contact, 'urls').map((url) =>
			detail('external', link(textAt(url, 'url'), [textAt(url, 'url')]), textAt(url, 'type')),
		),
		detail('person', textAt(contact, 'org', 'company'), work.filter(Boolean).join(', ')),
		detail('clock', textAt(contact, 'birthday'), 'Birthday'),
	]);
}

export const contactsView: MessageView = {
	draw: ({ body }, chat) => {
		const contacts = listAt(body, 'contacts');
		const [first] = contacts;
		const note = textAt(first, 'org', 'company') || textAt(first, 'phones', 0, 'phone');
		return {
			content: [
				el('div', { class: 'contact-line' }, [
					avatar(contactName(first)),
					el('div', { class: 'contact-words' }, [
						el('div', { class: 'contact-title', dir: 'auto' }, [title(contacts)]),
						contacts.length === 1 && el('div', { class: 'contact-note', dir: 'auto' }, [note]),
					]),
				]),
			],
			buttons: [
				bubbleButton('person', contacts.length > 1 ? 'View all' : 'View contact', () =>
					openSheet({
						title: contacts.length > 1 ? `${String(contacts.length)} contacts` : 'Contact',
						content: contacts.map(details),
						host: chat.host,
					}),
				),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => `👤 ${title(listAt(body, 'contacts'))}`,
};
