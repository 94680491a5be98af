import type { INodeProperties } from 'n8n-workflow';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';

/** Longest postal code, in India and in Singapore. */
const maxPostCodeCharacters = 6;

const postCodes = ['in_pin_code', 'sg_post_code'];

/**
 * The parts of an address. The names are Meta's own, so that an address from the trigger can be
 * passed back unchanged.
 */
const parts: [name: string, displayName: string][] = [
	['address', 'Address'],
	['building_name', 'Building Name'],
	['city', 'City'],
	['floor_number', 'Floor Number'],
	['house_number', 'House Number'],
	['landmark_area', 'Landmark or Area'],
	['name', 'Name'],
	['phone_number', 'Phone Number'],
	['in_pin_code', 'PIN Code'],
	['sg_post_code', 'Post Code'],
	['state', 'State'],
	['tower_number', 'Tower Number'],
	['unit_number', 'Unit Number'],
];

/** Parts that only addresses of one country have. */
const countryOf: Record<string, string> = {
	building_name: 'IN',
	floor_number: 'IN',
	house_number: 'IN',
	in_pin_code: 'IN',
	tower_number: 'IN',
	sg_post_code: 'SG',
	unit_number: 'SG',
};

/** A field per part, in alphabetical order. */
export const addressFields: INodeProperties[] = parts.map(([name, displayName]) => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...(countryOf[name] === undefined
		? {}
		: { displayOptions: { show: { '/country': [countryOf[name]] } } }),
	...(postCodes.includes(name) ? { hint: `Up to ${maxPostCodeCharacters} characters` } : {}),
}));

/** The order in which an address is written. */
const writtenOrder = [
	...['name', 'phone_number', 'house_number', 'unit_number', 'floor_number', 'tower_number'],
	...['building_name', 'address', 'landmark_area', 'city', 'state', 'in_pin_code', 'sg_post_code'],
];

/** The same fields in the order in which an address is written. */
export const addressRow: INodeProperties[] = writtenOrder.flatMap((part) =>
	addressFields.filter(({ name }) => name === part),
);

/** The parts as choices of an option list. */
export const addressPartOptions = parts.map(([value, name]) => ({ name, value }));

/** The filled parts of an address. Other names are left out. */
export const addressSchema = collectionOf(
	Object.fromEntries(
		parts.map(([name]) => [
			name,
			optionalText(postCodes.includes(name) ? maxPostCodeCharacters : Infinity),
		]),
	),
	'an object with the parts of an address',
);
