import type { JsonObject } from '../../json.ts';
import {
	badValue,
	isAbsent,
	objectAt,
	optionalObject,
	requireList,
	requireObject,
	requirePart,
	requireText,
} from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import {
	optionalFooter,
	optionalHeader,
	requireBody,
	requireNamedAction,
	requireParameters,
} from './parts.ts';

/** Shortest time, in seconds, that an order must stay open. */
const minExpirationSeconds = 300;
/** Amounts in Indian rupees are in paise. */
const rupeeOffset = 100;

/** https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in */
export const checkOrderDetails: InteractiveRules = (message, interactive) => {
	optionalHeader(message, interactive, ['image']);
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'review_and_pay'));
	const nowSeconds = message.simulator.clock.nowSeconds();
	const referenceId = checkOrderParameters(parameters, 'interactive.action.parameters', nowSeconds);
	const { simulator, number } = message;
	if (simulator.settings.strictReferences && simulator.messages.hasOrder(number.id, referenceId)) {
		throw badValue(`There is already an order with the reference_id ${referenceId}`);
	}
};

/**
 * The order of a message or of a template's button.
 * @throws GraphError 131008 or 131009
 * @returns its reference_id
 */
export function checkOrderParameters(
	parameters: JsonObject,
	path: string,
	nowSeconds: number,
): string {
	const referenceId = checkReferenceId(parameters, path);
	requireText(parameters, 'type', `${path}.type`, { max: 60 });
	const currency = requireText(parameters, 'currency', `${path}.currency`, { min: 3, max: 3 });
	checkAmount(
		requireObject(parameters, 'total_amount', `${path}.total_amount`),
		`${path}.total_amount`,
		currency,
	);
	// In Brazil, a business may ask for an amount without listing items.
	if (currency !== 'INR' && isAbsent(parameters['order'])) return referenceId;
	const order = requireObject(parameters, 'order', `${path}.order`);
	checkOrder(order, `${path}.order`, currency, nowSeconds);
	return referenceId;
}

/** @throws GraphError 131008 or 131009 */
export function checkReferenceId(parameters: JsonObject, path: string): string {
	const id = requireText(parameters, 'reference_id', `${path}.reference_id`, { max: 35 });
	if (!/^[\w.-]+$/.test(id)) {
		throw badValue(`${path}.reference_id may only have letters, digits, _, . and -`);
	}
	return id;
}

function checkAmount(amount: JsonObject, path: string, currency: string): void {
	const value = requirePart(amount, 'value', `${path}.value`);
	const offset = requirePart(amount, 'offset', `${path}.offset`);
	if (typeof value !== 'number' || !Number.isInteger(value))
		throw badValue(`${path}.value must be a whole number`);
	if (currency === 'INR' && offset !== rupeeOffset)
		throw badValue(`${path}.offset must be ${rupeeOffset}`);
}

function checkOrder(order: JsonObject, path: string, currency: string, nowSeconds: number): void {
	requireText(order, 'status', `${path}.status`, { max: 60 });
	const items = requireList(order, 'items', `${path}.items`, { min: 1, max: 999 });
	for (const [index, entry] of items.entries()) {
		const itemPath = `${path}.items[${index}]`;
		const item = objectAt(entry, itemPath);
		requireText(item, 'name', `${itemPath}.name`, { max: 60 });
		checkAmount(
			requireObject(item, 'amount', `${itemPath}.amount`),
			`${itemPath}.amount`,
			currency,
		);
		requirePart(item, 'quantity', `${itemPath}.quantity`);
	}
	checkAmount(requireObject(order, 'subtotal', `${path}.subtotal`), `${path}.subtotal`, currency);
	const expiration = optionalObject(order, 'expiration', `${path}.expiration`);
	if (expiration) {
		const timestamp = Number(requirePart(expiration, 'timestamp', `${path}.expiration.timestamp`));
		if (!(timestamp >= nowSeconds + minExpirationSeconds)) {
			throw badValue(
				`${path}.expiration.timestamp must be at least ${minExpirationSeconds} s in the future`,
			);
		}
	}
}
