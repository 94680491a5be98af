import type { EventContact } from '../../events/reading/eventOrigin';
import { maxKeyLength } from '../../store/store';

/** The person in the form of a recipient: a phone number with a plus, else the user ID. */
export function addressOf({ waId, userId }: EventContact): string | null {
	return phoneOf(waId) ?? userId;
}

/** @returns `+` and digits; null if there are none */
export function phoneOf(waId: string | null): string | null {
	const digits = waId?.replace(/\D/g, '') ?? '';
	return digits === '' ? null : `+${digits}`;
}

export function isKey(value: string | null | undefined): value is string {
	return typeof value === 'string' && value !== '' && value.length <= maxKeyLength;
}
