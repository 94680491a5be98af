import { flowField } from '../../fields/locators/flowField';
import { addressed, complete, partsOf } from '../../node/management/graphOperation';
import { onceOnly } from '../../node/management/onceOnly';
import { businessAccount } from '../../node/management/target';
import { defineOperation } from '../../node/operation';
import { optionalId } from '../../values/id';
import { collectionOf } from '../../values/json/json';
import { requiredText } from '../../values/schema/reading';
import { report } from '../../values/schema/singleStep';
import { truth } from '../../values/truth';
import { objectOf } from '../../values/unknown';
import { secureAddress } from '../../values/webAddress';
import { categoriesField, categoriesSchema } from './categories';
import { endpointField, nameField } from './flowFields';
import { flowPermission } from './flowTarget';
import { FlowJsonProblem, flowErrorShape, readFlowErrors } from './json/flowErrors';
import { flowJsonFields, flowJsonShape, readFlowJson } from './json/flowJson';
import { allowErrorsField } from './json/allowErrors';

const outputSchema = {
	flowId: 'string',
	name: 'string',
	isPublished: 'boolean',
	validationErrors: [flowErrorShape],
} as const;

/**
 * Creates a Flow, as a draft or published at once.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi
 */
export const createFlow = defineOperation({
	...partsOf({
		name: 'Create',
		action: 'Create Flow',
		description: 'Create a Flow from JSON, a file or a copy, as a draft or published at once',
		permission: flowPermission,
		target: businessAccount,
		fields: [
			{ ...nameField, required: true },
			categoriesField,
			...flowJsonFields({
				none: { name: 'Nothing', description: 'An empty draft, to fill later' },
				copies: true,
			}),
			{
				...flowField({ mayBeName: false }),
				displayName: 'Flow to Copy',
				name: 'sourceFlow',
				required: false,
				displayOptions: { show: { flowJsonFrom: ['copy'] } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					allowErrorsField,
					endpointField,
					{
						displayName: 'Publish',
						name: 'publish',
						type: 'boolean',
						default: true,
						description:
							'Whether to publish the Flow at once. A published Flow cannot be changed any more.',
					},
				],
			},
		],
		shape: {
			name: requiredText(200),
			categories: categoriesSchema,
			...flowJsonShape,
			sourceFlow: optionalId(64),
			options: collectionOf({
				allowErrors: truth,
				endpointUri: secureAddress,
				publish: truth,
			}),
		},
		check({ flowJsonFrom, sourceFlow, options }, problems) {
			if (flowJsonFrom === 'copy' && sourceFlow === undefined) {
				report(problems, ['sourceFlow'], 'is empty; choose the Flow to copy');
			}
			if (flowJsonFrom === 'none' && options.publish === true) {
				report(problems, ['options', 'publish'], 'needs Flow JSON; an empty Flow stays a draft');
			}
		},
		outputSchema,
	}),
	execute: async (run, values, itemIndex) =>
		await onceOnly(run, itemIndex, async () => {
			const { name, categories, flowJsonFrom, sourceFlow, options } = values;
			const context = { run, itemIndex, id: businessAccount.idOf(run, values) };
			const flowJson = await readFlowJson(run.host, itemIndex, values);
			const publish = options.publish === true;
			const { body } = await run.graph.call({
				method: 'POST',
				...addressed({ permission: flowPermission, target: businessAccount }, context),
				edge: 'flows',
				json: {
					name,
					categories,
					...(flowJson === undefined ? {} : { flow_json: flowJson }),
					...(flowJsonFrom === 'copy' ? { clone_flow_id: sourceFlow } : {}),
					...(options.endpointUri === undefined ? {} : { endpoint_uri: options.endpointUri }),
					...(publish ? { publish } : {}),
				},
			});
			const { id, success, validation_errors: found } = objectOf(body);
			const flowId = typeof id === 'string' ? id : '';
			const validationErrors = readFlowErrors(found);
			if (validationErrors.length > 0 && options.allowErrors !== true) {
				throw new FlowJsonProblem(
					flowId,
					validationErrors,
					`Meta has created the Flow ${flowId} as a draft all the same. Correct the JSON and give it to Flow › Update, or delete the draft.`,
				);
			}
			const isPublished = publish && success === true && validationErrors.length === 0;
			return complete({ flowId, name, isPublished, validationErrors }, outputSchema);
		}),
});
