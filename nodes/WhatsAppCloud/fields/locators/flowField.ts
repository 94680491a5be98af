import type { INodeProperties } from 'n8n-workflow';

/** A Flow of the account. Messages may name it; everything else needs its ID. */
export const flowField = ({ mayBeName }: { mayBeName: boolean }): INodeProperties => ({
	displayName: 'Flow',
	name: 'flow',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a Flow',
			typeOptions: { searchListMethod: 'searchFlows', searchable: true },
		},
		...(mayBeName
			? [
					{
						displayName: 'By Name',
						name: 'name',
						type: 'string' as const,
						placeholder: 'e.g. appointment_booking',
						hint: 'Works in every account with a Flow of this name. Digits alone are read as an ID.',
					},
				]
			: []),
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1197715005513101',
			hint: 'The ID that WhatsApp Manager shows for the Flow',
		},
	],
});
