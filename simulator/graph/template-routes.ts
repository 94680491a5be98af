import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText, asTextList } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Template } from '../state/account.ts';
import { generatedSource, templateNode } from '../state/account.ts';
import { newNumericId } from '../state/ids.ts';
import { publishChange } from '../webhooks/publish.ts';
import { bodyOf, idOf, parameter, queryOf, reachBusinessAccount } from './call.ts';
import {
	GraphError,
	invalidParameter,
	templateError,
	unknownObject,
} from '../errors/graph-error.ts';
import { fieldsOf, selectFields } from './fields.ts';
import type { NodeType } from './node-type.ts';
import { page } from './paging.ts';
import { checkCategory, readComponents, readNewTemplate } from './template-definition.ts';

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

/** Most templates that a business account may have. */
const maxTemplates = 250;
/** How long the review of a new template takes. */
const reviewMs = 500;

/** https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/ */
export function registerTemplates(app: FastifyInstance, simulator: Simulator): void {
	app.get('/:id/message_templates', (request) => {
		const id = reach(simulator, request);
		const query = queryOf(request);
		const fields = fieldsOf(query['fields'], defaultFields);
		const templates = templatesOf(simulator, id).filter((template) => isWanted(template, query));
		return page(
			simulator,
			request,
			templates,
			(template) => template.id,
			(template) => selectFields(fullNode(template), fields, nodeType),
		);
	});
	app.post('/:id/message_templates', (request) =>
		create(simulator, request, reach(simulator, request)),
	);
	app.delete('/:id/message_templates', (request) =>
		remove(simulator, request, reach(simulator, request)),
	);
}

function reach(simulator: Simulator, request: FastifyRequest): string {
	const id = idOf(request);
	return reachBusinessAccount(simulator, request, id, 'whatsapp_business_management').id;
}

function templatesOf(simulator: Simulator, businessAccountId: string): Template[] {
	return [...simulator.account.templates.values()].filter(
		(template) => template.businessAccountId === businessAccountId,
	);
}

/** Includes the fields that most templates lack. */
function fullNode(template: Template): JsonObject {
	return {
		previous_category: undefined,
		sub_category: undefined,
		quality_score: undefined,
		rejected_reason: undefined,
		message_send_ttl_seconds: undefined,
		last_updated_time: undefined,
		source: undefined,
		correct_category: undefined,
		optimization_spec: undefined,
		library_template_name: undefined,
		cta_url_link_tracking_opted_out: undefined,
		...templateNode(template),
	};
}

/** Applies the list's filters; `name` matches parts of names, as at Meta. */
function isWanted(template: Template, query: JsonObject): boolean {
	const among = (name: string, value: string): boolean => {
		const wanted = asTextList(query[name]);
		return (
			wanted.length === 0 || wanted.some((entry) => entry.toUpperCase() === value.toUpperCase())
		);
	};
	const nameOrContent = asText(query['name_or_content'])?.toLowerCase();
	const text = JSON.stringify(template.components).toLowerCase();
	return (
		template.name.includes(asText(query['name']) ?? '') &&
		(nameOrContent === undefined ||
			template.name.includes(nameOrContent) ||
			text.includes(nameOrContent)) &&
		text.includes((asText(query['content']) ?? '').toLowerCase()) &&
		among('source', asText(template['source']) ?? '') &&
		among('correct_category', asText(template['correct_category']) ?? '') &&
		among('status', template.status) &&
		among('category', template.category) &&
		among('language', template.language)
	);
}

