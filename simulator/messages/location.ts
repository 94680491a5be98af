import type { JsonObject } from '../json.ts';
import { badValue, optionalText, requireObject, requirePart } from './rules.ts';
import type { MessageType } from './type.ts';

/** Longest name and address; Meta documents no limit, and the apps cut off much earlier. */
const maxTextLength = 1000;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-messages */
export const location: MessageType = {
	type: 'location',
	check({ body }) {
		checkLocation(requireObject(body, 'location'), 'location');
		return undefined;
	},
};

/** Decimal degrees as number or text. @throws GraphError 131008 or 131009 */
export function checkLocation(content: JsonObject, path: string): void {
	checkDegrees(content, 'latitude', path, 90);
	checkDegrees(content, 'longitude', path, 180);
	optionalText(content, 'name', `${path}.name`, { min: 0, max: maxTextLength });
	optionalText(content, 'address', `${path}.address`, { min: 0, max: maxTextLength });
}

function checkDegrees(content: JsonObject, name: string, path: string, max: number): void {
	const value = requirePart(content, name, `${path}.${name}`);
	const isText = typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value);
	const degrees = isText ? Number(value) : value;
	if (typeof degrees !== 'number' || !(Math.abs(degrees) <= max)) {
		throw badValue(`${path}.${name} must be from -${max} to ${max}`);
	}
}
