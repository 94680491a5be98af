import type { FastifyRequest } from 'fastify';
import { GraphError, invalidParameter, templateError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText, asTextList } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { statusRank } from '../../state/messages.ts';
import { parameter } from '../call.ts';
import { remove } from './life.ts';
import { publishStatus } from './notices.ts';
import { isGenerated, reachAccount, templatesOf } from './reach.ts';

/** Most templates that one call deletes. */
const maxIds = 100;
/** How long Meta goes on delivering messages of a deleted template. */
const deliveryMs = 30 * 24 * 3_600_000;

/**
 * `DELETE /{waba}/message_templates`: all languages of a name, one of them by `hsm_id`, or up to
 * 100 templates by `hsm_ids`, all or none.
 * @throws GraphError 100, or 2388330 for a template that Direct Send made
 */
export function deleteTemplates(simulator: Simulator, request: FastifyRequest): JsonObject {
	const { id } = reachAccount(simulator, request);
	const name = asText(parameter(request, 'name'));
	const ids = asTextList(parameter(request, 'hsm_ids'));
	const all = templatesOf(simulator, id);
	const chosen =
		ids.length > 0 ? byIds(all, ids) : byName(all, name, asText(parameter(request, 'hsm_id')));
	if (chosen.some(isGenerated)) throw templateError(2388330);
	const disabled = chosen.find(({ status }) => status === 'DISABLED');
	if (disabled) {
		throw invalidParameter(`The template ${disabled.name} is disabled and cannot be deleted`);
	}
	const isWholeName =
		name !== undefined &&
		all.every((template) => template.name !== name || chosen.includes(template));
	for (const template of chosen) deleteTemplate(simulator, template, isWholeName);
	return { success: true };
}

function byIds(all: readonly Template[], ids: readonly string[]): Template[] {
	if (ids.length > maxIds) throw invalidParameter(`Param hsm_ids has more than ${maxIds} entries`);
	return ids.map((wanted) => {
		const found = all.find((template) => template.id === wanted);
		if (!found) throw notFound(`There is no template with the ID ${wanted}`);
		return found;
	});
}

function byName(
	all: readonly Template[],
	name: string | undefined,
	id: string | undefined,
): Template[] {
	if (name === undefined) throw invalidParameter('The parameter name is required.');
	const chosen = all.filter(
		(template) => template.name === name && (id === undefined || template.id === id),
	);
	if (chosen.length > 0) return chosen;
	throw notFound(`There is no template ${name}${id === undefined ? '' : ` with the ID ${id}`}`);
}

function notFound(details: string): GraphError {
	return new GraphError(100, { message: 'Invalid parameter', details });
}

/**
 * Blocks the name of an approved template for 30 days. While messages of it are on their way, the
 * template stays.
 */
function deleteTemplate(simulator: Simulator, template: Template, isWholeName: boolean): void {
	const { businessAccountId, name, language } = template;
	if (template.status === 'APPROVED') {
		const nowMs = simulator.clock.now();
		simulator.templates.hold(businessAccountId, name, isWholeName ? null : language, nowMs);
	}
	if (!isOnItsWay(simulator, template)) {
		remove(simulator, template);
		return;
	}
	template.status = 'PENDING_DELETION';
	publishStatus(simulator, template, 'PENDING_DELETION');
	const job = simulator.clock.after(deliveryMs, () => remove(simulator, template));
	simulator.templates.plan(template.id, job);
}

/** Whether a message of this template has been sent and not delivered. */
function isOnItsWay(simulator: Simulator, template: Template): boolean {
	// Without statuses, nothing is ever delivered.
	if (!simulator.settings.statuses.enabled) return false;
	for (const { chat, rank } of simulator.messages.all()) {
		if (chat.template?.['id'] === template.id && rank < statusRank.delivered) return true;
	}
	return false;
}
