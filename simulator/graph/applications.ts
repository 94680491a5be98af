import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { callOf, idOf, queryOf } from './call.ts';
import { unknownObject } from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';

/** `GET /app`: the app of the token. */
export function registerApplications(app: FastifyInstance, simulator: Simulator): void {
	app.get('/app', (request) => {
		const { app: caller, token } = callOf(request);
		const own = caller ?? simulator.account.apps.get(token?.appId ?? '');
		if (!own) throw unknownObject('GET', 'app');
		return { id: own.id, name: own.name, link: `https://www.facebook.com/games/?app_id=${own.id}` };
	});
}

export const applicationNodes: NodeType = {
	owns: (simulator, id) => simulator.account.apps.has(id),
	get(simulator, request) {
		const id = idOf(request);
		const { app: caller, token } = callOf(request);
		const app = simulator.account.apps.get(id);
		if (!app || (caller?.id ?? token?.appId) !== id) throw unknownObject('GET', id);
		const node = {
			id,
			name: app.name,
			link: `https://www.facebook.com/games/?app_id=${id}`,
			category: 'Business',
			namespace: undefined,
		};
		return selectFields(
			node,
			fieldsOf(queryOf(request)['fields'], ['name', 'link', 'category']),
			'Application',
		);
	},
};
