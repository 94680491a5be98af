import type { INodeProperties } from 'n8n-workflow';

export const maxSubject = 128;
export const maxDescription = 2048;

export const subjectField: INodeProperties = {
	displayName: 'Subject',
	name: 'subject',
	type: 'string',
	default: '',
	placeholder: 'e.g. Order 1042',
	hint: 'Up to 128 characters',
	description: 'The name of the group',
};

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	hint: 'Up to 2,048 characters',
};
