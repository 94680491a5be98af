import { isObject, readObject, type JsonObject } from './reading/lenientJson';

/**
 * The message of an echo. What another agent sent is wrapped in `message`, just as it was sent,
 * with the ID and time beside it; what the app sent is not wrapped.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby
 */
export function messageOfEcho(echo: JsonObject): JsonObject {
	const inner = readObject(echo['message']);
	if (inner === null) return echo;
	const around = Object.entries(echo).filter(
		([key, value]) => key !== 'message' && value !== null && !isObject(inner[key]),
	);
	return { ...inner, ...Object.fromEntries(around) };
}
