import type { INodeProperties } from 'n8n-workflow';

/** The account's number to send from; if empty, the credential's default. */
export const senderField: INodeProperties = {
	displayName: 'Sender',
	name: 'phoneNumberId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		"The business phone number that sends. Leave empty for the credential's default phone number.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: "Credential's default phone number",
			typeOptions: { searchListMethod: 'searchPhoneNumbers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 106540352242922',
			hint: 'The phone number ID from WhatsApp Manager, not the number itself',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\d+$',
						errorMessage: 'A phone number ID consists of digits only',
					},
				},
			],
		},
	],
};
