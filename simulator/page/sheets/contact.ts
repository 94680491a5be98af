/** The customer sends a contact card: someone's, or their own when the business asks for it. */

import type { JsonObject } from '../../chat-contract.ts';
import { avatar } from '../dom/avatar.ts';
import { el } from '../dom/element.ts';
import type { Chat } from '../types/view.ts';
import {
	field,
	form,
	mainButton,
	openSheet,
	plainButton,
	submitButton,
	uniqueId,
} from './sheet.ts';

function nameParts(name: string): JsonObject {
	const words = name.split(/\s+/);
	const last = words.length > 1 ? words.at(-1) : undefined;
	const first = last === undefined ? name : words.slice(0, -1).join(' ');
	return {
		formatted_name: name,
		first_name: first,
		...(last !== undefined && { last_name: last }),
	};
}

/** Opens the dialog for any contact. */
export function openContactDialog(chat: Chat): void {
	const formId = uniqueId('contact');
	const sheet = openSheet({
		title: 'Send contact',
		content: [
			form(
				[
					field('Name', 'name', { required: true, value: 'Mateus Lima' }),
					field('Phone number', 'phone', { type: 'tel', value: '+1 555 010 0199' }),
					field('E-mail', 'email', { type: 'email' }),
					field('Company', 'company'),
				],
				async ({ name = '', phone = '', email = '', company = '' }) => {
					const sent = await chat.send({
						type: 'contacts',
						contacts: [
							{
								name: nameParts(name),
								...(phone !== '' && {
									phones: [{ phone, wa_id: phone.replace(/\D/g, ''), type: 'CELL' }],
								}),
								...(email !== '' && { emails: [{ email, type: 'WORK' }] }),
								...(company !== '' && { org: { company } }),
							},
						],
					});
					if (sent) sheet.close();
				},
				formId,
			),
		],
		footer: [submitButton('Send contact', formId)],
		host: chat.host,
	});
}

/**
 * Asks before the customer's number goes to the business. Meta answers `request_contact_info` with
 * a contact that has a vCard and an `origin` that says it was requested.
 */
export function openContactShare(chat: Chat, contextId: string): void {
	const { customer } = chat.key;
	const name = chat.store.customerName(customer);
	const phone = `+${customer}`;
	const business = chat.store.businessName(chat.key.phoneNumberId);
	const vcard = [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:;${name};;;`,
		`FN:${name}`,
		`TEL;type=CELL;waid=${customer}:${phone}`,
		'END:VCARD',
	].join('\n');
	const share = async (): Promise<void> => {
		const sent = await chat.send(
			{
				type: 'contacts',
				contacts: [
					{
						name: nameParts(name),
						phones: [{ phone, wa_id: customer, type: 'CELL' }],
						vcard,
						origin: 'contact_request',
					},
				],
			},
			contextId,
		);
		if (sent) sheet.close();
	};
	const sheet = openSheet({
		title: 'Share your contact info?',
		content: [
			el('p', { class: 'note' }, [`${business} will see your name and your phone number.`]),
			el('div', { class: 'contact-line' }, [
				avatar(name),
				el('div', { class: 'contact-words' }, [
					el('div', { class: 'contact-title', dir: 'auto' }, [name]),
					el('div', { class: 'contact-note' }, [phone]),
				]),
			]),
		],
		footer: [
			plainButton('Not now', () => sheet.close()),
			mainButton('Share', share, { 'data-testid': 'share-contact' }),
		],
		host: chat.host,
	});
}
