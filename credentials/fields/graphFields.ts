import type { INodeProperties } from 'n8n-workflow';
import { defaultGraphVersion, warnedVersions } from '../../nodes/WhatsAppCloud/graph/versions';
import { heading } from './heading';

/** How Meta is called: with which token, for which account, and where. */
export const graphFields: INodeProperties[] = [
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
];

/** As of n8n's start; the credential test uses its own date. */
export const versionWarnings = warnedVersions(Date.now()).map(
	({ version, warning }): INodeProperties => ({
		...heading(`graphVersionWarning${version.replace('.', '_')}`, warning),
		displayOptions: { show: { graphVersion: [version] } },
	}),
);
