/** The view of each interactive type. */

import { objectAt, textAt } from '../../data/json.ts';
import { unknownCard } from '../unknown.ts';
import type { MessageView } from '../view.ts';
import { addressView } from './address.ts';
import {
	buttonReplyView,
	callPermissionReplyView,
	formReplyView,
	listReplyView,
} from './answers.ts';
import { callPermissionView, voiceCallView } from './calls.ts';
import { carouselView } from './carousel.ts';
import { contactRequestView } from './contact-request.ts';
import { ctaUrlView } from './cta-url.ts';
import { flowView } from './flow.ts';
import { interactiveContent, interactiveSummary } from './frame.ts';
import { listView } from './list.ts';
import { locationRequestView } from './location-request.ts';
import { orderDetailsView } from './order-details.ts';
import { orderStatusView } from './order-status.ts';
import { catalogView, productListView, productView } from './products.ts';
import { replyButtonsView } from './reply-buttons.ts';

const views: ReadonlyMap<string, MessageView> = new Map([
	['address_message', addressView],
	['button', replyButtonsView],
	['button_reply', buttonReplyView],
	['call_permission_reply', callPermissionReplyView],
	['call_permission_request', callPermissionView],
	['carousel', carouselView],
	['catalog_message', catalogView],
	['cta_url', ctaUrlView],
	['flow', flowView],
	['list', listView],
	['list_reply', listReplyView],
	['location_request_message', locationRequestView],
	['nfm_reply', formReplyView],
	['order_details', orderDetailsView],
	['order_status', orderStatusView],
	['product', productView],
	['product_list', productListView],
	['request_contact_info', contactRequestView],
	['voice_call', voiceCallView],
]);

const otherView: MessageView = {
	draw: ({ body }) => {
		const interactive = objectAt(body, 'interactive');
		const type = textAt(interactive, 'type') || 'of unknown type';
		return {
			content: [
				...interactiveContent(interactive),
				unknownCard(`Interactive ${type}`, '', interactive),
			],
			time: 'line',
		};
	},
	summary: ({ body }) => interactiveSummary(body['interactive'], 'Interactive message'),
};

function viewOf(body: unknown): MessageView {
	return views.get(textAt(body, 'interactive', 'type')) ?? otherView;
}

export const interactiveView: MessageView = {
	draw: (message, chat) => viewOf(message.body).draw(message, chat),
	summary: (message) => viewOf(message.body).summary(message),
};
