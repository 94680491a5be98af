import { GraphError } from '../../errors/graph-error.ts';
import { forbid, optionalInteger, optionalObject, optionalText } from '../rules.ts';
import type { InteractiveRules, MessageUnderTest } from '../type.ts';
import { optionalFooter, optionalHeader, requireBody, requireNamedAction } from './parts.ts';

/** Thirty days. */
const maxTtlMinutes = 43_200;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links */
export const checkVoiceCall: InteractiveRules = (message, interactive) => {
	if (message.directSend) {
		checkCalling(message);
		forbid(interactive, 'footer', 'interactive.footer');
	}
	const headers = ['text', 'image', 'video', 'document'] as const;
	optionalHeader(message, interactive, message.directSend ? ['text'] : headers);
	requireBody(interactive);
	optionalFooter(interactive);
	const action = requireNamedAction(interactive, 'voice_call');
	const path = 'interactive.action.parameters';
	const parameters = optionalObject(action, 'parameters', path);
	if (!parameters) return;
	optionalText(parameters, 'display_text', `${path}.display_text`, { max: 20 });
	optionalInteger(parameters, 'ttl_minutes', `${path}.ttl_minutes`, { min: 1, max: maxTtlMinutes });
	optionalText(parameters, 'payload', `${path}.payload`, { min: 0, max: 512 });
};

/**
 * Direct Send offers calls only if somebody can answer them. An app that has set no fields need
 * not subscribe to `calls`.
 * @throws GraphError 138000 if calling is off, 138018 if the app does not subscribe to calls
 */
function checkCalling({ simulator, number }: MessageUnderTest): void {
	if (!number.callingEnabled) {
		throw new GraphError(138000, { details: 'Calling is not enabled for this phone number' });
	}
	const { account } = simulator;
	const subscribed = account.businessAccounts.get(number.businessAccountId)?.subscribedApps ?? [];
	const fields = subscribed.map(({ appId }) => account.apps.get(appId)?.subscription?.fields);
	if (fields.some((list) => list !== undefined && !list.includes('calls'))) {
		throw new GraphError(138018, { details: 'The app is not subscribed to the field calls' });
	}
}
