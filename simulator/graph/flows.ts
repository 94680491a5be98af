import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Flow } from '../state/account.ts';
import { idOf, queryOf, reachBusinessAccount } from './call.ts';
import { unknownObject } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { page } from './paging.ts';

const defaultFields = ['id', 'name', 'status', 'categories', 'validation_errors'];

function flowNode(flow: Flow): JsonObject {
	return {
		id: flow.id,
		name: flow.name,
		status: flow.status,
		categories: flow.categories,
		validation_errors: [],
		json_version: '7.0',
		data_api_version: undefined,
		endpoint_uri: undefined,
		preview: undefined,
		health_status: { can_send_message: 'AVAILABLE' },
	};
}

/** `GET /{waba}/flows`: https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi */
export function registerFlows(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/flows', (request) => {
		const id = idOf(request);
		reachBusinessAccount(simulator, request, id, 'whatsapp_business_management');
		const fields = fieldsOf(queryOf(request)['fields'], defaultFields);
		const flows = [...simulator.account.flows.values()].filter(
			(flow) => flow.businessAccountId === id,
		);
		return page(
			simulator,
			request,
			flows,
			(flow) => flow.id,
			(flow) => selectFields(flowNode(flow), fields, 'Flow'),
		);
	});
}

export const flowNodes: NodeType = {
	owns: (simulator, id) => simulator.account.flows.has(id),
	get(simulator, request) {
		const id = idOf(request);
		const flow = simulator.account.flows.get(id);
		if (!flow) throw unknownObject('GET', id);
		reachBusinessAccount(
			simulator,
			request,
			flow.businessAccountId,
			'whatsapp_business_management',
			id,
		);
		return selectFields(
			flowNode(flow),
			fieldsOf(queryOf(request)['fields'], defaultFields),
			'Flow',
		);
	},
};
