import type { ChatMessage } from '../../../chat-contract.ts';
import { listAt, numberAt, objectAt, textAt } from '../../data/json.ts';
import { el, type Child } from '../../dom/element.ts';
import { icon } from '../../dom/icons.ts';
import { exactTime } from '../../text/dates.ts';
import { formattedText, plainLine } from '../../text/formatted.ts';
import { missingMedia } from '../media.ts';
import { card, cardRow } from '../cards.ts';
import { footerNode, headerNode } from '../interactive/frame.ts';
import { orderCard } from '../interactive/order-details.ts';
import { orderStatusCard } from '../interactive/order-status.ts';
import { productCard } from '../interactive/products.ts';
import { unknownCard } from '../unknown.ts';
import type { Chat, MessageView } from '../view.ts';
import { templateButtons } from './buttons.ts';
import { buttonParameter, definitionOf, fillVariables, parametersOf } from './values.ts';

/** Body of the template. Authentication templates have none: Meta writes it. */
function bodyText(definition: unknown, parameters: unknown[]): string {
	const body = definitionOf(listAt(definition, 'components'), 'body');
	const text = textAt(body, 'text');
	if (text !== '') return fillVariables(text, parameters);
	if (textAt(definition, 'category').toUpperCase() !== 'AUTHENTICATION') return '';
	const advice =
		textAt(body, 'add_security_recommendation') === 'true'
			? ' For your security, do not share this code.'
			: '';
	return fillVariables(`*{{1}}* is your verification code.${advice}`, parameters);
}

function header(definition: unknown, parameters: unknown[], chat: Chat): Child {
	const format = textAt(definition, 'format').toLowerCase();
	const [parameter] = parameters;
	if (format === 'text') {
		const text = fillVariables(textAt(definition, 'text'), parameters);
		return headerNode({ type: 'text', text });
	}
	if (format === 'product') {
		const product = objectAt(parameter, 'product');
		return productCard(chat, textAt(product, 'catalog_id'), textAt(product, 'product_retailer_id'));
	}
	if (format === '') return null;
	return (
		headerNode({ type: format, [format]: objectAt(parameter, format) }) ||
		missingMedia('image', `Header (${format.toLowerCase()}) without a value`)
	);
}

function offer(definition: unknown, parameters: unknown[]): Child {
	const text = textAt(definition, 'limited_time_offer', 'text');
	if (text === '') return null;
	const endMs = numberAt(parameters[0], 'limited_time_offer', 'expiration_time_ms');
	return el('div', { class: 'offer' }, [
		icon('tag'),
		el('div', {}, [
			el('div', { class: 'offer-title', dir: 'auto' }, [text]),
			endMs !== null && el('div', { class: 'note' }, [`Offer ends ${exactTime(endMs)}`]),
		]),
	]);
}

function carousel(
	definition: unknown,
	sent: unknown[],
	messageId: string,
	chat: Chat,
): HTMLElement {
	const sentCards = listAt(definitionOf(sent, 'carousel'), 'cards');
	const defined = listAt(definition, 'cards');
	// A product carousel has one card in its definition, and any number in the message.
	const count = Math.max(sentCards.length, defined.length);
	const cards = Array.from({ length: count }, (_, index) => {
		const parts = listAt(defined[index] ?? defined[0], 'components');
		const values = listAt(
			sentCards.find((part) => numberAt(part, 'card_index') === index) ?? sentCards[index],
			'components',
		);
		const body = fillVariables(
			textAt(definitionOf(parts, 'body'), 'text'),
			parametersOf(values, 'body'),
		);
		const buttons = listAt(definitionOf(parts, 'buttons'), 'buttons');
		return card(
			[
				header(definitionOf(parts, 'header'), parametersOf(values, 'header'), chat),
				body !== '' && formattedText(body),
			],
			templateButtons(buttons, values, messageId, chat),
		);
	});
	return cardRow(cards);
}

function orderParts(sent: unknown[], buttons: unknown[]): Child[] {
	const status = objectAt(parametersOf(sent, 'order_status')[0], 'order_status');
	const payIndex = buttons.findIndex(
		(button) => textAt(button, 'type').toLowerCase() === 'order_details',
	);
	const details = objectAt(buttonParameter(sent, payIndex), 'action', 'order_details');
	return [
		Object.keys(details).length > 0 && orderCard(details),
		Object.keys(status).length > 0 && orderStatusCard(status),
	];
}

function summary({ body, template }: ChatMessage): string {
	const sent = listAt(body, 'template', 'components');
	const text = bodyText(template, parametersOf(sent, 'body'));
	return plainLine(text) || `Template ${textAt(body, 'template', 'name')}`;
}

/** The buttons; a request to call is a component of its own and looks like one. */
function buttonsOf(parts: unknown[]): unknown[] {
	const request = definitionOf(parts, 'call_permission_request');
	const asks = Object.keys(objectAt(request)).length > 0;
	return [
		...listAt(definitionOf(parts, 'buttons'), 'buttons'),
		...(asks ? [{ type: 'call_permission_request' }] : []),
	];
}

export const templateView: MessageView = {
	draw: ({ id, body, template }, chat) => {
		const message = objectAt(body, 'template');
		const sent = listAt(message, 'components');
		if (template === null) {
			const language = textAt(message, 'language', 'code');
			const title = `Template ${textAt(message, 'name')}`;
			return { content: [unknownCard(title, language, message)], time: 'line' };
		}
		const parts = listAt(template, 'components');
		const buttons = buttonsOf(parts);
		const text = bodyText(template, parametersOf(sent, 'body'));
		const cards = definitionOf(parts, 'carousel');
		const footer = definitionOf(parts, 'footer');
		const minutes = textAt(footer, 'code_expiration_minutes');
		return {
			content: [
				header(definitionOf(parts, 'header'), parametersOf(sent, 'header'), chat),
				...orderParts(sent, buttons),
				offer(definitionOf(parts, 'limited_time_offer'), parametersOf(sent, 'limited_time_offer')),
				text !== '' && formattedText(text),
				footerNode(
					textAt(footer, 'text') || (minutes && `This code expires in ${minutes} minutes.`),
				),
			],
			buttons: templateButtons(buttons, sent, id, chat),
			...(Object.keys(cards).length > 0 && { strip: carousel(cards, sent, id, chat) }),
			time: 'line',
		};
	},
	summary,
};
