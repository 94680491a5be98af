import type { TemplateFixture } from '../../fixtures/templateFixtures';
import type { Parts } from './definitions';
import { at, listAt, textAt } from './json';
import { ids } from './simulator';

/** What a header of each format is sent with. */
const headers: Record<string, Parts> = {
	IMAGE: { type: 'image', image: { link: 'https://example.com/a.jpg' } },
	VIDEO: { type: 'video', video: { link: 'https://example.com/a.mp4' } },
	GIF: { type: 'gif', gif: { link: 'https://example.com/a.mp4' } },
	DOCUMENT: {
		type: 'document',
		document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' },
	},
	LOCATION: {
		type: 'location',
		location: { latitude: '52.5', longitude: '13.4', name: 'Shop', address: 'Mitte' },
	},
	PRODUCT: {
		type: 'product',
		product: { product_retailer_id: 'SKU-ALOE', catalog_id: ids.catalog },
	},
};

const order = {
	reference_id: 'order-1',
	type: 'physical-goods',
	payment_settings: [
		{ type: 'payment_gateway', payment_gateway: { type: 'razorpay', configuration_name: 'shop' } },
	],
	currency: 'INR',
	total_amount: { value: 2100, offset: 100 },
	order: {
		status: 'pending',
		items: [
			{
				retailer_id: 'SKU-ALOE',
				name: 'Aloe',
				amount: { value: 2000, offset: 100 },
				quantity: 1,
			},
		],
		subtotal: { value: 2000, offset: 100 },
		tax: { value: 100, offset: 100 },
	},
};

const code = '482915';

/** What a button of each type is sent with; nothing for most. */
function buttonParameter(button: Parts): [subType: string, parameter: Parts] | null {
	switch (button['type']) {
		case 'URL': {
			const isCode = textAt(button, 'url').includes('otp/code');
			const text = isCode ? code : 'x-1';
			return textAt(button, 'url').includes('{{') ? ['url', { type: 'text', text }] : null;
		}
		case 'OTP':
			return ['url', { type: 'text', text: code }];
		case 'COPY_CODE':
			return ['copy_code', { type: 'coupon_code', coupon_code: 'FERN25' }];
		case 'MPM':
			return [
				'mpm',
				{
					type: 'action',
					action: {
						thumbnail_product_retailer_id: 'SKU-ALOE',
						sections: [{ title: 'Ferns', product_items: [{ product_retailer_id: 'SKU-JADE' }] }],
					},
				},
			];
		case 'ORDER_DETAILS':
			return ['order_details', { type: 'action', action: { order_details: order } }];
		case 'PAYMENT_REQUEST':
			return [
				'payment_request',
				{
					type: 'action',
					action: { payment_request: { payment_setting: button['payment_setting'] } },
				},
			];
		default:
			return null;
	}
}

/** Values for the variables of a text, by number or name. */
function values(text: string, isNamed: boolean, isCode: boolean): Parts[] {
	const names = [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? ''))];
	return names.map((name) => ({
		type: 'text',
		text: isCode ? code : `value ${name}`,
		...(isNamed ? { parameter_name: name } : {}),
	}));
}

function fillParts(definition: Parts[], isNamed: boolean, isCode: boolean): Parts[] {
	const filled: Parts[] = [];
	for (const part of definition) {
		const type = String(part['type']);
		if (type === 'HEADER') {
			const format = String(part['format']);
			const parameters =
				format === 'TEXT' ? values(textAt(part, 'text'), isNamed, false) : [headers[format] ?? {}];
			if (parameters.length > 0) filled.push({ type: 'header', parameters });
		}
		if (type === 'BODY') {
			const parameters = values(textAt(part, 'text'), isNamed, isCode);
			if (parameters.length > 0) filled.push({ type: 'body', parameters });
		}
		if (type === 'BUTTONS') {
			for (const [index, button] of listAt(part, 'buttons').entries()) {
				const [sub_type, parameter] = buttonParameter(button) ?? [];
				if (parameter) filled.push({ type: 'button', sub_type, index, parameters: [parameter] });
			}
		}
		if (
			type === 'LIMITED_TIME_OFFER' &&
			at(part, 'limited_time_offer', 'has_expiration') === true
		) {
			const limited_time_offer = { expiration_time_ms: 1_900_000_000_000 };
			const parameters = [{ type: 'limited_time_offer', limited_time_offer }];
			filled.push({ type: 'limited_time_offer', parameters });
		}
		if (type === 'CAROUSEL') {
			const cards = listAt(part, 'cards').map((card, card_index) => ({
				card_index,
				components: fillParts(listAt(card, 'components'), isNamed, false),
			}));
			filled.push({ type: 'carousel', cards });
		}
	}
	return filled;
}

/** The components of a message that fits the template. */
export function fill(template: TemplateFixture): Parts[] {
	const isNamed = template.parameter_format === 'NAMED';
	const parts = fillParts(template.components, isNamed, template.category === 'AUTHENTICATION');
	if (template['sub_category'] !== 'ORDER_STATUS') return parts;
	const order_status = { reference_id: 'order-1', order: { status: 'shipped' } };
	return [...parts, { type: 'order_status', parameters: [{ type: 'order_status', order_status }] }];
}
