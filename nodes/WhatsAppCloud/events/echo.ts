import { isObject, readObject, type JsonObject } from './reading/lenientJson';

/**
 * The message of an echo. What another agent has sent stands inside of `message`, in the words in
 * which it was sent, with ID and time around it; what the app has sent stands there bare.
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
