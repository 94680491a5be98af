import { z } from 'zod/v4';
import { listFields } from '../../fields/listField';
import { choiceOf } from '../../values/choice';
import { parseIfJson } from '../../values/json/exactJson';
import { readAt, readParameter, requiredText } from '../../values/schema/reading';
import { checkUnique, listOf } from '../../values/list';
import { checkMembers } from '../../values/members';
import { isObject, without } from '../../values/unknown';
import { defineVariant } from '../messageType';
import { rowOf, rowWith } from '../../values/row';
import { addressFields, addressPartOptions, addressRow, addressSchema } from './addressParts';
import { allHeaderKinds, headerFields, headerPart, withHeader } from './header';
import {
	bodyField,
	bodySchema,
	footerField,
	footerSchema,
	interactive,
	maxBodyCharacters,
	requiredId,
} from './parts';

/** Meta's newer pages name only India, older ones both. */
const countries = [
	{ name: 'India', value: 'IN' },
	{ name: 'Singapore', value: 'SG' },
];

const unlimited = { min: 0, max: Infinity };

/** An address with the ID that the answer names; Meta's own form (`value`) works, too. */
const savedAddress = rowOf((row, problems) => {
	const { value } = row;
	const parts = isObject(value) ? value : without(row, 'id');
	if (isObject(value)) checkMembers(row, ['id', 'value'], problems);
	const checked = readAt(addressSchema, parts, [], problems);
	const id = readParameter(requiredId, row, 'id', problems) ?? '';
	return { id, value: checked ?? {} };
});

/** Turns `{in_pin_code: "We could not find it"}` into rows; the list reads everything else. */
function correctionsFromMeta(value: unknown): unknown {
	const given = parseIfJson(value);
	if (!isObject(given)) return value;
	const parts = Object.entries(given);
	const isMetas = parts.every(([name]) => addressPartOptions.some((part) => part.value === name));
	return isMetas ? parts.map(([part, message]) => ({ part, message })) : given;
}

/**
 * A form for a delivery address, in India and Singapore.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/messages/address-messages
 */
export const address = defineVariant({
	name: 'Address Form',
	description: 'Asks for a delivery address, in India and Singapore',
	fields: [
		...headerFields(allHeaderKinds),
		bodyField(maxBodyCharacters),
		footerField,
		{
			displayName: 'Country',
			name: 'country',
			type: 'options',
			options: countries,
			default: 'IN',
			hint: 'The country of the business and the recipient. Meta offers the form in these two only.',
		},
		{
			displayName: 'Prefilled Address',
			name: 'addressValues',
			type: 'collection',
			placeholder: 'Add part',
			default: {},
			description: 'What the form contains when it opens',
			options: addressFields,
		},
		...listFields({
			name: 'savedAddresses',
			displayName: 'Saved Addresses',
			rowName: 'address',
			rowDisplayName: 'Address',
			hint: 'Optional. Each address needs its own ID.',
			description: 'Addresses to choose from instead of typing one',
			jsonExample: [
				{
					id: 'home',
					name: 'Asha Rao',
					phone_number: '+919876543210',
					in_pin_code: '400063',
					address: 'Wing A, Patel Road',
					city: 'Mumbai',
				},
			],
			row: [
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. home',
					description: 'Returned with the answer when this address is chosen',
				},
				...addressRow,
			],
		}),
		...listFields({
			name: 'validationErrors',
			displayName: 'Corrections',
			rowName: 'correction',
			rowDisplayName: 'Correction',
			hint: 'Optional. At most one for each part of the address.',
			description: 'What was wrong with an earlier answer, shown in the form',
			jsonExample: [{ part: 'in_pin_code', message: 'We could not find this PIN code.' }],
			row: [
				{
					displayName: 'Part',
					name: 'part',
					type: 'options',
					options: addressPartOptions,
					default: 'in_pin_code',
				},
				{
					displayName: 'Message',
					name: 'message',
					type: 'string',
					default: '',
					placeholder: 'e.g. We could not find this PIN code.',
				},
			],
		}),
	],
	schema: withHeader(
		allHeaderKinds,
		z.object({
			body: bodySchema,
			footer: footerSchema,
			country: z
				.preprocess(
					(code) => (typeof code === 'string' ? code.trim().toUpperCase() : code),
					choiceOf(countries.map(({ value }) => value)),
				)
				.prefault('IN'),
			addressValues: addressSchema,
			savedAddresses: listOf(savedAddress, unlimited, 'address').check((context) =>
				checkUnique(context, 'id'),
			),
			validationErrors: z.preprocess(
				correctionsFromMeta,
				listOf(
					rowWith({ part: requiredId, message: requiredText(Infinity) }),
					unlimited,
					'correction',
				),
			),
		}),
	),
	build: ({ header, body, footer, country, addressValues, savedAddresses, validationErrors }) =>
		interactive(
			'address_message',
			{ header: headerPart(header), body, footer },
			{
				name: 'address_message',
				parameters: {
					country,
					...(Object.keys(addressValues).length === 0 ? {} : { values: addressValues }),
					...(savedAddresses.length === 0 ? {} : { saved_addresses: savedAddresses }),
					...(validationErrors.length === 0
						? {}
						: {
								validation_errors: Object.fromEntries(
									validationErrors.map(({ part, message }) => [part, message]),
								),
							}),
				},
			},
		),
});