function create(
	simulator: Simulator,
	request: FastifyRequest,
	businessAccountId: string,
): JsonObject {
	const input = readNewTemplate(bodyOf(request));
	const existing = templatesOf(simulator, businessAccountId);
	const own = existing.filter((template) => template['source'] !== generatedSource);
	if (own.length >= maxTemplates) throw templateError(2388019);
	if (existing.some(({ name, language }) => name === input.name && language === input.language)) {
		throw templateError(
			2388024,
			`There is already ${input.language} content for this template. You can create a new template and try again.`,
		);
	}
	const template: Template = {
		...input,
		id: newNumericId(),
		status: 'PENDING',
		rejected_reason: 'NONE',
		businessAccountId,
	};
	simulator.account.templates.set(template.id, template);
	review(simulator, template);
	return { id: template.id, status: template.status, category: template.category };
}

/** Approves after a while and notifies subscribers; a name that contains `reject` is rejected. */
function review(simulator: Simulator, template: Template): void {
	simulator.clock.after(reviewMs, () => {
		if (simulator.account.templates.get(template.id) !== template) return;
		const refused = template.name.includes('reject');
		template.status = refused ? 'REJECTED' : 'APPROVED';
		template['rejected_reason'] = refused ? 'INVALID_FORMAT' : 'NONE';
		publishChange(simulator, {
			businessAccountId: template.businessAccountId,
			phoneNumberId: null,
			field: 'message_template_status_update',
			value: {
				event: template.status,
				message_template_id: Number(template.id),
				message_template_name: template.name,
				message_template_language: template.language,
				message_template_category: template.category,
				reason: template['rejected_reason'],
			},
			traits: {
				event: 'other',
				status: undefined,
				phoneNumberId: undefined,
				recipient: undefined,
				operationId: undefined,
				messageType: undefined,
			},
		});
	});
}

/** By name (all languages), or by name and `hsm_id` (one language). */
function remove(
	simulator: Simulator,
	request: FastifyRequest,
	businessAccountId: string,
): JsonObject {
	const name = asText(parameter(request, 'name'));
	const id = asText(parameter(request, 'hsm_id'));
	if (name === undefined) throw invalidParameter('The parameter name is required.');
	const matching = templatesOf(simulator, businessAccountId).filter(
		(template) => template.name === name && (id === undefined || template.id === id),
	);
	if (matching.some((template) => template['source'] === generatedSource)) {
		throw templateError(2388330);
	}
	if (matching.length === 0) {
		throw new GraphError(100, {
			message: 'Invalid parameter',
			details: `There is no template ${name}${id === undefined ? '' : ` with the ID ${id}`}`,
		});
	}
	for (const template of matching) simulator.account.templates.delete(template.id);
	return { success: true };
}

function reachTemplate(simulator: Simulator, request: FastifyRequest): Template {
	const id = idOf(request);
	const template = simulator.account.templates.get(id);
	if (!template) throw unknownObject(request.method, id);
	reachBusinessAccount(
		simulator,
		request,
		template.businessAccountId,
		'whatsapp_business_management',
		id,
	);
	return template;
}

export const templateNodes: NodeType = {
	owns: (simulator, id) => simulator.account.templates.has(id),
	get(simulator, request) {
		const fields = fieldsOf(queryOf(request)['fields'], defaultFields);
		return selectFields(fullNode(reachTemplate(simulator, request)), fields, nodeType);
	},
	post(simulator, request) {
		const template = reachTemplate(simulator, request);
		const body = bodyOf(request);
		if (template['source'] === generatedSource) throw templateError(2388318);
		if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status)) {
			throw new GraphError(100, {
				message: 'Invalid parameter',
				details: `A template can be edited when it is approved, rejected or paused, not ${template.status}`,
			});
		}
		if (body['components'] !== undefined) {
			template.components = readComponents(
				body['components'],
				template.category,
				template.parameter_format,
			);
		}
		if (body['category'] !== undefined) {
			const category = checkCategory(body['category']);
			if (template.status === 'APPROVED' && category !== template.category) {
				throw invalidParameter('The category of an approved template cannot be changed');
			}
			template.category = category;
		}
		template.status = 'PENDING';
		review(simulator, template);
		return { success: true, id: template.id, name: template.name, category: template.category };
	},
};
