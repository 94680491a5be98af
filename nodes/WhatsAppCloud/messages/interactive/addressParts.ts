import type { INodeProperties } from 'n8n-workflow';
import { collectionOf } from '../../values/json';
import { optionalText } from '../../values/limits';

/** Longest postal code, in India and in Singapore. */
const maxPostCodeCharacters = 6;

const postCodes = ['in_pin_code', 'sg_post_code'];

/**
 * The parts of an address. The names are Meta's own, so that an address from an answer of the
 * trigger can be given back as it came.
 */
const parts: Array<[name: string, displayName: string]> = [
	['address', 'Address'],
	['building_name', 'Building Name'],
	['city', 'City'],
	['floor_number', 'Floor Number'],
	['house_number', 'House Number'],
	['landmark_area', 'Landmark or Area'],
	['name', 'Name'],
	['phone_number', 'Phone Number'],
	['in_pin_code', 'PIN Code (India)'],
	['sg_post_code', 'Post Code (Singapore)'],
	['state', 'State'],
	['tower_number', 'Tower Number'],
	['unit_number', 'Unit Number (Singapore)'],
];

/** A field per part, in alphabetical order. */
export const addressFields: INodeProperties[] = parts.map(([name, displayName]) => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...(postCodes.includes(name) ? { hint: `Up to ${maxPostCodeCharacters} characters` } : {}),
}));

/** The parts as choices of an option list. */
export const addressPartOptions = parts.map(([value, name]) => ({ name, value }));

/** The parts of an address that are filled. Other names are left out. */
export const addressSchema = collectionOf(
	Object.fromEntries(
		parts.map(([name]) => [
			name,
			optionalText(postCodes.includes(name) ? maxPostCodeCharacters : Infinity),
		]),
	),
	'an object with the parts of an address',
);
