import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Group } from '../state/account.ts';
import { idOf, queryOf, reachPhoneNumber } from './call.ts';
import { unknownObject } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { page } from './paging.ts';

function groupNode(simulator: Simulator, group: Group): JsonObject {
	return {
		messaging_product: 'whatsapp',
		id: group.id,
		subject: group.subject,
		suspended: false,
		total_participant_count: group.participants.length,
		participants: group.participants.map((waId) => ({
			wa_id: waId,
			user_id: simulator.customers.get(waId)?.userId,
		})),
	};
}

/** `GET /{phone}/groups`: https://developers.facebook.com/docs/whatsapp/cloud-api/groups */
export function registerGroups(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/groups', (request) => {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_messaging',
		);
		const groups = [...simulator.account.groups.values()].filter(
			(group) => group.phoneNumberId === number.id,
		);
		return page(
			simulator,
			request,
			groups,
			(group) => group.id,
			({ id, subject }) => ({ id, subject }),
		);
	});
}

export const groupNodes: NodeType = {
	owns: (simulator, id) => simulator.account.groups.has(id),
	get(simulator, request) {
		const id = idOf(request);
		const group = simulator.account.groups.get(id);
		if (!group) throw unknownObject('GET', id);
		reachPhoneNumber(simulator, request, group.phoneNumberId, 'whatsapp_business_messaging');
		const fields = fieldsOf(queryOf(request)['fields'], ['id', 'messaging_product', 'subject']);
		return selectFields(groupNode(simulator, group), fields, 'WhatsAppGroup');
	},
};
