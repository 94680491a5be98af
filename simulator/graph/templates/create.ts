import type { FastifyRequest } from 'fastify';
import { GraphError, templateError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Template } from '../../state/account.ts';
import { newNumericId } from '../../state/ids.ts';
import { bodyOf, originOf } from '../call.ts';
import type { NewTemplate } from './definition/definition.ts';
import { readNewTemplate } from './definition/definition.ts';
import { languageName } from './definition/names.ts';
import { readFromLibrary } from './library.ts';
import { approve, startReview } from './life.ts';
import { isGenerated, reachAccount, templatesOf } from './reach.ts';

/** `POST /{waba}/message_templates`: a definition, or the name of a template of Meta's library. */
export function createTemplate(simulator: Simulator, request: FastifyRequest): JsonObject {
	const { id } = reachAccount(simulator, request);
	const body = bodyOf(request);
	const origin = originOf(simulator, request);
	const isFromLibrary = body['library_template_name'] !== undefined;
	const input = isFromLibrary
		? readFromLibrary(body)
		: readNewTemplate({ simulator, businessAccountId: id, origin }, body);
	const template = addTemplate(simulator, id, input);
	if (isFromLibrary) approve(simulator, template);
	else startReview(simulator, template);
	return { id: template.id, status: template.status, category: template.category };
}

/**
 * Adds a template to the account, without review.
 * @throws GraphError 80008 for too many an hour, 2388019 for too many in all, 2388023 for a name
 * that is being deleted, 2388024 for one that exists, 100 for another category than its other
 * languages have
 */
export function addTemplate(
	simulator: Simulator,
	businessAccountId: string,
	input: NewTemplate,
): Template {
	const { templates: records, clock, settings } = simulator;
	const { creationsPerHour, maxTemplates } = settings.templates;
	const nowMs = clock.now();
	const { name, language } = input;
	const existing = templatesOf(simulator, businessAccountId);
	if (
		creationsPerHour !== null &&
		records.createdWithinHour(businessAccountId, nowMs) >= creationsPerHour
	) {
		throw new GraphError(80008);
	}
	if (existing.filter((template) => !isGenerated(template)).length >= maxTemplates) {
		throw templateError(
			2388019,
			'You have exceeded the maximum number of message templates you can have for this WhatsApp business account.',
		);
	}
	checkName(simulator, businessAccountId, input, existing);
	records.noteCreation(businessAccountId, nowMs);
	const template: Template = {
		...input,
		// Notices write it as a number, which must stay exact.
		id: newNumericId(15),
		name,
		language,
		status: 'PENDING',
		quality_score: { score: 'UNKNOWN' },
		rejected_reason: 'NONE',
		businessAccountId,
	};
	simulator.account.templates.set(template.id, template);
	return template;
}

function checkName(
	simulator: Simulator,
	businessAccountId: string,
	{ name, language, category }: NewTemplate,
	existing: readonly Template[],
): void {
	const inLanguage = languageName(language);
	const others = existing.filter((template) => template.name === name);
	const same = others.find((template) => template.language === language);
	const isLeaving =
		same?.status === 'PENDING_DELETION' ||
		simulator.templates.isHeld(businessAccountId, name, language, simulator.clock.now());
	if (isLeaving) {
		throw templateError(
			2388023,
			`New ${inLanguage} content can't be added while the existing ${inLanguage} content is being deleted. Try again in 4 weeks or consider creating a new message template.`,
		);
	}
	if (same) {
		throw templateError(
			2388024,
			`There is already ${inLanguage} content for this template. You can create a new template and try again.`,
		);
	}
	const [other] = others;
	if (other && other.category !== category) {
		throw new GraphError(100, {
			message: 'Invalid parameter',
			plainMessage: true,
			extra: {
				is_transient: false,
				error_user_msg: `The category ${category} doesn't match the one that's already associated with this template, ${other.category}.`,
			},
		});
	}
}
