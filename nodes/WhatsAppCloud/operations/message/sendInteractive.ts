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
import { withMarkdown } from '../../messages/markdownOption';
import { chooseMessage } from '../../messages/messageType';
import { sendOperation } from './send';

export const sendInteractive = sendOperation({
	name: 'Send Interactive Message',
	action: 'Send buttons, list or Flow',
	description: 'Send buttons, a list, a link button, a Flow and other messages that can be tapped',
	message: withMarkdown(
		chooseMessage(
			{
				displayName: 'Type',
				name: 'interactiveType',
				default: 'button',
				description: 'What the recipient can tap',
			},
			// The most common first, then by topic.
			{
				button: buttons,
				list,
				cta_url: ctaUrl,
				carousel,
				flow,
				location_request_message: locationRequest,
				request_contact_info: contactInfoRequest,
				address_message: address,
				voice_call: voiceCall,
				call_permission_request: callPermissionRequest,
				order_details: orderDetails,
				order_status: orderStatus,
			},
		),
		['body'],
	),
});
