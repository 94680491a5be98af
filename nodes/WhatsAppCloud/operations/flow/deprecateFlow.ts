import { defineGraphOperation } from '../../node/management/graphOperation';
import { flow, flowPermission } from './flowTarget';

/**
 * Ends a published Flow: it can be neither sent nor opened.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/lifecycle
 */
export const deprecateFlow = defineGraphOperation({
	name: 'Deprecate',
	action: 'Deprecate Flow',
	description: 'End a published Flow for good: it can be neither sent nor opened any more',
	permission: flowPermission,
	target: flow,
	shape: {},
	request: () => ({ method: 'POST', edge: 'deprecate' }),
	item: (_answer, _values, { id }) => ({ success: true, flowId: id }),
	outputSchema: { success: 'boolean', flowId: 'string' },
});
