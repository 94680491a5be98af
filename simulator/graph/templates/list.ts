import type { FastifyRequest } from 'fastify';
import { invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText, asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { templateNode } from '../../state/account.ts';
import { queryOf } from '../call.ts';
import { fieldsOf, selectFields } from '../fields.ts';
import { page } from '../paging.ts';
import { healthOf, qualityOf } from './life.ts';
import { reachAccount, templatesOf } from './reach.ts';

const nodeType = 'WhatsAppMessageTemplate';

const defaultFields = [
	'name',
	'parameter_format',
	'components',
	'language',
	'status',
	'category',
	'previous_category',
	'id',
];

/** Fields that most templates lack. */
const rareFields = [
	'previous_category',
	'sub_category',
	'correct_category',
	'quality_score',
	'rejected_reason',
	'message_send_ttl_seconds',
	'last_updated_time',
	'source',
	'library_template_name',
	'cta_url_link_tracking_opted_out',
	'display_format',
	'product_set_id',
	'optimization_spec',
	'degrees_of_freedom_spec',
	'is_primary_device_delivery_only',
];

/** The selected fields of a template. @throws GraphError 100 for one that templates do not have */
export function showTemplate(template: Template, fields: unknown): JsonObject {
	const node: JsonObject = {
		...Object.fromEntries(rareFields.map((name) => [name, undefined])),
		...templateNode(template),
		health_status: healthOf(template),
	};
	return selectFields(node, fieldsOf(fields, defaultFields), nodeType);
}

/**
 * `GET /{waba}/message_templates`.
 * https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/
 */
export function listTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	const { id } = reachAccount(simulator, request);
	const query = queryOf(request);
	const all = templatesOf(simulator, id);
	const wanted = all.filter((template) => isWanted(template, query));
	const answer = page(
		simulator,
		request,
		wanted,
		(template) => template.id,
		(template) => showTemplate(template, query['fields']),
	);
	const summary = asTextList(query['summary']);
	return summary.length === 0
		? answer
		: { ...answer, summary: summaryOf(simulator, all, wanted, summary) };
}

/** @throws GraphError 100 for a member that summaries do not have */
function summaryOf(
	simulator: Simulator,
	all: readonly Template[],
	wanted: readonly Template[],
	names: readonly string[],
): JsonObject {
	const members: JsonObject = {
		total_count: wanted.length,
		message_template_count: all.length,
		message_template_limit: simulator.settings.templates.maxTemplates,
		are_translations_complete: areTranslationsComplete(all),
	};
	const chosen = names.length === 1 && names[0] === 'true' ? Object.keys(members) : names;
	const unknown = chosen.find((name) => !Object.hasOwn(members, name));
	if (unknown !== undefined) {
		throw invalidParameter(`Param summary must be one of {${Object.keys(members).join(', ')}}`);
	}
	return Object.fromEntries(chosen.map((name) => [name, members[name]]));
}

/** Whether every name exists in every language that the account's templates have. */
function areTranslationsComplete(templates: readonly Template[]): boolean {
	const names = new Set(templates.map(({ name }) => name));
	const languages = new Set(templates.map(({ language }) => language));
	return templates.length === names.size * languages.size;
}

/** Applies the list's filters; `name` matches parts of names, as at Meta. */
function isWanted(template: Template, query: JsonObject): boolean {
	const among = (filter: string, value: unknown): boolean => {
		const wanted = asTextList(query[filter]);
		const upper = (asText(value) ?? '').toUpperCase();
		return wanted.length === 0 || wanted.some((entry) => entry.toUpperCase() === upper);
	};
	const nameOrContent = asText(query['name_or_content'])?.toLowerCase();
	const text = JSON.stringify(template.components).toLowerCase();
	return (
		template.name.includes(asText(query['name']) ?? '') &&
		(nameOrContent === undefined ||
			template.name.includes(nameOrContent) ||
			text.includes(nameOrContent)) &&
		text.includes((asText(query['content']) ?? '').toLowerCase()) &&
		among('source', template['source']) &&
		among('correct_category', template['correct_category']) &&
		among('status', template.status) &&
		among('category', template.category) &&
		among('quality', qualityOf(template)) &&
		among('quality_score', qualityOf(template)) &&
		among('language', template.language)
	);
}
