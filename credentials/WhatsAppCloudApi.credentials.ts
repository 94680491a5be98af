import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { defaultGraphVersion, warnedVersions } from '../nodes/WhatsAppCloud/graph/versions';

/** A WhatsApp Business account on Meta's Cloud API. */
export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	documentationUrl =
		'https://developers.facebook.com/docs/whatsapp/business-management-api/get-started#system-users';

	icon: Icon = { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Token of a system user. In Meta Business Settings: Users › System users › Generate token, with the permissions whatsapp_business_messaging and whatsapp_business_management. <a href="https://developers.facebook.com/docs/whatsapp/business-management-api/get-started#system-users">More</a>.',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				'In the app dashboard: WhatsApp › API Setup. Needed for lists of phone numbers and templates, and for the trigger.',
		},
		{
			displayName: 'Default Phone Number ID',
			name: 'phoneNumberId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 106540352242922',
			description:
				'Sends where a node names no other. In the app dashboard: WhatsApp › API Setup › From. It is the ID below the number, not the number itself.',
		},
		{
			displayName: 'Messaging Account ID',
			name: 'messagingAccountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				'Goes along with each message, as messaging_account_id. Needed only where the number is connected to several Messaging accounts, which hold templates and billing.',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 670843887433847',
			description:
				'In the app dashboard: App settings › Basic. With the app secret it lets the credential test and Token › Debug look into a token.',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'In the app dashboard: App settings › Basic › Show. The trigger needs it: it checks the signature of every webhook with it and refuses all without.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A word of your own choice. Enter the same one in the app dashboard: WhatsApp › Configuration › Webhook. Meta sends it once when it checks the address of the trigger.',
		},
		{
			displayName: 'Default Country',
			name: 'defaultCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. US',
			description:
				'Two-letter ISO code of the country whose numbers you may write without country code, such as US or DE. Numbers with + are not affected.',
		},
		{
			displayName: 'Standby Access Token',
			name: 'standbyAccessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A second token of a system user, so that tokens can be exchanged without a pause. Made in the same place as the first.',
		},
		{
			displayName: 'Active Token',
			name: 'activeToken',
			type: 'options',
			options: [
				{ name: 'Access Token', value: 'primary' },
				{ name: 'Standby Access Token', value: 'standby' },
			],
			default: 'primary',
			description: 'Which of the two tokens is used',
		},
		{
			displayName: 'Graph Version',
			name: 'graphVersion',
			type: 'string',
			default: defaultGraphVersion,
			placeholder: `e.g. ${defaultGraphVersion}`,
			description:
				'Version of Meta\'s Graph API. Each lives for about two years; in the 60 days before its end, this form and the test of the credential warn of it. <a href="https://developers.facebook.com/docs/graph-api/changelog/versions">Versions and their dates</a>.',
		},
		// As of the start of n8n; the test of the credential looks at the day of the test.
		...warnedVersions(Date.now()).map(({ version, warning }): INodeProperties => ({
			displayName: warning,
			name: `graphVersionWarning${version.replace('.', '_')}`,
			type: 'notice',
			default: '',
			displayOptions: { show: { graphVersion: [version] } },
		})),
		{
			displayName: 'Graph Base URL',
			name: 'graphBaseUrl',
			type: 'string',
			default: 'https://graph.facebook.com',
			placeholder: 'e.g. https://graph.facebook.com',
			description:
				'Where the Graph API answers. Change it only for a proxy or the simulator; the token is sent there.',
		},
		{
			displayName: 'Keep State In',
			name: 'stateStore',
			type: 'options',
			options: [
				{ name: 'File on This Machine (SQLite)', value: 'sqlite' },
				{ name: 'PostgreSQL', value: 'postgres' },
				{ name: 'Nowhere', value: 'off' },
			],
			default: 'sqlite',
			description:
				'Where the package remembers what was sent and received, so that nothing goes out or comes in twice. Choose PostgreSQL when n8n runs in queue mode or on several machines.',
		},
		{
			displayName: 'PostgreSQL Host',
			name: 'postgresHost',
			type: 'string',
			default: 'localhost',
			description: 'Name or address of the database server, as n8n reaches it',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL Port',
			name: 'postgresPort',
			type: 'number',
			default: 5432,
			description: 'Port of the database server, 5432 unless it was changed',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL Database',
			name: 'postgresDatabase',
			type: 'string',
			default: '',
			description: 'The tables are made in a schema of their own, whatsapp_cloud',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL User',
			name: 'postgresUser',
			type: 'string',
			default: '',
			description:
				'Needs the right to create a schema the first time, later to read and write in it',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL Password',
			name: 'postgresPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of that user. It is kept with the other secrets of this credential.',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL Encryption',
			name: 'postgresTls',
			type: 'options',
			options: [
				{ name: 'Off', value: 'off' },
				{ name: 'TLS, Any Certificate', value: 'unverified' },
				{ name: 'TLS, Verified Certificate', value: 'verified' },
			],
			default: 'off',
			description:
				'Whether the connection is encrypted, and whether the server has to prove who it is',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL CA Certificate',
			name: 'postgresCaCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'Only where the server has a certificate of your own authority',
			displayOptions: { show: { stateStore: ['postgres'], postgresTls: ['verified'] } },
		},
		{
			displayName: 'Hash Recipients',
			name: 'hashIdentifiers',
			type: 'boolean',
			default: false,
			description:
				"Whether the state holds phone numbers and user IDs as hashes only, keyed with the app secret, which is needed for it. Hashes of what was sent have the same key. Meta's message IDs stay as they are, since statuses are matched by them, and they hold the phone number in Base64; they are kept as long as the state of their messages. The request of a message that is not settled yet (recorded, under way or unknown) still holds recipient and text in plain, so that it can be resumed; it is erased when the message is settled. After a change of the app secret, contacts known so far are not recognised, and an execution from before it that is retried sends again.",
			displayOptions: { hide: { stateStore: ['off'] } },
		},
		{
			displayName: 'Keep State For',
			name: 'retentionDays',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3650 },
			default: 90,
			hint: 'In days',
			description:
				'Messages and statuses of this account that are older than this are deleted. An execution that is retried later sends again.',
			displayOptions: { hide: { stateStore: ['off'] } },
		},
	];

	/** For n8n's HTTP Request node; the nodes of this package use their own client. */
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
