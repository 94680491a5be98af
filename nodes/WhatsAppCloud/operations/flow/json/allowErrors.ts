import type { INodeProperties } from 'n8n-workflow';

/** Meta keeps Flow JSON with errors as a draft, which is a failure unless the user wants it. */
export const allowErrorsField: INodeProperties = {
	displayName: 'Allow Errors in Flow JSON',
	name: 'allowErrors',
	type: 'boolean',
	default: true,
	description:
		'Whether to return what Meta finds wrong with the Flow JSON in validationErrors, instead of failing',
};
