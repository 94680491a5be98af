import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import { unpause } from './life.ts';
import { reachTemplate } from './reach.ts';

/**
 * `POST /{template}/unpause`: lifts a pause by pacing; the others end by themselves.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-pacing
 */
export function unpauseTemplate(simulator: Simulator, request: FastifyRequest): JsonObject {
	const template = reachTemplate(simulator, request);
	if (template.status !== 'PAUSED') {
		return { success: false, reason: 'The template is not paused' };
	}
	if (!simulator.templates.of(template.id).isPaced) {
		return { success: false, reason: 'Only templates paused by pacing can be unpaused' };
	}
	unpause(simulator, template);
	return { success: true };
}
