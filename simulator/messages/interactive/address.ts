import { asText } from '../../json.ts';
import { badValue, isAbsent, optionalObject, requirePart } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import {
	optionalFooter,
	optionalHeader,
	requireBody,
	requireNamedAction,
	requireParameters,
} from './parts.ts';

const path = 'interactive.action.parameters';
const maxPinCodeLength = 6;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/address-messages */
export const checkAddress: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['text', 'image', 'video', 'document']);
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'address_message'));
	// The form exists for addresses in India alone.
	if (requirePart(parameters, 'country', `${path}.country`) !== 'IN') {
		throw badValue(`${path}.country must be IN`);
	}
	const values = optionalObject(parameters, 'values', `${path}.values`);
	const pinCode = asText(values?.['in_pin_code']);
	if (pinCode !== undefined && pinCode.length > maxPinCodeLength) {
		throw badValue(`${path}.values.in_pin_code has more than ${maxPinCodeLength} characters`);
	}
	const saved = parameters['saved_addresses'];
	if (!isAbsent(saved) && !Array.isArray(saved))
		throw badValue(`${path}.saved_addresses must be an array`);
	optionalObject(parameters, 'validation_errors', `${path}.validation_errors`);
};
