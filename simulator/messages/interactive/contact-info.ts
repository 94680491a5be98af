import type { InteractiveRules } from '../type.ts';
import { requireBody, requireNamedAction } from './parts.ts';

/** https://developers.facebook.com/docs/whatsapp/business-management-api/business-scoped-user-ids */
export const checkContactInfo: InteractiveRules = (_message, interactive) => {
	requireBody(interactive);
	requireNamedAction(interactive, 'request_contact_info');
};
