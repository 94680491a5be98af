import { asText } from '../../json.ts';
import { badValue, isAbsent, optionalObject, requireChoice } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import {
	optionalFooter,
	optionalHeader,
	requireBody,
	requireNamedAction,
	requireParameters,
} from './parts.ts';

const path = 'interactive.action.parameters';
const maxPostCodeLength = 6;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/address-messages */
export const checkAddress: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'address_message'));
	// Older pages of Meta's also offer the form in Singapore.
	requireChoice(parameters, 'country', `${path}.country`, ['IN', 'SG']);
	const values = optionalObject(parameters, 'values', `${path}.values`);
	for (const name of ['in_pin_code', 'sg_post_code']) {
		const postCode = asText(values?.[name]);
		if (postCode !== undefined && postCode.length > maxPostCodeLength) {
			throw badValue(`${path}.values.${name} has more than ${maxPostCodeLength} characters`);
		}
	}
	const saved = parameters['saved_addresses'];
	if (!isAbsent(saved) && !Array.isArray(saved))
		throw badValue(`${path}.saved_addresses must be an array`);
	optionalObject(parameters, 'validation_errors', `${path}.validation_errors`);
};
