import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { defaultGraphVersion, warnedVersions } from '../nodes/WhatsAppCloud/graph/versions';
import { whereToFind } from '../nodes/WhatsAppCloud/graph/credential/whereToFind';
import { contactRuleFields } from './fields/contactRuleFields';
import { docs } from './fields/docs';
import { stateFields } from './fields/stateFields';

/** What sending needs. */
const sendingFields: INodeProperties[] = [
	heading(
		'sendingNotice',
		'<b>Send messages</b>: Access Token and Default Phone Number ID are enough',
	),
	{
		displayName: 'Access Token',
		name: 'accessToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		hint: whereToFind['Access Token'],
		description: `Token of a system user with the permissions whatsapp_business_messaging and whatsapp_business_management. <a href="${docs}/credential.md">Step by step</a>.`,
	},
	{
		displayName: 'Default Phone Number ID',
		name: 'phoneNumberId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 106540352242922',
		hint: whereToFind['Default Phone Number ID'],
		description:
			'The number to send from, unless a node names another. It is the ID, not the number itself.',
	},
	{
		displayName: 'WhatsApp Business Account ID',
		name: 'businessAccountId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 102290129340398',
		hint: whereToFind['WhatsApp Business Account ID'],
		description: 'Needed to list phone numbers and templates, and for the trigger',
	},
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. US',
		hint: 'Two letters, such as US or DE',
		description: 'Country of numbers written without a country code',
	},
];

/** What the trigger needs. */
const triggerFields: INodeProperties[] = [
	heading(
		'triggerNotice',
		'<b>Receive messages and statuses</b>: the trigger also needs App ID, App Secret and the WhatsApp Business Account ID above',
	),
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 670843887433847',
		hint: whereToFind['App ID'],
		description: 'Needed for automatic registration and to check tokens',
	},
	{
		displayName: 'App Secret',
		name: 'appSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: whereToFind['App Secret'],
		description: 'Proves that a webhook comes from Meta. Without it, all webhooks are refused.',
	},
	{
		displayName: 'Verify Token',
		name: 'verifyToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		hint: 'Only for registration by hand: any word, the same one as in the app at Meta',
		description:
			'Enter the same word in the app dashboard under WhatsApp › Configuration › Webhook',
	},
];

/** What the defaults suit almost always; hidden until Advanced Settings is on. */
const advancedFields: INodeProperties[] = [
	{
		displayName: 'Standby Access Token',
		name: 'standbyAccessToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'A second token of a system user, so that tokens can be replaced without downtime',
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
		displayName: 'Messaging Account ID',
		name: 'messagingAccountId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 102290129340398',
		description:
			'Only needed if the number is connected to several Messaging accounts, which hold templates and billing',
	},
	{
		displayName: 'Graph Version',
		name: 'graphVersion',
		type: 'string',
		default: defaultGraphVersion,
		placeholder: `e.g. ${defaultGraphVersion}`,
		description:
			'Version of Meta\'s Graph API. A warning appears here 60 days before it expires. <a href="https://developers.facebook.com/docs/graph-api/changelog/versions">Versions and their dates</a>.',
	},
	{
		displayName: 'Graph Base URL',
		name: 'graphBaseUrl',
		type: 'string',
		default: 'https://graph.facebook.com',
		placeholder: 'e.g. https://graph.facebook.com',
		description: 'Change it only for a proxy or the simulator. The token is sent there.',
	},
	...stateFields,
	...contactRuleFields,
];

/** As of n8n's start; the credential test uses its own date. */
const versionWarnings = warnedVersions(Date.now()).map(({ version, warning }): INodeProperties => ({
	...heading(`graphVersionWarning${version.replace('.', '_')}`, warning),
	displayOptions: { show: { graphVersion: [version] } },
}));

/** Adds a condition to a field: whether Advanced Settings is on. */
const shownWhile = (isOn: boolean, field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { advancedSettings: [isOn], ...field.displayOptions?.show },
	},
});

/** n8n forgets a value without a field: while the switch is off, a hidden one keeps it in force. */
const keptValues = advancedFields.map((field) => shownWhile(false, { ...field, type: 'hidden' }));

/** What is in force, though the switch hides it. */
const hiddenValuesNotices = advancedFields
	.filter(({ displayOptions }) => displayOptions?.show === undefined)
	.map((field) =>
		shownWhile(false, {
			...heading(`${field.name}IsSet`, `<b>${field.displayName}</b> is set in Advanced Settings`),
			displayOptions: {
				show: { [field.name]: [{ _cnd: { exists: true as const } }] },
				hide: { [field.name]: [field.default as string | number | boolean] },
			},
		}),
	);

/** A line that begins a section. */
function heading(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '' };
}

/** A WhatsApp Business account on Meta's Cloud API. */
export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	documentationUrl =
		'https://github.com/n8n-nodes-whatsapp-cloud/n8n-nodes-whatsapp-cloud/blob/main/docs/credential.md';

	icon: Icon = { light: 'file:whatsapp-cloud.svg', dark: 'file:whatsapp-cloud.dark.svg' };

	properties: INodeProperties[] = [
		...sendingFields,
		...triggerFields,
		{
			displayName: 'Advanced Settings',
			name: 'advancedSettings',
			type: 'boolean',
			default: false,
			description:
				'Whether to show the standby token, the Graph API and where state is kept. What is set there counts while they are hidden, too.',
		},
		...hiddenValuesNotices,
		...versionWarnings,
		...advancedFields.map((field) => shownWhile(true, field)),
		...keptValues,
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
