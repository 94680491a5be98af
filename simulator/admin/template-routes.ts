import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v4';
import { idOf } from '../graph/call.ts';
import {
	announceCategory,
	approve,
	archive,
	disable,
	pauseByPacing,
	pauseForQuality,
	reject,
	remove,
	setCategory,
	setOtherStatus,
	setPacing,
	setQuality,
	touch,
	unpause,
} from '../graph/templates/life.ts';
import { publishComponents, publishStatus } from '../graph/templates/notices.ts';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { Template } from '../state/account.ts';
import { templateNode } from '../state/account.ts';
import { NotHere } from './not-here.ts';

const category = z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']);

/** What Meta does to a template; each part is optional. */
const changeSchema = z
	.strictObject({
		status: z.enum([
			'APPROVED',
			'ARCHIVED',
			'DISABLED',
			'FLAGGED',
			'IN_APPEAL',
			'LIMIT_EXCEEDED',
			'LOCKED',
			'PAUSED',
			'PENDING',
			'PENDING_DELETION',
			'REINSTATED',
			'REJECTED',
		]),
		/** Of a rejection. */
		reason: z
			.enum([
				'ABUSIVE_CONTENT',
				'INCORRECT_CATEGORY',
				'INVALID_FORMAT',
				'PROMOTIONAL',
				'SCAM',
				'TAG_CONTENT_MISMATCH',
			])
			.default('INVALID_FORMAT'),
		/** Of a rejection: what to change. */
		recommendation: z.string(),
		/** Why it is paused: for 3 hours, 6 hours, then for good; or until the business lifts it. */
		pause: z.enum(['quality', 'pacing']).default('quality'),
		/** Holds back its messages; then delivers or drops them, which pauses the template. */
		pacing: z.enum(['hold', 'deliver', 'drop']),
		quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']),
		category,
		/** The category that it will have in a day. */
		correctCategory: category,
		/** Replaces all components, without a look at their rules and without review. */
		components: z.array(z.record(z.string(), z.unknown())).min(1),
	})
	.partial();

type Change = z.infer<typeof changeSchema>;

/**
 * `/_simulator/templates/{id}`: what Meta, and not the business, does to a template, with the
 * webhooks that tell of it.
 */
export function registerTemplateControls(app: FastifyInstance, simulator: Simulator): void {
	app.patch('/_simulator/templates/:id', (request): JsonObject => {
		const template = find(simulator, request);
		change(simulator, template, changeSchema.parse(request.body));
		return templateNode(template);
	});
	app.delete('/_simulator/templates/:id', (request) => {
		remove(simulator, find(simulator, request));
		return { success: true };
	});
}

function find(simulator: Simulator, request: FastifyRequest): Template {
	const template = simulator.account.templates.get(idOf(request));
	if (!template) throw new NotHere(`There is no template ${idOf(request)}`);
	return template;
}

function change(simulator: Simulator, template: Template, parts: Change): void {
	if (parts.category !== undefined) setCategory(simulator, template, parts.category);
	if (parts.correctCategory !== undefined) {
		announceCategory(simulator, template, parts.correctCategory);
	}
	if (parts.components !== undefined) {
		template.components = parts.components;
		touch(simulator, template);
		publishComponents(simulator, template);
	}
	if (parts.quality !== undefined) setQuality(simulator, template, parts.quality);
	if (parts.pacing !== undefined) setPacing(simulator, template, parts.pacing);
	if (parts.status !== undefined) setStatus(simulator, template, parts.status, parts);
}

function setStatus(
	simulator: Simulator,
	template: Template,
	status: NonNullable<Change['status']>,
	{ reason = 'INVALID_FORMAT', recommendation, pause }: Change,
): void {
	switch (status) {
		case 'APPROVED':
			if (template.status === 'PAUSED') unpause(simulator, template);
			else approve(simulator, template);
			return;
		case 'REJECTED':
			reject(simulator, template, { reason, recommendation });
			return;
		case 'PAUSED':
			if (pause === 'pacing') pauseByPacing(simulator, template);
			else pauseForQuality(simulator, template);
			return;
		case 'DISABLED':
			disable(simulator, template);
			return;
		case 'ARCHIVED':
			archive(simulator, template);
			return;
		// A warning, and its end: the template is sent as before.
		case 'FLAGGED':
		case 'LOCKED':
			publishStatus(simulator, template, status);
			return;
		case 'REINSTATED':
			template.status = 'APPROVED';
			publishStatus(simulator, template, status);
			return;
		default:
			setOtherStatus(simulator, template, status);
	}
}
