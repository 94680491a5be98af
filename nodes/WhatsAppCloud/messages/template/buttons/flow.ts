import { flowTokenField, optionalId } from '../../interactive/parts';
import { optionalJsonObject } from '../../../values/json/json';
import { readParameter } from '../../../values/schema/reading';
import { defineButton } from './buttonKind';

/** Opens a Flow. https://developers.facebook.com/docs/whatsapp/flows/guides/flowstemplates */
export const flow = defineButton({
	name: 'Flow',
	description: 'Token and data for a Flow',
	fields: [
		flowTokenField,
		{
			displayName: 'Flow Data (JSON)',
			name: 'flowData',
			type: 'json',
			typeOptions: { rows: 4 },
			default: '{}',
			hint: 'Leave {} to send none',
			description: 'The data for the first screen',
		},
	],
	read(values, problems) {
		const token = readParameter(optionalId, values, 'flowReference', problems);
		const data = readParameter(optionalJsonObject, values, 'flowData', problems);
		// Meta rejects an empty object, which is what the editor's empty field holds.
		return { token, data: Object.keys(data ?? {}).length === 0 ? undefined : data };
	},
	build: ({ token, data }) => [
		{
			type: 'action',
			action: {
				...(token === undefined ? {} : { flow_token: token }),
				...(data === undefined ? {} : { flow_action_data: data }),
			},
		},
	],
});
