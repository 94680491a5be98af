import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphError, unknownObject } from '../../errors/graph-error.ts';
import type { Simulator } from '../../simulator.ts';
import { callOf, idOf, queryOf } from '../call.ts';
import { fieldsOf, selectFields } from '../fields.ts';
import type { NodeType } from '../node-type.ts';
import { page } from '../paging.ts';

/** The portfolio that owns every account here. */
export const businessId = '700000000000001';

/**
 * The business portfolio: its name, verification and accounts.
 * https://developers.facebook.com/docs/marketing-api/reference/business/
 */
export const businessNodes: NodeType = {
	owns: (_, id) => id === businessId,
	get(simulator, request) {
		requireScope(request);
		const [waba] = simulator.account.businessAccounts.values();
		const node = { id: businessId, name: waba?.name, verification_status: 'verified' };
		return selectFields(node, fieldsOf(queryOf(request)['fields'], ['id', 'name']), 'Business');
	},
};

/** The accounts that the token may use. */
export function registerBusinesses(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/owned_whatsapp_business_accounts', (request) => {
		if (idOf(request) !== businessId) throw unknownObject('GET', idOf(request));
		requireScope(request);
		const { businessAccountIds = [] } = callOf(request).token ?? {};
		const accounts = [...simulator.account.businessAccounts.values()];
		return page(
			simulator,
			request,
			accounts.filter(({ id }) => businessAccountIds.includes(id)),
			({ id }) => id,
			({ id, name, currency }) => ({ id, name, currency }),
		);
	});
}

/** @throws GraphError 200 */
function requireScope(request: FastifyRequest): void {
	if (callOf(request).token?.scopes.includes('business_management') === true) return;
	throw new GraphError(200, {
		message: 'Requires business_management permission to manage the object',
		details: 'The access token lacks the permission business_management',
	});
}
