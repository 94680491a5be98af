import { forbid } from '../rules.ts';
import type { InteractiveRules } from '../type.ts';
import { optionalBody, requireNamedAction } from './parts.ts';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions */
export const checkCallPermission: InteractiveRules = (_message, interactive) => {
	forbid(interactive, 'header', 'interactive.header');
	forbid(interactive, 'footer', 'interactive.footer');
	optionalBody(interactive);
	requireNamedAction(interactive, 'call_permission_request');
};
