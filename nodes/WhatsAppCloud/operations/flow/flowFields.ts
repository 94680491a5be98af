import type { INodeProperties } from 'n8n-workflow';

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. appointment_booking',
	description: 'A name that no other Flow of the account has. Recipients do not see it.',
};

export const endpointField: INodeProperties = {
	displayName: 'Endpoint URL',
	name: 'endpointUri',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/flow',
	description: 'Where Meta asks for the data of the screens, if the Flow JSON has data_api_version',
};
