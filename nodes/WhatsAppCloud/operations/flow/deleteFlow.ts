import { defineGraphOperation } from '../../node/management/graphOperation';
import { flow, flowPermission } from './flowTarget';

/** Deletes a draft. */
export const deleteFlow = defineGraphOperation({
	name: 'Delete',
	action: 'Delete Flow',
	description: 'Delete a draft for good. A published Flow can only be deprecated.',
	permission: flowPermission,
	target: flow,
	shape: {},
	request: () => ({ method: 'DELETE' }),
	item: (_answer, _values, { id }) => ({ deleted: true, flowId: id }),
	outputSchema: { deleted: 'boolean', flowId: 'string' },
});
