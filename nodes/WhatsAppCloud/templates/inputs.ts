import { buttonInputs } from './buttonInputs';
import type { HeaderStructure, PartsStructure, TemplateStructure } from './structure';
import { inputOf, ofCard, type TemplateInput } from './templateInput';
import type { TextStructure } from './textStructure';

/** What Meta calls the statuses of an order, in their order. */
const orderStatuses = ['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'];

/**
 * Everything that a message with this template has to say or may say, in the order of the template.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export function inputsOf(template: TemplateStructure): TemplateInput[] {
	const { parts, cards, offer, isOrderStatus, hasTapTarget } = template;
	// The code stands in the text, too, and is asked for once.
	const hasCode = parts.buttons.some(({ isOtp }) => isOtp);
	return [
		...headerInputs(parts.header),
		...(hasTapTarget ? tapInputs : []),
		...(hasCode ? [] : bodyInputs(parts.body)),
		...(offer?.expires === true ? [expiry] : []),
		...cardInputs(cards),
		...buttonInputs(parts.buttons),
		...(isOrderStatus ? orderInputs : []),
	];
}

const expiry = inputOf('expiry', 'Offer Ends At', { example: '2027-02-25T23:59:00+01:00' });

const tapInputs = [inputOf('tap.url', 'Tap Target URL'), inputOf('tap.title', 'Tap Target Title')];

const orderInputs = [
	inputOf('order.reference', 'Order Reference'),
	inputOf('order.status', 'Order Status', { kind: 'choice', choices: orderStatuses }),
	inputOf('order.description', 'Status Description'),
];

function headerInputs(header: HeaderStructure | null): TemplateInput[] {
	switch (header?.format) {
		case 'text':
			return (header.text?.variables ?? []).map(({ name, example }) =>
				inputOf(`header.text.${name}`, `Header {{${name}}}`, { example }),
			);
		case 'image':
		case 'video':
		case 'gif':
			return [fileInput(header.format)];
		case 'document':
			return [
				fileInput(header.format),
				inputOf('header.filename', 'File Name', { example: 'invoice.pdf' }),
			];
		case 'location':
			return [
				inputOf('header.latitude', 'Latitude', { example: '48.858222' }),
				inputOf('header.longitude', 'Longitude', { example: '2.2945' }),
				inputOf('header.name', 'Location Name'),
				inputOf('header.address', 'Location Address'),
			];
		case 'product':
			return [
				inputOf('header.product', 'Product', { example: 'SKU-1042' }),
				inputOf('header.catalog', 'Catalog', { example: '194836987003835' }),
			];
		case undefined:
			return [];
	}
}

const formatNames = { image: 'Image', video: 'Video', gif: 'GIF', document: 'Document' };

const fileInput = (format: keyof typeof formatNames): TemplateInput =>
	inputOf(`header.${format}`, formatNames[format], { kind: 'file' });

const bodyInputs = (body: TextStructure | null): TemplateInput[] =>
	(body?.variables ?? []).map(({ name, example }) =>
		inputOf(`body.${name}`, `{{${name}}}`, { example }),
	);

function cardInputs(cards: readonly PartsStructure[]): TemplateInput[] {
	const ofEach = cards.map(({ header, body, buttons }) => [
		...headerInputs(header),
		...bodyInputs(body),
		...buttonInputs(buttons),
	]);
	if (cards.length > 0 && ofEach.every(isProductAlone)) return productCards;
	return ofEach.flatMap(ofCard);
}

/** A message has two to ten product cards, however many the template was made with. */
const productCards = [
	inputOf('cards.products', 'Products of the Cards', { example: 'SKU-1042, SKU-1043' }),
	inputOf('cards.catalog', 'Catalog', { example: '194836987003835' }),
];

const isProductAlone = (inputs: readonly TemplateInput[]): boolean =>
	inputs.length === 2 && inputs.every(({ id }) => /^header\.(?:product|catalog)$/.test(id));
