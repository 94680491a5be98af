import type { IDataObject } from 'n8n-workflow';
import { itemOf } from '../../node/management/graphOperation';
import { isObject, objectOf } from '../../values/unknown';

/** Names and types of a number's call settings. */
export const callingShape = {
	phoneNumberId: 'string',
	status: 'string',
	callIconVisibility: 'string',
	callbackPermissionStatus: 'string',
	callIcons: { restrictToUserCountries: ['string'] },
	callHours: {
		status: 'string',
		timezoneId: 'string',
		weeklyOperatingHours: [{ dayOfWeek: 'string', openTime: 'string', closeTime: 'string' }],
		holidaySchedule: [{ date: 'string', startTime: 'string', endTime: 'string' }],
	},
	sip: { status: 'string', servers: [{ hostname: 'string', port: 'integer' }] },
	restrictions: {},
} as const;

/**
 * Call settings without the passwords of SIP servers, which Meta adds on request only, and which no
 * item is to hold.
 */
export function callingItem(calling: unknown, phoneNumberId: string): IDataObject {
	return { phoneNumberId, ...itemOf(objectOf(withoutPasswords(calling))) };
}

function withoutPasswords(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutPasswords);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !/password/i.test(name))
			.map(([name, member]) => [name, withoutPasswords(member)]),
	);
}
