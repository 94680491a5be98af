/** Adds a customer to write as. */

import type { ChatCustomer, NewChatCustomer } from '../../chat-contract.ts';
import { createCustomer } from '../data/api.ts';
import { el } from '../dom/element.ts';
import { notify, notifyError } from '../dom/toast.ts';
import { field, form, openSheet, submitButton, uniqueId } from './sheet.ts';

/** Opens the dialog; `onCreated` gets the new customer. */
export function openNewContact(onCreated: (customer: ChatCustomer) => void): void {
	const formId = uniqueId('new-contact');
	const sheet = openSheet({
		title: 'New contact',
		content: [
			form(
				[
					el('p', { class: 'note' }, ['You write to the business as this customer.']),
					field('Name', 'name', { required: true, maxlength: 100, placeholder: 'Ana Duarte' }),
					field('Phone number', 'phone', {
						type: 'tel',
						placeholder: 'With country code; empty for a random one',
					}),
					field('Username', 'username', { maxlength: 35, placeholder: 'Optional' }),
					el('label', { class: 'check' }, [
						el('input', { type: 'checkbox', name: 'phoneHidden' }),
						el('span', {}, [
							'Hide the phone number from the business',
							el('span', { class: 'note' }, ['Webhooks carry only the user ID.']),
						]),
					]),
				],
				async ({ name = '', phone = '', username = '', phoneHidden }) => {
					const waId = phone.replace(/\D/g, '').replace(/^00/, '');
					if (phone !== '' && (waId.length < 7 || waId.length > 15)) {
						notify('A phone number has 7 to 15 digits with its country code.', 'error');
						return;
					}
					const customer: NewChatCustomer = {
						name,
						...(waId !== '' && { waId }),
						...(username !== '' && { username: username.replace(/^@/, '') }),
						...(phoneHidden === 'on' && { phoneHidden: true }),
					};
					try {
						const created = await createCustomer(customer);
						sheet.close();
						onCreated(created);
					} catch (error) {
						notifyError(error);
					}
				},
				formId,
			),
		],
		footer: [submitButton('Create', formId)],
	});
}
