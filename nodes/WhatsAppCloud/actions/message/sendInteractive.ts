import { address } from '../../messages/interactive/address';
import { buttons } from '../../messages/interactive/buttons';
import { callPermissionRequest } from '../../messages/interactive/callPermissionRequest';
import { carousel } from '../../messages/interactive/carousel';
import { contactInfoRequest } from '../../messages/interactive/contactInfoRequest';
import { ctaUrl } from '../../messages/interactive/ctaUrl';
import { flow } from '../../messages/interactive/flow';
import { list } from '../../messages/interactive/list';
import { locationRequest } from '../../messages/interactive/locationRequest';
import { orderDetails } from '../../messages/interactive/orderDetails';
import { orderStatus } from '../../messages/interactive/orderStatus';
import { voiceCall } from '../../messages/interactive/voiceCall';
import { chooseMessage } from '../../messages/messageType';
import { sendOperation } from './send';

export const sendInteractive = sendOperation({
	name: 'Send Interactive Message',
	action: 'Send interactive message',
	description: 'Send buttons, a list, a link button, a Flow and other messages that can be tapped',
	message: chooseMessage(
		{
			displayName: 'Type',
			name: 'interactiveType',
			default: 'button',
			description: 'What the recipient can tap',
		},
		// The most used first, then by what they are about.
		{
			button: {
				name: 'Reply Buttons',
				description: 'Up to three quick answers',
				message: buttons,
			},
			list: {
				name: 'List',
				description: 'A sheet with up to ten rows to choose one from',
				message: list,
			},
			cta_url: {
				name: 'Link Button',
				description: 'A button that opens a web page',
				message: ctaUrl,
			},
			carousel: {
				name: 'Media Carousel',
				description: 'Two to ten cards with pictures or videos',
				message: carousel,
			},
			flow: {
				name: 'Flow',
				description: 'A button that opens forms inside WhatsApp',
				message: flow,
			},
			location_request_message: {
				name: 'Location Request',
				description: 'Asks where the recipient is',
				message: locationRequest,
			},
			request_contact_info: {
				name: 'Contact Info Request',
				description: 'Asks for the phone number of a recipient with a user name',
				message: contactInfoRequest,
			},
			address_message: {
				name: 'Address Form',
				description: 'Asks for a delivery address, in India',
				message: address,
			},
			voice_call: {
				name: 'Call Button',
				description: 'A button that calls the business on WhatsApp',
				message: voiceCall,
			},
			call_permission_request: {
				name: 'Call Permission Request',
				description: 'Asks whether the business may call',
				message: callPermissionRequest,
			},
			order_details: {
				name: 'Order Details',
				description: 'An order to pay, in India and Brazil',
				message: orderDetails,
			},
			order_status: {
				name: 'Order Status',
				description: 'What has become of an order',
				message: orderStatus,
			},
		},
	),
});
