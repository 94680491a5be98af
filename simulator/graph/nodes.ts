import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { businessNodes } from './account/businesses.ts';
import { applicationNodes } from './applications.ts';
import { businessAccountNodes } from './business-accounts.ts';
import { idOf } from './call.ts';
import { catalogNodes } from './catalogs.ts';
import { unknownObject } from '../errors/graph-error.ts';
import { flowNodes } from './flows/flows.ts';
import { groupNodes } from './groups/groups.ts';
import { mediaNodes } from './media.ts';
import type { NodeType } from './node-type.ts';
import { phoneNumberNodes } from './phone-numbers.ts';
import { templateNodes } from './templates/routes.ts';

/** Everything that `/{id}` can be. */
const nodeTypes: readonly NodeType[] = [
	phoneNumberNodes,
	businessAccountNodes,
	templateNodes,
	mediaNodes,
	applicationNodes,
	businessNodes,
	flowNodes,
	catalogNodes,
	groupNodes,
];

/** `GET`, `POST` and `DELETE /{id}`: what they do depends on the kind of object. */
export function registerNodes(app: FastifyInstance, simulator: Simulator): void {
	const answer = (
		method: 'get' | 'post' | 'delete',
		request: FastifyRequest,
		reply: FastifyReply,
	): unknown => {
		const id = idOf(request);
		const node = nodeTypes.find((type) => type.owns(simulator, id));
		if (!node?.[method]) throw unknownObject(request.method, id);
		return node[method](simulator, request, reply);
	};
	app.get('/:id', async (request, reply) => await answer('get', request, reply));
	app.post('/:id', async (request, reply) => await answer('post', request, reply));
	app.delete('/:id', async (request, reply) => await answer('delete', request, reply));
}
