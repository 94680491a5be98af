import { defineGraphList } from '../../node/management/graphList';
import { businessAccount } from '../../node/management/target';
import { listedFields, listedFlow, listedShape } from './flowItem';
import { flowPermission } from './flowTarget';

/** Lists the Flows of a business account. */
export const getFlows = defineGraphList({
	name: 'Get Many',
	action: 'Get many Flows',
	description: 'List the Flows of the business account, with status and validation errors',
	permission: flowPermission,
	target: businessAccount,
	shape: {},
	request: () => ({ edge: 'flows', query: { fields: listedFields.join(',') } }),
	item: listedFlow,
	outputSchema: listedShape,
});
