import type { FastifyRequest } from 'fastify';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText, asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { callOf, parameter } from '../call.ts';
import { addTemplate } from './create.ts';
import { approve, qualityOf } from './life.ts';
import { isGenerated, reachAccount, templatesOf } from './reach.ts';

/** Templates per call. */
const maxTemplates = 500;

/**
 * `POST /{waba}/migrate_message_templates`: copies templates of another business account that are
 * approved and not of medium or low quality.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-migration
 * @throws GraphError 100 for the source or a count, 200 without access to it
 */
export function migrateTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	const { id } = reachAccount(simulator, request);
	const sourceId = asText(parameter(request, 'source_waba_id'));
	if (sourceId === undefined) throw invalidParameter('The parameter source_waba_id is required.');
	if (sourceId === id) throw invalidParameter('Param source_waba_id must be another account');
	if (!callOf(request).token?.businessAccountIds.includes(sourceId)) {
		throw new GraphError(200, { details: 'The token has no access to the source account' });
	}
	const ids = asTextList(parameter(request, 'template_ids'));
	const count = whole(parameter(request, 'count'), 'count', maxTemplates);
	const pageNumber = whole(parameter(request, 'page_number'), 'page_number', 0);
	if (ids.length > maxTemplates || count > maxTemplates) {
		throw invalidParameter(`Up to ${maxTemplates} templates can be migrated at once`);
	}
	const all = templatesOf(simulator, sourceId).filter((template) => !isGenerated(template));
	const chosen =
		ids.length > 0
			? all.filter((template) => ids.includes(template.id))
			: all.slice(pageNumber * maxTemplates, pageNumber * maxTemplates + count);
	const migrated: string[] = [];
	const failed: Record<string, string> = {};
	for (const template of chosen) {
		const reason = copyTo(simulator, id, template);
		if (reason === null) migrated.push(template.id);
		else failed[template.id] = reason;
	}
	for (const wanted of ids) {
		if (!all.some((template) => template.id === wanted)) failed[wanted] = 'Template does not exist';
	}
	return { migrated_templates: migrated, failed_templates: failed };
}

function whole(value: unknown, name: string, otherwise: number): number {
	if (value === undefined) return otherwise;
	const number = Number(asText(value));
	if (Number.isInteger(number) && number >= 0) return number;
	throw invalidParameter(`Param ${name} must be a whole number`);
}

/** @returns why it cannot be copied, or null */
function copyTo(simulator: Simulator, businessAccountId: string, source: Template): string | null {
	if (source.status !== 'APPROVED') return 'Template is not approved';
	if (!['GREEN', 'UNKNOWN'].includes(qualityOf(source))) return 'Template has a low quality score';
	const { name, language, category, parameter_format, components, message_send_ttl_seconds } =
		structuredClone(source);
	const timeToLive = message_send_ttl_seconds === undefined ? {} : { message_send_ttl_seconds };
	const parts = { name, language, category, parameter_format, components, ...timeToLive };
	try {
		const copy = addTemplate(simulator, businessAccountId, parts);
		approve(simulator, copy);
		return null;
	} catch (error) {
		if (error instanceof GraphError) return reasonIn(error);
		throw error;
	}
}

/** What Meta says to people, or else the message. */
function reasonIn(error: GraphError): string {
	const body = error.envelope()['error'] as JsonObject;
	return asText(body['error_user_msg']) ?? error.message;
}
