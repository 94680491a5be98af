import { randomUUID } from 'node:crypto';
import { CREDENTIAL_TYPE, TRIGGER_TYPE } from '../../scripts/host/autoresponder.ts';
import type { N8nApi, N8nCredential, N8nWorkflow } from '../../scripts/host/n8n-api.ts';

/**
 * A workflow that does nothing with the messages of the simulator's number.
 *
 * @param registration how its trigger registers at Meta
 * @param path of its webhook
 */
export async function createListener(
	api: N8nApi,
	name: string,
	credential: N8nCredential,
	registration: 'phoneNumber' | 'businessAccount' = 'phoneNumber',
	path: string = randomUUID(),
): Promise<N8nWorkflow> {
	return await api.createWorkflow({
		name,
		nodes: [
			{
				id: randomUUID(),
				name: 'WhatsApp Cloud Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 2,
				position: [0, 0],
				webhookId: path,
				parameters: { registration, events: ['message'] },
				credentials: { [CREDENTIAL_TYPE]: { id: credential.id, name: credential.name } },
			},
			{
				id: randomUUID(),
				name: 'Nothing',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
		],
		connections: {
			'WhatsApp Cloud Trigger': { main: [[{ node: 'Nothing', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	});
}
