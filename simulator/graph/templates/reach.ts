import type { FastifyRequest } from 'fastify';
import { unknownObject } from '../../errors/graph-error.ts';
import type { Simulator } from '../../simulator.ts';
import type { BusinessAccount, Template } from '../../state/account.ts';
import { generatedSource } from '../../state/account.ts';
import { idOf, reachBusinessAccount } from '../call.ts';

const scope = 'whatsapp_business_management';

/** The business account in the path. @throws GraphError 100 or 200 */
export function reachAccount(simulator: Simulator, request: FastifyRequest): BusinessAccount {
	return reachBusinessAccount(simulator, request, idOf(request), scope);
}

/** The template in the path. @throws GraphError 100 or 200 */
export function reachTemplate(simulator: Simulator, request: FastifyRequest): Template {
	const id = idOf(request);
	const template = simulator.account.templates.get(id);
	if (!template) throw unknownObject(request.method, id);
	reachBusinessAccount(simulator, request, template.businessAccountId, scope, id);
	return template;
}

export function templatesOf(simulator: Simulator, businessAccountId: string): Template[] {
	return [...simulator.account.templates.values()].filter(
		(template) => template.businessAccountId === businessAccountId,
	);
}

/** Direct Send made it, so that the business can neither edit nor delete it. */
export function isGenerated(template: Template): boolean {
	return template['source'] === generatedSource;
}
