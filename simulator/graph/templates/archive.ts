import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { parameter } from '../call.ts';
import { archive, unarchive } from './life.ts';
import { isGenerated, reachAccount } from './reach.ts';

const maxIds = 100;

/** Statuses that can be archived. */
const archivable: readonly string[] = ['APPROVED', 'REJECTED'];

/**
 * `POST /{waba}/message_templates/archive` and `/unarchive`; some succeed, others fail.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export function archiveTemplates(
	simulator: Simulator,
	request: FastifyRequest,
	way: 'archive' | 'unarchive',
): JsonObject {
	const { id } = reachAccount(simulator, request);
	const ids = asTextList(parameter(request, 'hsm_ids'));
	if (ids.length === 0) throw invalidParameter('The parameter hsm_ids is required.');
	if (ids.length > maxIds) throw invalidParameter(`Param hsm_ids has more than ${maxIds} entries`);
	const done: string[] = [];
	const failed: Record<string, string> = {};
	for (const templateId of ids) {
		const template = simulator.account.templates.get(templateId);
		const reason =
			template?.businessAccountId === id ? reasonAgainst(template, way) : 'Template does not exist';
		if (template && reason === null) {
			if (way === 'archive') archive(simulator, template);
			else unarchive(simulator, template);
			done.push(templateId);
		} else {
			failed[templateId] = reason ?? '';
		}
	}
	return { [`${way}d_templates`]: done, failed_templates: failed };
}

/** Null if nothing speaks against it. */
function reasonAgainst(template: Template, way: 'archive' | 'unarchive'): string | null {
	if (way === 'unarchive') {
		return template.status === 'ARCHIVED' ? null : 'Template is not archived';
	}
	if (isGenerated(template)) return 'Direct Send templates cannot be archived';
	return archivable.includes(template.status)
		? null
		: 'Only approved or rejected templates can be archived';
}
