import { optionalBoolean, requireText, requireUrl } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import {
	optionalFooter,
	optionalHeader,
	requireBody,
	requireNamedAction,
	requireParameters,
} from './parts.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages */
export const checkCtaUrl: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'cta_url'));
	const path = 'interactive.action.parameters';
	requireText(parameters, 'display_text', `${path}.display_text`, { max: 20 });
	requireUrl(parameters, 'url', `${path}.url`);
	optionalBoolean(parameters, 'payment_link_preview', `${path}.payment_link_preview`);
};
