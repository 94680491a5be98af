import type { INodeProperties } from 'n8n-workflow';

/**
 * A template in any state, by its ID, which stands for one language.
 *
 * @param name parameter name
 */
export const templateField = (
	name: string,
	displayName: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a template',
			typeOptions: { searchListMethod: 'searchAllTemplates', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1407680676729941',
			// No validation here: n8n fails the execution if a busy machine is slow with the expression.
			hint: 'Each language of a template has an ID of its own',
		},
	],
});
