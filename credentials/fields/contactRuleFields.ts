import type { INodeProperties } from 'n8n-workflow';
import { docs } from './docs';

/** Rules that count unless a node says otherwise. */
export const contactRuleFields: INodeProperties[] = [
	{
		displayName: 'If the Window Is Closed',
		name: 'rulesIfClosed',
		type: 'options',
		options: [
			{ name: 'Block', value: 'block' },
			{ name: 'Send as Direct Send', value: 'directSend' },
			{ name: 'Try Anyway', value: 'try' },
		],
		default: 'block',
		description: `What to do with a free-form message to a person who has not written in the last 24 hours, unless a node says otherwise. <a href="${docs}/contacts.md">All rules</a>.`,
	},
	{
		displayName: 'Marketing Consent',
		name: 'rulesMarketingConsent',
		type: 'options',
		options: [
			{ name: 'All but the Opted-Out', value: 'notOptedOut' },
			{ name: 'Only the Opted-In', value: 'optedIn' },
		],
		default: 'notOptedOut',
		description: 'Who gets marketing templates, unless a node says otherwise',
	},
	{
		displayName: 'Marketing Cap',
		name: 'rulesMarketingCap',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1000 },
		default: 0,
		hint: 'Messages per person in 7 days; 0 for no cap',
		description: 'The most marketing templates that a person gets, unless a node says otherwise',
	},
	{
		displayName: 'Quiet Hours for Marketing',
		name: 'rulesQuietHours',
		type: 'string',
		default: '',
		placeholder: 'e.g. 21:00-08:00',
		description:
			"When no marketing templates are sent, in the time zone of the recipient's country, unless a node says otherwise. Leave empty for none.",
	},
];
