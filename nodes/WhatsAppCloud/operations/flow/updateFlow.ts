import type { Run } from '../../node/run';
import { complete, partsOf } from '../../node/management/graphOperation';
import { defineOperation } from '../../node/operation';
import { idOfForm } from '../../values/id';
import { collectionOf } from '../../values/json/json';
import { requiredText } from '../../values/schema/reading';
import { FieldProblem } from '../../values/problem';
import { truth } from '../../values/truth';
import { objectOf } from '../../values/unknown';
import { secureAddress } from '../../values/webAddress';
import { categoriesField, categoriesSchema } from './categories';
import { endpointField, nameField } from './flowFields';
import { flow, flowPermission, onFlow } from './flowTarget';
import {
	FlowJsonProblem,
	flowErrorShape,
	readFlowErrors,
	type FlowJsonError,
} from './json/flowErrors';
import { allowErrorsField } from './json/allowErrors';
import { flowJsonFields, flowJsonShape, readFlowJson } from './json/flowJson';

const outputSchema = {
	success: 'boolean',
	flowId: 'string',
	validationErrors: [flowErrorShape],
} as const;

/**
 * Changes a draft: its name, categories and endpoint, and its Flow JSON.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi
 */
export const updateFlow = defineOperation({
	...partsOf({
		name: 'Update',
		action: 'Update Flow',
		description: 'Replace the JSON of a draft, or change its name, categories or endpoint',
		permission: flowPermission,
		target: flow,
		fields: [
			...flowJsonFields({
				none: { name: 'Nothing', description: 'Leave the Flow JSON as it is' },
				copies: false,
			}),
			{
				displayName: 'Update Fields',
				name: 'updateFields',
				type: 'collection',
				placeholder: 'Add Field',
				default: {},
				options: [
					{
						displayName: 'App ID',
						name: 'applicationId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 634974688087057',
						description: 'The Meta app that answers at the endpoint',
					},
					categoriesField,
					endpointField,
					nameField,
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [allowErrorsField],
			},
		],
		shape: {
			...flowJsonShape,
			updateFields: collectionOf({
				applicationId: idOfForm(/^\d+$/, 'must consist of digits only'),
				categories: categoriesSchema,
				endpointUri: secureAddress,
				name: requiredText(200),
			}),
			options: collectionOf({ allowErrors: truth }),
		},
		outputSchema,
	}),
	async execute(run, values, itemIndex) {
		const { flow: id, updateFields, options } = values;
		const flowJson = await readFlowJson(run.host, itemIndex, values);
		const changes = toMeta(updateFields);
		if (flowJson === undefined && Object.keys(changes).length === 0) {
			const advice = 'Add a field, or choose where the Flow JSON comes from.';
			throw new FieldProblem('Update Fields', 'changes nothing', advice);
		}
		const where = onFlow(run, id);
		if (Object.keys(changes).length > 0) {
			await run.graph.call({ method: 'POST', ...where, json: changes, isIdempotent: true });
		}
		const found = flowJson === undefined ? [] : await uploadJson(run, where, flowJson);
		if (found.length > 0 && options.allowErrors !== true) {
			throw new FlowJsonProblem(
				id,
				found,
				'Meta has saved the draft with this JSON. Correct it and update the Flow again before you publish it.',
			);
		}
		return complete({ success: true, flowId: id, validationErrors: found }, outputSchema);
	},
});

interface Changes {
	applicationId?: string;
	categories?: readonly string[];
	endpointUri?: string;
	name?: string;
}

function toMeta({ applicationId, categories, endpointUri, name }: Changes) {
	return {
		...(name === undefined ? {} : { name }),
		...(categories === undefined ? {} : { categories }),
		...(endpointUri === undefined ? {} : { endpoint_uri: endpointUri }),
		...(applicationId === undefined ? {} : { application_id: applicationId }),
	};
}

/** @returns what Meta finds wrong with it */
async function uploadJson(
	{ graph }: Run,
	where: ReturnType<typeof onFlow>,
	json: string,
): Promise<FlowJsonError[]> {
	const bytes = Buffer.from(json);
	const { body } = await graph.call({
		method: 'POST',
		...where,
		edge: 'assets',
		multipart: {
			fields: { name: 'flow.json', asset_type: 'FLOW_JSON' },
			file: {
				filename: 'flow.json',
				mimeType: 'application/json',
				sizeBytes: bytes.length,
				open: () => Promise.resolve([bytes]),
			},
		},
	});
	return readFlowErrors(objectOf(body)['validation_errors']);
}
