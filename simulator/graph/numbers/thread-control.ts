import type { FastifyInstance } from 'fastify';
import { asObject, asText } from '../../json.ts';
import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import { resolveRecipient } from '../../messages/recipient.ts';
import type { Simulator } from '../../simulator.ts';
import { bodyOf, idOf, reachPhoneNumber } from '../call.ts';

const maxMetadata = 2_000;
const actions = ['pass', 'release', 'take'];

/** A conversation in the list of those that the AI agent handles. */
export const threadKey = (phoneNumberId: string, waId: string): string =>
	`${phoneNumberId} ${waId}`;

/**
 * `POST /{phone}/thread_control`: the business is the primary responder of all conversations, so
 * it can pass and release them; to take is for the escalation partner.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing/thread-control-cloud-api
 */
export function registerThreadControl(app: FastifyInstance, simulator: Simulator): void {
	app.post('/:id/thread_control', (request) => {
		const number = reachPhoneNumber(
			simulator,
			request,
			idOf(request),
			'whatsapp_business_messaging',
		);
		const body = bodyOf(request);
		if (body['messaging_product'] !== 'whatsapp') {
			throw invalidParameter('The parameter messaging_product is required.');
		}
		const recipient = resolveRecipient(simulator, number, body);
		const action = asText(body['action']) ?? '';
		if (!actions.includes(action)) {
			throw invalidParameter('Param action must be one of {PASS, RELEASE, TAKE}');
		}
		if ((asText(body['metadata']) ?? '').length > maxMetadata) {
			throw invalidParameter(`Param metadata must be at most ${maxMetadata} characters long.`);
		}
		const key = threadKey(number.id, recipient.key);
		if (action === 'take' || simulator.agentThreads.has(key)) {
			throw new GraphError(2494191, { details: 'The app does not control this thread' });
		}
		if (action === 'pass') {
			if (asObject(body['control_pass'])?.['target_role'] !== 'ai_agent') {
				throw invalidParameter('Param control_pass[target_role] must be one of {AI_AGENT}');
			}
			simulator.agentThreads.add(key);
		}
		return { success: true };
	});
}
