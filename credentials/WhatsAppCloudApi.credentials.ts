import type { IAuthenticateGeneric, Icon, ICredentialType } from 'n8n-workflow';
import { advancedSettings } from './fields/advancedSettings';
import { sendingFields } from './fields/sendingFields';
import { triggerFields } from './fields/triggerFields';

/** A WhatsApp Business account on Meta's Cloud API. */
export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-cloud/n8n-nodes-whatsapp-cloud/blob/main/docs/credential.md';

	icon: Icon = { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' };

	properties = [...sendingFields, ...triggerFields, ...advancedSettings];

	/** For n8n's HTTP Request node; this package's nodes use their own client. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization:
					'=Bearer {{ $credentials.activeToken === "standby" ? $credentials.standbyAccessToken : $credentials.accessToken }}',
			},
		},
	};
}
