/** Buttons of a template. */

import { reportLink } from '../../data/api.ts';
import { objectAt, textAt } from '../../data/json.ts';
import { copyText, notifyError } from '../../dom/toast.ts';
import { openContactShare } from '../../sheets/contact.ts';
import { openCallPermission } from '../../sheets/call-permission.ts';
import { openFlowForm } from '../../sheets/flow.ts';
import { openSheet } from '../../sheets/sheet.ts';
import { bubbleButton, bubbleLink } from '../buttons.ts';
import { foldedButtons } from '../folded.ts';
import { noCalls } from '../interactive/calls.ts';
import { orderSheetContent } from '../interactive/order-details.ts';
import { sectionsOf, wholeCatalog } from '../interactive/products.ts';
import { paymentButton } from '../payment-request.ts';
import { openShop } from '../products.ts';
import type { Chat } from '../view.ts';
import { buttonParameter } from './values.ts';

interface TemplateButton {
	definition: unknown;
	parameter: unknown;
	label: string;
	messageId: string;
	chat: Chat;
}

type DrawButton = (button: TemplateButton) => HTMLElement;

const quickReply: DrawButton = ({ parameter, label, messageId, chat }) => {
	// Without a payload in the message, Meta sends the button's label as payload.
	const payload = textAt(parameter, 'payload') || textAt(parameter, 'text') || label;
	const answer = { type: 'button', button: { payload, text: label } };
	return bubbleButton('reply', label, () => chat.send(answer, messageId), {
		'data-reply-id': payload,
	});
};

const copyCode: DrawButton = ({ definition, parameter, label }) => {
	const code =
		textAt(parameter, 'coupon_code') ||
		textAt(parameter, 'text') ||
		textAt(parameter, 'payload') ||
		textAt(definition, 'example') ||
		textAt(definition, 'example', 0);
	return bubbleButton('copy', label || 'Copy code', () => copyText(code, `Copied ${code}`), {
		'data-code': code,
	});
};

/** Meta stores the copy-code button of authentication templates as a link to this address. */
const codeLink = 'https://www.whatsapp.com/otp/code/';

const url: DrawButton = (button) => {
	const { definition, parameter, label, messageId } = button;
	if (textAt(definition, 'url').startsWith(codeLink)) return copyCode(button);
	const value = textAt(parameter, 'text') || textAt(parameter, 'payload');
	const address = textAt(definition, 'url').replace(/\{\{[^{}]*\}\}/, encodeURI(value));
	const link = bubbleLink('external', label, address);
	link.addEventListener('click', () => void reportLink(messageId, label).catch(notifyError));
	return link;
};

const flow: DrawButton = ({ definition, parameter, label, messageId, chat }) =>
	bubbleButton('flow', label, () =>
		openFlowForm(chat, messageId, {
			title: label,
			flow: textAt(definition, 'flow_name') || textAt(definition, 'flow_id'),
			screen: textAt(definition, 'navigate_screen'),
			token: textAt(parameter, 'action', 'flow_token'),
			data: objectAt(parameter, 'action', 'flow_action_data'),
		}),
	);

const drawings: ReadonlyMap<string, DrawButton> = new Map(
	Object.entries<DrawButton>({
		quick_reply: quickReply,
		url,
		phone_number: ({ definition, label }) =>
			bubbleLink('phone', label, `tel:${textAt(definition, 'phone_number')}`),
		copy_code: copyCode,
		otp: copyCode,
		flow,
		catalog: ({ label, messageId, chat }) =>
			bubbleButton('bag', label || 'View catalog', () =>
				openShop(chat, 'Catalog', wholeCatalog(chat), messageId),
			),
		mpm: ({ parameter, label, messageId, chat }) =>
			bubbleButton('list', label || 'View items', () =>
				openShop(chat, label || 'Items', sectionsOf(objectAt(parameter, 'action')), messageId),
			),
		spm: ({ label, messageId, chat }) =>
			bubbleButton('bag', label || 'View', () =>
				openShop(chat, 'Catalog', wholeCatalog(chat), messageId),
			),
		order_details: ({ parameter, label, chat }) =>
			bubbleButton('bag', label || 'Review and pay', () => {
				const details = objectAt(parameter, 'action', 'order_details');
				openSheet({
					title: `Order #${textAt(details, 'reference_id')}`,
					content: orderSheetContent(details),
					host: chat.host,
				});
			}),
		payment_request: ({ definition, parameter, label }) => {
			const sent = objectAt(parameter, 'action', 'payment_request', 'payment_setting');
			const isSent = Object.keys(sent).length > 0;
			return paymentButton(isSent ? sent : objectAt(definition, 'payment_setting'), label);
		},
		voice_call: ({ label }) => bubbleButton('phone', label || 'Call on WhatsApp', noCalls),
		call_permission_request: ({ label, messageId, chat }) =>
			bubbleButton('phone', label || 'Choose preference', () =>
				openCallPermission(chat, messageId),
			),
		request_contact_info: ({ label, messageId, chat }) =>
			bubbleButton('person', label || 'Share contact info', () =>
				openContactShare(chat, messageId),
			),
	}),
);

function drawAll(
	definitions: unknown[],
	components: unknown[],
	messageId: string,
	chat: Chat,
): HTMLElement[] {
	return definitions.map((definition, index) => {
		const parameter = buttonParameter(components, index);
		const label = textAt(definition, 'text');
		const type = textAt(definition, 'type').toLowerCase();
		const draw = drawings.get(type);
		return draw === undefined
			? bubbleButton(null, label || type, null)
			: draw({ definition, parameter, label, messageId, chat });
	});
}

/** Buttons of a definition, with the values of a message. */
export function templateButtons(
	definitions: unknown[],
	components: unknown[],
	messageId: string,
	chat: Chat,
): HTMLElement[] {
	return foldedButtons(() => drawAll(definitions, components, messageId, chat), chat.host);
}
