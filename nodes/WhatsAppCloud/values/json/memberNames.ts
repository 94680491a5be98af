import { isObject } from '../unknown';

/** Meta's way of writing a name: `display_phone_number`. */
const metasName = /^[a-z0-9]+(_[a-z0-9]+)+$/;

/**
 * Meta's JSON with the names as n8n's items write them: `display_phone_number` becomes
 * `displayPhoneNumber`, at every depth. Other names, such as `en_US`, and all values stay.
 */
export function camelCased(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(camelCased);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [camelCasedName(name), camelCased(member)]),
	);
}

/** `quality_score` → `qualityScore` */
const camelCasedName = (name: string): string =>
	metasName.test(name)
		? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
		: name;
