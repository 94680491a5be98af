/** Turns parts of a template from Meta's names into those of the fields. */
import type { Values } from '../../values/row';
import { isObject, objectOf, without } from '../../values/unknown';
import { isBlank } from '../../values/words';

/** `{type: "text", parameter_name: "city", text: "Bonn"}`, and amounts and dates. */
export function variableFromMeta(row: Values): Values {
	if (!('parameter_name' in row || 'currency' in row || 'date_time' in row)) return row;
	const { parameter_name: parameterName, currency, date_time: dateTime, ...rest } = row;
	const { amount_1000: amount1000, code, fallback_value: amountText, ...more } = objectOf(currency);
	const { fallback_value: dateText, ...parts } = objectOf(dateTime);
	return {
		...rest,
		...(parameterName === undefined ? {} : { parameterName }),
		...(isObject(currency)
			? { amount: fromThousandths(amount1000), currencyCode: code, text: amountText, ...more }
			: {}),
		...(isObject(dateTime) ? { text: dateText, parts } : {}),
	};
}

/** Also of a number that cannot be used: the field refuses parts of a thousandth, and what is too long. */
function fromThousandths(amount: unknown): unknown {
	const number = typeof amount === 'string' && !isBlank(amount) ? Number(amount) : amount;
	return typeof number === 'number' && Number.isFinite(number) ? number / 1000 : amount;
}

/** `{type: "button", sub_type: "url", index: "0", parameters: […]}` */
export function buttonFromMeta(row: Values): Values {
	const { type, sub_type: subType, parameters, ...rest } = row;
	if (subType === undefined && parameters === undefined) return row;
	const kind = typeof subType === 'string' ? subType.toLowerCase() : subType;
	const button: Values = { ...rest, type: kind ?? type };
	for (const parameter of Array.isArray(parameters) ? parameters : [parameters]) {
		Object.assign(button, ofParameter(objectOf(parameter), kind));
	}
	return button;
}

function ofParameter(parameter: Values, kind: unknown): Values {
	const { action, parameter_name: parameterName, ...values } = without(parameter, 'type');
	if (isObject(action)) {
		const { flow_token: token, flow_action_data: data, order_details: order, ...rest } = action;
		const { thumbnail_product_retailer_id: thumbnail, ...others } = rest;
		return {
			...others,
			...(token === undefined ? {} : { flowReference: token }),
			...(data === undefined ? {} : { flowData: data }),
			...(order === undefined ? {} : { orderDetails: order }),
			...(thumbnail === undefined ? {} : { thumbnailProductRetailerId: thumbnail }),
		};
	}
	const { coupon_code: code, ttl_minutes: ttlMinutes, payload, text, ...rest } = values;
	// In some of Meta's examples, a quick reply takes a text.
	const replyText = kind === 'quick_reply' ? { payload: text } : { text };
	return {
		...rest,
		...(parameterName === undefined ? {} : { parameterName }),
		...(code === undefined ? {} : { code }),
		...(ttlMinutes === undefined ? {} : { ttlMinutes }),
		...(payload === undefined
			? {}
			: { [kind === 'voice_call' ? 'callPayload' : 'payload']: payload }),
		...(text === undefined ? {} : replyText),
	};
}

/** `{card_index: 0, components: [header, body, buttons]}`; the place in the list counts. */
export function cardFromMeta(row: Values): Values {
	const { components, ...rest } = without(row, 'card_index');
	if (!Array.isArray(components)) return row;
	const card: Values = { ...rest };
	const buttons: Values[] = [];
	for (const component of components.map(objectOf)) {
		const { type, parameters } = component;
		switch (typeof type === 'string' ? type.toLowerCase() : type) {
			case 'header':
				Object.assign(card, headerFromMeta(parameters));
				break;
			case 'body':
				card['bodyVariables'] = parameters;
				break;
			case 'button':
				buttons.push(component);
				break;
			default:
				// Gets reported as something that no card has.
				card[String(type)] = component;
		}
	}
	return buttons.length === 0 ? card : { ...card, buttons };
}

function headerFromMeta(parameters: unknown): Values {
	const list: unknown[] = Array.isArray(parameters) ? parameters : [parameters];
	const { type, ...rest } = objectOf(list[0]);
	const kind = typeof type === 'string' ? type.toLowerCase() : undefined;
	const content = objectOf(rest[kind ?? '']);
	if (kind === 'product') {
		const { product_retailer_id: id, catalog_id: catalogId, ...more } = content;
		return { headerType: kind, headerProductRetailerId: id, headerCatalogId: catalogId, ...more };
	}
	const { id, link, ...more } = content;
	return {
		headerType: kind,
		...(id === undefined ? {} : { headerMediaId: id }),
		...(link === undefined ? {} : { headerMediaLink: link }),
		...more,
	};
}
