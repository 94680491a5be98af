import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asObject, asText } from '../../json.ts';
import { requireChoice, requireObject, requireText, requireUrl } from '../rules.ts';

/** Characters; Meta documents no limits, but these fit every code and line that banks issue. */
const maxCodeLength = 2000;
const maxLineLength = 100;

const paymentTypes = ['pix_dynamic_code', 'boleto', 'payment_link'];

/**
 * Checks how a payment request can be paid.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/payment-request-cta
 * @throws GraphError 131008 or 131009
 * @returns its type
 */
export function checkPaymentSetting(parent: JsonObject, path: string): string {
	const setting = requireObject(parent, 'payment_setting', `${path}.payment_setting`);
	const settingPath = `${path}.payment_setting`;
	const type = requireChoice(setting, 'type', `${settingPath}.type`, paymentTypes);
	const way = requireObject(setting, type, `${settingPath}.${type}`);
	const wayPath = `${settingPath}.${type}`;
	if (type === 'payment_link') requireUrl(way, 'uri', `${wayPath}.uri`);
	if (type === 'boleto') {
		requireText(way, 'digitable_line', `${wayPath}.digitable_line`, { max: maxLineLength });
	}
	if (type === 'pix_dynamic_code') {
		requireText(way, 'code', `${wayPath}.code`, { max: maxCodeLength });
	}
	return type;
}

/**
 * Checks the `action` of a template's payment request against the definition's button.
 * @throws GraphError 131008, 131009, or 132012 if the way to pay is not the template's
 */
export function checkPaymentRequest(
	action: JsonObject,
	defined: JsonObject | null,
	path: string,
): void {
	const requestPath = `${path}.payment_request`;
	const type = checkPaymentSetting(
		requireObject(action, 'payment_request', requestPath),
		requestPath,
	);
	const wanted = asText(asObject(defined?.['payment_setting'])?.['type']);
	if (wanted !== undefined && wanted !== type) {
		throw new GraphError(132012, {
			details: `${path}: The template's button is for ${wanted}, not for ${type}`,
		});
	}
}
