import type { FastifyRequest } from 'fastify';
import { invalidParameter, templateError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { isTrue } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { originOf, parameter } from '../call.ts';
import { readComponents } from './definition/definition.ts';
import { readCategory, readTimeToLive } from './definition/names.ts';
import { startReview, touch } from './life.ts';
import { publishComponents } from './notices.ts';
import { isGenerated, reachTemplate } from './reach.ts';

const editable: readonly string[] = ['APPROVED', 'REJECTED', 'PAUSED'];
/** Edits of an approved template. */
const maxEdits = [
	{ days: 1, count: 1 },
	{ days: 30, count: 10 },
] as const;

/**
 * `POST /{template}`: replaces all components, the category or the time to live.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management#edit-templates
 * @throws GraphError 100 for what cannot be changed, 2388039 in this status, 2388318 for a template
 * that Direct Send made, and those of definitions
 */
export function editTemplate(simulator: Simulator, request: FastifyRequest): JsonObject {
	const template = reachTemplate(simulator, request);
	if (isGenerated(template)) throw templateError(2388318);
	if (!editable.includes(template.status)) {
		throw templateError(
			2388039,
			"The status for this message template can't be changed. You can only delete or add templates.",
		);
	}
	const read = (name: string): unknown => parameter(request, name);
	const category =
		read('category') === undefined ? template.category : readCategory(read('category'));
	if (template.status === 'APPROVED' && category !== template.category) {
		throw invalidParameter('The category of an approved template cannot be changed');
	}
	const components =
		read('components') === undefined
			? undefined
			: readComponents(
					{
						simulator,
						businessAccountId: template.businessAccountId,
						origin: originOf(simulator, request),
						category,
						isNamed: template.parameter_format === 'NAMED',
					},
					read('components'),
					template.language,
				);
	const timeToLive = readTimeToLive(read('message_send_ttl_seconds'), category);
	const optedOut = read('cta_url_link_tracking_opted_out');
	if ([components, timeToLive, optedOut, read('category')].every((part) => part === undefined)) {
		throw invalidParameter(
			'Nothing to edit: give category, components or message_send_ttl_seconds',
		);
	}
	const isReviewed = components !== undefined || category !== template.category;
	if (isReviewed || timeToLive !== undefined) countEdit(simulator, template);
	if (timeToLive !== undefined) template['message_send_ttl_seconds'] = timeToLive;
	if (optedOut !== undefined) template['cta_url_link_tracking_opted_out'] = isTrue(optedOut);
	template.category = category;
	touch(simulator, template);
	if (components) {
		template.components = components;
		publishComponents(simulator, template);
	}
	if (isReviewed) startReview(simulator, template);
	return { success: true, id: template.id, name: template.name, category: template.category };
}

/** @throws GraphError 100 if an approved template has been edited too often */
function countEdit(simulator: Simulator, template: Template): void {
	if (template.status !== 'APPROVED') return;
	const { templates: records, clock } = simulator;
	const nowMs = clock.now();
	for (const { days, count } of maxEdits) {
		if (records.editsWithin(template.id, days, nowMs) >= count) {
			throw invalidParameter(
				`An approved template can be edited ${count === 1 ? 'once' : `${count} times`} in ${days * 24} hours`,
			);
		}
	}
	records.of(template.id).edits.push(nowMs);
}
