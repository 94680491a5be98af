import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';
import type { Group } from '../state/groups.ts';
import { newGroup } from '../state/groups.ts';
import { GraphError, invalidParameter } from '../errors/graph-error.ts';

/** Business-scoped user ID: country, dot, up to 128 letters and digits; parent IDs have `ENT.`. */
const userIdPattern = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
/** Phone numbers as people write them. */
const phonePattern = /^\+?[\d\s()-]+$/;
/** E.164. */
const maxDigits = 15;

/** Who a message goes to. */
export interface Recipient {
	/** As given in the request. */
	input: string;
	/** Digits, or the group's ID. */
	key: string;
	/** The request gave the user ID and no phone number. */
	byUserId: boolean;
	/** Null for a message to one person. */
	group: Group | null;
}

/**
 * Digits of a number as WhatsApp reads them: without `+`, the business number's country code is
 * prepended. https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
 * @throws GraphError 100
 */
export function readPhone(simulator: Simulator, number: PhoneNumber, input: string): string {
	const digits = digitsOf(input);
	if (!phonePattern.test(input) || digits === '') {
		throw invalidParameter(`Param to is not a valid phone number: ${input.slice(0, 64)}`);
	}
	const prefix =
		input.trimStart().startsWith('+') || !simulator.settings.prefixCountryCode
			? ''
			: number.countryCallingCode;
	const full = prefix + digits;
	if (full.length > maxDigits) {
		throw invalidParameter(`Param to has more than ${maxDigits} digits: ${input}`);
	}
	return full;
}

/** @throws GraphError 100 for a missing or invalid recipient, 131041 for an unknown group */
export function resolveRecipient(
	simulator: Simulator,
	number: PhoneNumber,
	body: JsonObject,
): Recipient {
	const kind = body['recipient_type'] ?? 'individual';
	if (kind !== 'individual' && kind !== 'group') {
		throw invalidParameter('Param recipient_type must be one of {INDIVIDUAL, GROUP}');
	}
	const to = asText(body['to']);
	if (kind === 'group') return groupRecipient(simulator, number, to);
	if (to !== undefined) {
		const key = readPhone(simulator, number, to);
		if (key === digitsOf(number.displayPhoneNumber)) throw new GraphError(131021);
		return { input: to, key, byUserId: false, group: null };
	}
	const userId = asText(body['recipient']);
	if (userId === undefined) throw invalidParameter('The parameter to is required.');
	if (!userIdPattern.test(userId)) {
		throw invalidParameter(`Param recipient is not a valid user ID: ${userId.slice(0, 64)}`);
	}
	const known = simulator.customers.byUserId(userId);
	return { input: userId, key: known?.waId ?? userId, byUserId: true, group: null };
}

function groupRecipient(
	simulator: Simulator,
	number: PhoneNumber,
	to: string | undefined,
): Recipient {
	if (to === undefined) throw invalidParameter('The parameter to is required.');
	const group = simulator.account.groups.get(to) ?? null;
	if (group?.phoneNumberId !== number.id && simulator.settings.strictReferences) {
		throw new GraphError(131041, { details: `There is no group with the ID ${to}` });
	}
	return {
		input: to,
		key: to,
		byUserId: false,
		group: group ?? newGroup({ id: to, phoneNumberId: number.id, subject: to }),
	};
}
