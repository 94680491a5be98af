import { defineGraphOperation } from '../../node/management/graphOperation';
import { truth } from '../../values/truth';
import { fieldsToAsk, templateItem, templateShape } from './templateItem';
import { template } from './templateTarget';

/** Reads one template. */
export const getTemplate = defineGraphOperation({
	name: 'Get',
	action: 'Get template',
	description: 'Get a template with its status, quality, text and components',
	permission: 'whatsapp_business_management',
	target: template,
	fields: [
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	],
	shape: { simplify: truth.default(true) },
	request: ({ simplify }) => ({ method: 'GET', query: { fields: fieldsToAsk(simplify) } }),
	item: templateItem,
	outputSchema: templateShape,
});
