import {
	fileParameters,
	filled,
	list,
	locator,
	object,
	type Parameters,
	type Wire,
} from './wire.ts';

/** What a template has whether its values come from fields or as JSON. */
function shared(body: Wire): Parameters {
	const { name, language } = object(body['template']);
	const { product_policy, message_activity_sharing: sharing } = body;
	const isMarketing = product_policy !== undefined || sharing !== undefined;
	return filled({
		template: locator(name, 'name'),
		language: object(language)['code'] ?? '',
		options: isMarketing
			? {
					marketing: {
						settings: filled({
							when: 'always',
							productPolicy: product_policy,
							activitySharing: sharing === undefined ? undefined : sharing === true ? 'yes' : 'no',
						}),
					},
				}
			: {},
	});
}

/** A template whose values are in fields, as far as fields exist for them. */
export function templateInFields(body: Wire): Parameters {
	const components = list(object(body['template'])['components']);
	const parts: string[] = [];
	const parameters: Parameters = {};
	const add = (part: string, more: Parameters): void => {
		if (!parts.includes(part)) parts.push(part);
		Object.assign(parameters, more);
	};
	for (const component of components) {
		switch (String(component['type']).toLowerCase()) {
			case 'header':
				add('header', header(component));
				break;
			case 'body':
				add('body', { bodyVariables: variables(component) });
				break;
			case 'button':
				add('buttons', { buttons: buttons(components) });
				break;
			case 'carousel':
				add('carousel', { cards: { card: list(component['cards']).map(card) } });
				break;
			case 'limited_time_offer':
				add('limited_time_offer', { offerExpiresAt: offerEnd(component) });
				break;
			case 'order_status':
				add('order_status', orderStatus(component));
				break;
			case 'tap_target_configuration':
				add('tap_target', tapTarget(component));
		}
	}
	return { ...shared(body), componentsInput: 'fields', templateParts: parts, ...parameters };
}

/** A template whose components are written as JSON. */
export function templateAsJson(body: Wire): Parameters {
	const { components } = object(body['template']);
	return {
		...shared(body),
		componentsInput: 'json',
		componentsJson: JSON.stringify(components ?? []),
	};
}

const firstParameter = (component: Wire): Wire => list(component['parameters'])[0] ?? {};

function header(component: Wire): Parameters {
	const parameter = firstParameter(component);
	const { type, text, parameter_name } = parameter;
	const content = object(parameter[String(type)]);
	switch (type) {
		case 'text':
			return filled({
				headerType: type,
				headerText: text,
				headerParameterName: parameter_name,
			});
		case 'location':
			return filled({
				headerType: type,
				headerLatitude: content['latitude'],
				headerLongitude: content['longitude'],
				headerLocationName: content['name'],
				headerLocationAddress: content['address'],
			});
		case 'product':
			return {
				headerType: type,
				headerProductRetailerId: content['product_retailer_id'],
				headerCatalogId: content['catalog_id'],
			};
		default:
			return filled({
				headerType: type,
				...fileParameters(content, 'header'),
				headerFilename: content['filename'],
			});
	}
}

function variables(component: Wire): Wire {
	return {
		variable: list(component['parameters']).map((parameter) => {
			const { type, text, currency, date_time, group_id, parameter_name } = parameter;
			const { fallback_value, code, amount_1000 } = { ...object(date_time), ...object(currency) };
			return filled({
				type,
				text: text ?? fallback_value,
				currencyCode: code,
				amount: typeof amount_1000 === 'number' ? amount_1000 / 1000 : undefined,
				groupId: group_id,
				parameterName: parameter_name,
			});
		}),
	};
}

function buttons(components: Wire[]): Wire {
	return {
		button: components
			.filter(({ type }) => String(type).toLowerCase() === 'button')
			.map((component) => {
				const type = String(component['sub_type']).toLowerCase();
				const { index } = component;
				return filled({ type, index, ...buttonValue(type, component) });
			}),
	};
}

function buttonValue(type: string, component: Wire): Parameters {
	const parameter = firstParameter(component);
	const action = object(parameter['action']);
	const thumbnailProductRetailerId = action['thumbnail_product_retailer_id'];
	switch (type) {
		case 'url':
			return { text: parameter['text'], parameterName: parameter['parameter_name'] };
		case 'quick_reply':
			return { payload: parameter['payload'] };
		case 'copy_code':
			return { code: parameter['coupon_code'] };
		case 'flow':
			return {
				flowReference: action['flow_token'],
				flowData: JSON.stringify(action['flow_action_data'] ?? {}),
			};
		case 'catalog':
			return { thumbnailProductRetailerId };
		case 'mpm':
			return {
				thumbnailProductRetailerId,
				sections: {
					section: list(action['sections']).map(({ title, product_items }) =>
						filled({
							title,
							products: list(product_items)
								.map(({ product_retailer_id }) => String(product_retailer_id))
								.join(', '),
						}),
					),
				},
			};
		case 'payment_request':
			return paymentRequest(object(object(action['payment_request'])['payment_setting']));
		case 'order_details':
			return { orderDetails: JSON.stringify(action['order_details'] ?? {}) };
		case 'voice_call': {
			const given = Object.assign({}, ...list(component['parameters'])) as Wire;
			return { ttlMinutes: given['ttl_minutes'], callPayload: given['payload'] };
		}
		default:
			return {};
	}
}

function paymentRequest(setting: Wire): Parameters {
	const way = String(setting['type']);
	const { code, digitable_line, uri } = object(setting[way]);
	return { paymentMethod: way, paymentCode: code ?? digitable_line ?? uri };
}

function card({ components }: Wire): Parameters {
	const parts = list(components);
	const named = (name: string) => parts.find(({ type }) => String(type).toLowerCase() === name);
	const [top, text] = [named('header'), named('body')];
	return {
		...(top === undefined ? { headerType: 'none' } : header(top)),
		bodyVariables: text === undefined ? {} : variables(text),
		buttons: buttons(parts),
	};
}

const offerEnd = (component: Wire): unknown =>
	object(firstParameter(component)['limited_time_offer'])['expiration_time_ms'];

function orderStatus(component: Wire): Parameters {
	const { reference_id, order } = object(firstParameter(component)['order_status']);
	const { status, description } = object(order);
	return filled({
		orderReferenceId: reference_id,
		orderStatus: status,
		orderStatusDescription: description,
	});
}

function tapTarget(component: Wire): Parameters {
	const [target = {}] = list(firstParameter(component)['tap_target_configuration']);
	return { tapTargetTitle: target['title'], tapTargetUrl: target['url'] };
}
