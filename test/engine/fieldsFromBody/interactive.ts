import { orderDetails, orderStatus } from './order.ts';
import {
	fileParameters,
	filled,
	list,
	locator,
	object,
	type Parameters,
	type Wire,
} from './wire.ts';

interface Target {
	operation: 'sendInteractive' | 'sendProduct';
	parameters: Parameters;
}

/** What each type's action becomes, besides header, body and footer. */
const actions: Record<string, (action: Wire) => Parameters> = {
	button: ({ buttons }) => ({
		buttons: { button: list(buttons).map(button) },
	}),
	list: ({ button, sections }) => ({
		buttonText: button,
		sections: {
			section: list(sections).map(({ title, rows }) =>
				filled({ title, rows: { row: list(rows) } }),
			),
		},
	}),
	cta_url: ({ parameters }) => {
		const { display_text, url, payment_link_preview } = object(parameters);
		return filled({ buttonText: display_text, url, paymentLinkPreview: payment_link_preview });
	},
	carousel: ({ cards }) => carousel(list(cards)),
	flow: ({ parameters }) => flow(object(parameters)),
	location_request_message: () => ({}),
	request_contact_info: () => ({}),
	call_permission_request: () => ({}),
	address_message: ({ parameters }) => address(object(parameters)),
	voice_call: ({ parameters }) => {
		const { display_text, ttl_minutes, payload } = object(parameters);
		return filled({ buttonText: display_text, ttlMinutes: ttl_minutes ?? '', payload });
	},
	order_details: ({ parameters }) => orderDetails(object(parameters)),
	order_status: ({ parameters }) => orderStatus(object(parameters)),
};

/** A reply button, or a button allowed next to replies. */
function button({ type, reply, cta_url }: Wire): Parameters {
	if (type !== 'cta_url') return { type: 'reply', ...object(reply) };
	const { url, display_text } = object(cta_url);
	return filled({ type: 'url', url, title: display_text });
}

/** The same for products, which have an operation of their own. */
const productActions: Record<string, (action: Wire) => Parameters> = {
	product: ({ catalog_id, product_retailer_id }) => ({
		catalogId: locator(catalog_id),
		productRetailerId: locator(product_retailer_id),
	}),
	product_list: ({ catalog_id, sections }) => ({
		catalogId: locator(catalog_id),
		sections: {
			section: list(sections).map(({ title, product_items }) =>
				filled({ title, products: { product: list(product_items).map(productRow) } }),
			),
		},
	}),
	catalog_message: ({ parameters }) =>
		filled({
			thumbnailProductRetailerId: object(parameters)['thumbnail_product_retailer_id'],
		}),
	carousel: ({ cards }) => ({
		catalogId: locator(object(list(cards)[0]?.['action'])['catalog_id']),
		products: { product: list(cards).map(({ action }) => productRow(object(action))) },
	}),
};

const productRow = ({ product_retailer_id }: Wire): Parameters => ({
	productRetailerId: locator(product_retailer_id),
});

/** Operation and parameters of an interactive message; null for an unknown type. */
export function interactiveParameters(content: Wire): Target | null {
	const { type, header, body, footer } = content;
	const action = object(content['action']);
	const name = String(type);
	const isProduct =
		name === 'carousel' ? list(action['cards'])[0]?.['type'] === 'product' : name in productActions;
	const read = (isProduct ? productActions : actions)[name];
	if (read === undefined) return null;
	return {
		operation: isProduct ? 'sendProduct' : 'sendInteractive',
		parameters: {
			[isProduct ? 'productType' : 'interactiveType']: name,
			...headerParameters(object(header)),
			...filled({ body: object(body)['text'], footer: object(footer)['text'] }),
			...read(action),
		},
	};
}

function headerParameters(header: Wire): Parameters {
	const { type } = header;
	if (typeof type !== 'string') return {};
	if (type === 'text') return { headerType: 'text', headerText: header['text'] };
	const media = object(header[type]);
	return filled({
		headerType: type,
		...fileParameters(media, 'header'),
		headerFilename: media['filename'],
	});
}

function carousel(cards: Wire[]): Parameters {
	const first = cards[0] ?? {};
	return {
		cardHeaderType: object(first['header'])['type'],
		cardButtonType: object(first['action'])['buttons'] === undefined ? 'url' : 'quickReply',
		cards: {
			card: cards.map(({ header, body, action }) => {
				const { type } = object(header);
				const { parameters, buttons } = object(action);
				const { display_text, url } = object(parameters);
				return filled({
					...fileParameters(object(object(header)[String(type)])),
					body: object(body)['text'],
					buttonText: display_text,
					url,
					buttons:
						buttons === undefined
							? undefined
							: { button: list(buttons).map(({ quick_reply }) => object(quick_reply)) },
				});
			}),
		},
	};
}

function flow(parameters: Wire): Parameters {
	const { flow_id, flow_name, flow_cta, flow_token, mode, flow_action } = parameters;
	const { screen, data } = object(parameters['flow_action_payload']);
	return filled({
		flow: locator(flow_id ?? flow_name),
		buttonText: flow_cta,
		flowAction: flow_action,
		flowScreen: screen,
		flowData: data === undefined ? undefined : JSON.stringify(data),
		flowReference: flow_token,
		options: filled({ flowMode: mode }),
	});
}

function address({ country, values, saved_addresses, validation_errors }: Wire): Parameters {
	return filled({
		country,
		addressValues: values,
		savedAddressesInput: 'json',
		savedAddressesJson: JSON.stringify(saved_addresses ?? []),
		validationErrors: {
			correction: Object.entries(object(validation_errors)).map(([part, message]) => ({
				part,
				message,
			})),
		},
	});
}
