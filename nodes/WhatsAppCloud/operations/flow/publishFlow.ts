import { GraphApiError } from '../../graph/errors/errors';
import { partsOf } from '../../node/management/graphOperation';
import { onceOnly } from '../../node/management/onceOnly';
import { defineOperation } from '../../node/operation';
import { objectOf } from '../../values/unknown';
import { flow, flowPermission, onFlow } from './flowTarget';
import { FlowJsonProblem, readFlowErrors } from './json/flowErrors';

/** Meta's code for a Flow that cannot be published as it is. */
const codeInvalidState = 139002;

/**
 * Publishes a draft. If its JSON has errors, they are looked up, because Meta's refusal names none.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/lifecycle
 */
export const publishFlow = defineOperation({
	...partsOf({
		name: 'Publish',
		action: 'Publish Flow',
		description: 'Publish a draft, so that it can be sent. It cannot be changed any more.',
		permission: flowPermission,
		target: flow,
		shape: {},
		outputSchema: { success: 'boolean', flowId: 'string' },
	}),
	execute: async (run, { flow: id }, itemIndex) =>
		await onceOnly(run, itemIndex, async () => {
			const where = onFlow(run, id);
			const made = await run.graph.attempt({ method: 'POST', ...where, edge: 'publish' });
			if (made.ok) return { success: true, flowId: id };
			const { error } = made;
			if (!(error instanceof GraphApiError) || error.code !== codeInvalidState) throw error;
			const asked = await run.graph.attempt({
				method: 'GET',
				...where,
				query: { fields: 'validation_errors' },
			});
			const found = asked.ok
				? readFlowErrors(objectOf(asked.response.body)['validation_errors'])
				: [];
			if (found.length === 0) throw error;
			const advice =
				'The Flow is still a draft. Correct the JSON with Flow › Update, then publish it.';
			throw new FlowJsonProblem(id, found, advice);
		}),
});
