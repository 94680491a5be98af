import { bodyOnly } from './bodyOnly';

/**
 * Asks whether the business may call.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions
 */
export const callPermissionRequest = bodyOnly({
	name: 'Call Permission Request',
	description: 'Asks whether the business may call',
	type: 'call_permission_request',
	action: 'call_permission_request',
	bodyRequired: false,
});
