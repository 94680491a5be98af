import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Group } from '../../state/groups.ts';
import { idOf, reachPhoneNumber } from '../call.ts';
import { GraphError, invalidParameter, unknownObject } from '../../errors/graph-error.ts';

/** The permission for groups. */
export const groupScope = 'whatsapp_business_messaging';

/** The group, if the caller has access to its number. @throws GraphError 100, 10 or 131207 */
export function reachGroup(simulator: Simulator, request: FastifyRequest): Group {
	const id = idOf(request);
	const group = simulator.account.groups.get(id);
	if (!group) throw unknownObject(request.method, id);
	reachPhoneNumber(simulator, request, group.phoneNumberId, groupScope);
	if (group.suspended && request.method !== 'GET') throw new GraphError(131207);
	return group;
}

/** @throws GraphError 100 */
export function requireProduct(body: JsonObject): JsonObject {
	if (body['messaging_product'] === 'whatsapp') return body;
	throw invalidParameter('The parameter messaging_product is required.');
}
