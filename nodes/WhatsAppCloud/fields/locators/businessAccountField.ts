import type { INodeProperties } from 'n8n-workflow';

/** One of the WhatsApp Business accounts of the token; if empty, the credential's. */
export const businessAccountField: INodeProperties = {
	displayName: 'Business Account',
	name: 'businessAccountId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		"The WhatsApp Business account. Leave empty for the credential's WhatsApp Business Account ID.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: "Credential's business account",
			typeOptions: { searchListMethod: 'searchBusinessAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 102290129340398',
			hint: 'The WhatsApp Business Account ID from WhatsApp Manager',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\d+$',
						errorMessage: 'A business account ID consists of digits only',
					},
				},
			],
		},
	],
};
