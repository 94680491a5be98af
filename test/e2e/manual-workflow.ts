import { CREDENTIAL_NAME, CREDENTIAL_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nNode, N8nWorkflowDefinition } from '../../scripts/host/n8n-api.ts';
import { e2eHost } from './host';

/**
 * A Manual Trigger called Start, and the action node of this package behind it.
 *
 * @param credential the node's; by default that of the n8n which all files share
 */
export function manualWorkflow(
	name: string,
	node: Pick<N8nNode, 'name' | 'parameters' | 'onError'>,
	credential: { id: string; name: string } = {
		id: e2eHost().credentialId,
		name: CREDENTIAL_NAME,
	},
): N8nWorkflowDefinition {
	return {
		name,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				type: 'n8n-nodes-whatsapp-cloud.whatsAppCloud',
				typeVersion: 1,
				position: [224, 0],
				credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
				...node,
			},
		],
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
