/**
 * The customer's address in India or Singapore, with the fields of Meta's page:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages/
 */

import { listAt, objectAt, textAt } from '../data/json.ts';
import { el } from '../dom/element.ts';
import type { Chat } from '../types/view.ts';
import { field, form, openSheet, submitButton, uniqueId } from './sheet.ts';

const fields: [
	name: string,
	label: string,
	attributes: Record<string, string | number | boolean>,
][] = [
	['name', 'Name', { required: true }],
	['phone_number', 'Phone number', { type: 'tel', required: true }],
	['in_pin_code', 'Pin code', { maxlength: 6, inputmode: 'numeric' }],
	['sg_post_code', 'Post code', { maxlength: 6, inputmode: 'numeric' }],
	['unit_number', 'Unit number', {}],
	['house_number', 'Flat or house number', {}],
	['floor_number', 'Floor number', {}],
	['tower_number', 'Tower number', {}],
	['building_name', 'Building or apartment', {}],
	['address', 'Address', { required: true }],
	['landmark_area', 'Landmark or area', {}],
	['city', 'City', {}],
	['state', 'State', {}],
];

/** Fields that only addresses in one country have. */
const partsOf: Record<string, ReadonlySet<string>> = {
	IN: new Set(['in_pin_code', 'house_number', 'floor_number', 'tower_number', 'building_name']),
	SG: new Set(['sg_post_code', 'unit_number']),
};

/** Whether this country's addresses have the field. */
const belongsTo = (country: string, name: string): boolean =>
	Object.entries(partsOf).every(([other, parts]) => other === country || !parts.has(name));

/** The address in one line, which Meta uses as the text of the answer. */
function addressLine(values: Record<string, string>): string {
	return fields
		.map(([name]) => values[name] ?? '')
		.filter((value) => value !== '')
		.join(', ');
}

/** Opens the form, prefilled with the values that the business sent. */
export function openAddressForm(chat: Chat, contextId: string, parameters: unknown): void {
	const formId = uniqueId('address');
	const given = objectAt(parameters, 'values');
	const errors = objectAt(parameters, 'validation_errors');
	const saved = listAt(parameters, 'saved_addresses');

	const answer = async (response: object, line: string): Promise<void> => {
		const sent = await chat.send(
			{
				type: 'interactive',
				interactive: {
					type: 'nfm_reply',
					nfm_reply: {
						name: 'address_message',
						body: line,
						response_json: JSON.stringify(response),
					},
				},
			},
			contextId,
		);
		if (sent) sheet.close();
	};

	const node = form(
		fields
			.filter(([name]) => belongsTo(textAt(parameters, 'country'), name))
			.flatMap(([name, label, attributes]) => {
				const start =
					textAt(given, name) ||
					(name === 'name' ? chat.store.customerName(chat.key.customer) : '');
				const complaint = textAt(errors, name);
				return [
					field(label, name, { ...attributes, value: start }),
					complaint !== '' && el('div', { class: 'field-error', dir: 'auto' }, [complaint]),
				];
			}),
		(all) => {
			const values = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
			return answer({ values }, addressLine(values));
		},
		formId,
	);
	const sheet = openSheet({
		title: 'Provide address',
		content: [
			...saved.map((entry) => {
				const id = textAt(entry, 'id');
				const values = Object.fromEntries(
					Object.keys(objectAt(entry, 'value')).map((name) => [name, textAt(entry, 'value', name)]),
				);
				return el(
					'button',
					{ type: 'button', class: 'saved-address', dir: 'auto' },
					[`Use saved: ${addressLine(values)}`],
					{ click: () => answer({ saved_address_id: id, values }, addressLine(values)) },
				);
			}),
			node,
		],
		footer: [submitButton('Send address', formId)],
		host: chat.host,
	});
}
