import { optionalInteger, optionalObject, optionalText } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalFooter, optionalHeader, requireBody, requireNamedAction } from './parts.ts';

/** Thirty days. */
const maxTtlMinutes = 43_200;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/calling/call-button-messages-deep-links */
export const checkVoiceCall: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
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
