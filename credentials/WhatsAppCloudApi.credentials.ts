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
				'The number to send from unless a node names another. In the app dashboard: WhatsApp › API Setup › From. It is the ID below the number, not the number itself.',
		},
		{
			displayName: 'Messaging Account ID',
			name: 'messagingAccountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				'Sent with each message as messaging_account_id. Only needed if the number is connected to several Messaging accounts, which hold templates and billing.',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 670843887433847',
			description:
				'In the app dashboard: App settings › Basic. With the app secret, it lets the credential test and Token › Debug inspect a token.',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'In the app dashboard: App settings › Basic › Show. The trigger needs it to check the signature of every webhook, and refuses all webhooks without it.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A word of your choice. Enter the same one in the app dashboard: WhatsApp › Configuration › Webhook. Meta sends it once, to verify the address of the trigger.',
		},
		{
			displayName: 'Default Country',
			name: 'defaultCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. US',
			description:
				'Two-letter ISO code of the country whose numbers you may write without a country code, such as US or DE. Numbers with + are not affected.',
		},
		{
			displayName: 'Standby Access Token',
			name: 'standbyAccessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A second token of a system user, so that tokens can be replaced without downtime. It is generated in the same place as the first.',
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
				'Version of Meta\'s Graph API. Each is supported for about two years; in the 60 days before it expires, this form and the credential test show a warning. <a href="https://developers.facebook.com/docs/graph-api/changelog/versions">Versions and their dates</a>.',
		},
		// As of n8n's start; the credential test uses its own date.
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
				'Where the package remembers what was sent and received, so that nothing is sent or received twice. Choose PostgreSQL when n8n runs in queue mode or on several machines.',
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
			description: 'The tables are created in a schema of their own, whatsapp_cloud',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL User',
			name: 'postgresUser',
			type: 'string',
			default: '',
			description:
				'Needs permission to create the schema the first time, then to read and write in it',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL Password',
			name: 'postgresPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of this user. It is stored with the other secrets of this credential.',
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
				'Whether the connection is encrypted, and whether the server must prove its identity',
			displayOptions: { show: { stateStore: ['postgres'] } },
		},
		{
			displayName: 'PostgreSQL CA Certificate',
			name: 'postgresCaCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description: 'Only needed if the certificate of the server is from your own authority',
			displayOptions: { show: { stateStore: ['postgres'], postgresTls: ['verified'] } },
		},
		{
			displayName: 'Hash Recipients',
			name: 'hashIdentifiers',
			type: 'boolean',
			default: false,
			description:
				"Whether the state only contains phone numbers and user IDs as hashes, keyed with the app secret, which is then required. Hashes of what was sent use the same key. Meta's message IDs are kept as they are, since statuses are matched by them, and they contain the phone number in Base64; they are kept as long as the state of their messages. The request of a message that is not completed yet (recorded, in progress or unknown) still contains recipient and text in plain, so that it can be resumed; it is erased on completion. After the app secret changes, known contacts are no longer recognised, and retrying an earlier execution sends again.",
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
				'Messages and statuses of this account that are older than this are deleted. Retrying an execution after that sends again.',
			displayOptions: { hide: { stateStore: ['off'] } },
		},
	];

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
