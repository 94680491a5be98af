import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import type { PhoneNumber } from '../../state/account.ts';
import { invalidParameter } from '../../errors/graph-error.ts';

const readers: Readonly<Record<string, (number: PhoneNumber, value: unknown) => void>> = {
	pin(number, value) {
		number.pin = readPin(value);
		number.wrongPins = 0;
	},
	new_display_name(number, value) {
		const name = asText(value) ?? '';
		if (name.length < 2 || name.length > 75) {
			throw invalidParameter('Param new_display_name must have 2 to 75 characters');
		}
		number.newDisplayName = name;
		number.newNameStatus = 'PENDING_REVIEW';
	},
	search_visibility(number, value) {
		if (value !== 'VISIBLE' && value !== 'HIDDEN') {
			throw invalidParameter('Param search_visibility must be one of {VISIBLE, HIDDEN}');
		}
		number.searchVisibility = value;
	},
};

/**
 * `POST /{phone}`: PIN, display name, visibility in search.
 * @throws GraphError 100 if nothing that is known here is to be changed
 */
export function changeNumber(number: PhoneNumber, body: JsonObject): void {
	const names = Object.keys(readers).filter((name) => name in body);
	if (names.length === 0) throw invalidParameter('The request changes nothing');
	for (const name of names) readers[name]?.(number, body[name]);
}

/** Six digits. @throws GraphError 100 */
export function readPin(value: unknown): string {
	const pin = asText(value) ?? '';
	if (/^\d{6}$/.test(pin)) return pin;
	throw invalidParameter('Param pin must be 6 digits long');
}
