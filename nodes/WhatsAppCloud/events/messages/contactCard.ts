import type { JsonObject } from '../reading/lenientJson';
import { readVcards, valueParts, valueText, type Vcard, type VcardProperty } from './vcard';

/** Types that say how to reach a number, not what kind of number it is. */
const NO_KIND: ReadonlySet<string> = new Set(['PREF', 'VOICE', 'INTERNET', 'MSG', 'TEXT']);

/**
 * The contacts of a vCard in the shape of Meta's structured ones, in camel case: `name`, `phones`
 * with `waId`, `emails`, `org`, `urls`, `addresses`, `birthday`. Empty if it holds none.
 */
export function readContactCards(text: string): JsonObject[] {
	return readVcards(text)
		.map(contactOf)
		.filter((contact) => Object.keys(contact).length > 0);
}

function contactOf(card: Vcard): JsonObject {
	const named = (name: string): VcardProperty[] => card.filter((each) => each.name === name);
	const texts = (name: string): string[] =>
		named(name)
			.map(({ value }) => valueText(value))
			.filter((value) => value !== '');
	const phones = named('TEL').flatMap((phone) => phoneOf(phone, card));
	const emails = named('EMAIL').flatMap((property) => {
		const email = valueText(property.value).replace(/^mailto:/i, '');
		return email === '' ? [] : { email, ...typeOf(property, card) };
	});
	const urls = named('URL').flatMap((property) => {
		const url = valueText(property.value);
		return url === '' ? [] : { url, ...typeOf(property, card) };
	});
	const addresses = named('ADR').flatMap((property) => addressOf(property, card));
	const org = orgOf(named('ORG')[0], texts('TITLE')[0]);
	const name = nameOf(named('N')[0], [
		...texts('FN'),
		...texts('NICKNAME'),
		...(typeof org?.['company'] === 'string' ? [org['company']] : []),
	]);
	const [birthday] = texts('BDAY');
	return {
		...(name === null ? {} : { name }),
		...(phones.length === 0 ? {} : { phones }),
		...(emails.length === 0 ? {} : { emails }),
		...(org === null ? {} : { org }),
		...(urls.length === 0 ? {} : { urls }),
		...(addresses.length === 0 ? {} : { addresses }),
		...(birthday === undefined ? {} : { birthday }),
	};
}

/** @param others Candidates for the full name, best first. */
function nameOf(
	structured: VcardProperty | undefined,
	others: readonly string[],
): JsonObject | null {
	const [lastName = '', firstName = '', middleName = '', prefix = '', suffix = ''] =
		structured === undefined ? [] : valueParts(structured.value);
	const inOrder = [prefix, firstName, middleName, lastName, suffix].filter((part) => part !== '');
	const parts = Object.entries({ firstName, lastName, middleName, prefix, suffix }).filter(
		([, part]) => part !== '',
	);
	const full = others[0] ?? '';
	const formattedName = full === '' ? inOrder.join(' ') : full;
	return formattedName === '' ? null : { formattedName, ...Object.fromEntries(parts) };
}

function phoneOf(property: VcardProperty, card: Vcard): JsonObject[] {
	// `tel:+1-555-0100;ext=2` is a number with an extension.
	const value = valueText(property.value);
	const phone = /^tel:/i.test(value) ? value.slice('tel:'.length).replace(/;.*$/s, '') : value;
	const waId = property.parameters.get('WAID')?.[0]?.replace(/\D/g, '') ?? '';
	if (phone === '' && waId === '') return [];
	return [
		{
			phone: phone === '' ? `+${waId}` : phone,
			...(waId === '' ? {} : { waId }),
			...typeOf(property, card),
		},
	];
}

/** What kind of number or address it is: from its type, or from its group's label. */
function typeOf({ parameters, group }: VcardProperty, card: Vcard): JsonObject {
	const types = (parameters.get('TYPE') ?? []).flatMap((type) => type.toUpperCase().split(','));
	const kind = types.find((type) => type !== '' && !NO_KIND.has(type));
	if (kind !== undefined) return { type: kind };
	const label = card.find(
		(each) => group !== '' && each.group === group && each.name === 'X-ABLABEL',
	);
	// Apple writes its own labels as `_$!<Mobile>!$_`.
	const text = label === undefined ? '' : valueText(label.value).replace(/^_\$!<(.*)>!\$_$/, '$1');
	return text === '' ? {} : { type: text };
}

function orgOf(org: VcardProperty | undefined, title: string | undefined): JsonObject | null {
	const [company = '', department = ''] = org === undefined ? [] : valueParts(org.value);
	const parts = Object.entries({ company, department, title: title ?? '' }).filter(
		([, part]) => part !== '',
	);
	return parts.length === 0 ? null : Object.fromEntries(parts);
}

function addressOf(property: VcardProperty, card: Vcard): JsonObject[] {
	const [box = '', extended = '', road = '', city = '', state = '', zip = '', country = ''] =
		valueParts(property.value);
	const street = [box, extended, road].filter((part) => part !== '').join(', ');
	const parts = Object.entries({ street, city, state, zip, country }).filter(
		([, part]) => part !== '',
	);
	return parts.length === 0 ? [] : [{ ...Object.fromEntries(parts), ...typeOf(property, card) }];
}
