import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../json.ts';
import { asText } from '../json.ts';
import { readDirectSend } from '../messages/direct-send.ts';
import { checkEnvelope } from '../messages/envelope.ts';
import { messageTypeOf } from '../messages/table.ts';
import type { Finding } from '../messages/type.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import type { StoredMessage } from '../state/messages.ts';
import { bodyOf, idOf, reachPhoneNumber } from './call.ts';
import { GraphError, invalidParameter } from '../errors/graph-error.ts';
import { markAsRead } from './read.ts';
import type { Recipient } from '../messages/recipient.ts';
import { resolveRecipient } from '../messages/recipient.ts';
import { acceptMessage } from './accept.ts';
import { generateTemplate } from './templates/generated.ts';
import { outcomeOf } from './test-recipients.ts';

type Endpoint = 'messages' | 'marketing_messages';

/**
 * `POST /{phone}/messages` and `/marketing_messages`.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
export function registerMessages(app: FastifyInstance, simulator: Simulator): void {
	for (const endpoint of ['messages', 'marketing_messages'] as const) {
		app.post(`/:id/${endpoint}`, (request) => {
			try {
				return send(simulator, request, endpoint);
			} catch (error) {
				simulator.counters.refusedMessages++;
				throw error;
			}
		});
	}
}

function send(simulator: Simulator, request: FastifyRequest, endpoint: Endpoint): JsonObject {
	const number = reachPhoneNumber(simulator, request, idOf(request), 'whatsapp_business_messaging');
	const body = bodyOf(request);
	if (body['messaging_product'] !== 'whatsapp') {
		throw body['messaging_product'] === undefined
			? invalidParameter('The parameter messaging_product is required.')
			: invalidParameter('Param messaging_product must be one of {WHATSAPP}');
	}
	checkMessagingAccount(number, body);
	if (!number.isRegistered) throw new GraphError(133010);
	if (body['status'] !== undefined) return markAsRead(simulator, number, body);
	const recipient = resolveRecipient(simulator, number, body);
	simulator.limits.check(
		simulator.settings.limits,
		simulator.clock.now(),
		number.id,
		recipient.key,
	);
	// Meta treats a body without a type as text.
	const type = asText(body['type']) ?? 'text';
	const rules = messageTypeOf(type);
	const directSend = readDirectSend(body, type, recipient, simulator.settings.directSend);
	const finding = rules.check({ simulator, number, recipient, directSend, body });
	checkEnvelope(body, type);
	checkEndpoint(simulator, number, endpoint, body, type, finding);
	checkBlocked(number, recipient);
	const outcome = outcomeOf(recipient.key);
	const generated = directSend ? generateTemplate(simulator, number, directSend, type, body) : null;
	const fails = finding?.fails ?? generated?.fails;
	const stored = acceptMessage(simulator, {
		number,
		recipient,
		endpoint: takesPart(simulator, number) ? endpoint : 'messages',
		type,
		body,
		template: finding?.template ?? null,
		directSend: directSend && {
			category: directSend.category,
			templateId: generated?.template?.id ?? null,
		},
		outcome: fails ? { ends: 'failed', ...fails } : outcome,
	});
	return answer(simulator, recipient, stored);
}

/**
 * The account that pays must be the number's own; `paid_messaging_account_id` is its old name.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/account-model-evolution/messaging
 */
function checkMessagingAccount(number: PhoneNumber, body: JsonObject): void {
	const name = body['messaging_account_id'] === undefined ? 'paid_' : '';
	const given = body[`${name}messaging_account_id`];
	if (given === undefined || given === null) return;
	if (asText(given) === number.businessAccountId) return;
	throw invalidParameter(
		`Param ${name}messaging_account_id is no messaging account of this phone number`,
	);
}

function checkEndpoint(
	simulator: Simulator,
	number: PhoneNumber,
	endpoint: Endpoint,
	body: JsonObject,
	type: string,
	finding: Finding | undefined,
): void {
	if (endpoint === 'marketing_messages') checkMarketing(simulator, number, body, type, finding);
	else if (finding?.template?.['optimization_spec'] !== undefined) {
		throw new GraphError(131061, {
			details: `The template ${finding.template.name} has a maximum price; send it to /marketing_messages`,
		});
	}
}

/** How long a template that was just approved is carried over to marketing messages. */
const syncMs = 600_000;

/**
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages/send-marketing-messages
 * @throws GraphError 100, 131055, 134100 for another category, 134101 for a template that is new
 */
function checkMarketing(
	simulator: Simulator,
	number: PhoneNumber,
	body: JsonObject,
	type: string,
	finding: Finding | undefined,
): void {
	if (type !== 'template') {
		throw new GraphError(131055, { details: 'Only template messages can be sent by this method' });
	}
	if (finding?.template && finding.template.category !== 'MARKETING') {
		throw new GraphError(134100, {
			details: `The template ${finding.template.name} is of the category ${finding.template.category}`,
		});
	}
	const policy = body['product_policy'];
	if (policy !== undefined && policy !== 'CLOUD_API_FALLBACK' && policy !== 'STRICT') {
		throw invalidParameter('Param product_policy must be one of {CLOUD_API_FALLBACK, STRICT}');
	}
	if (policy === 'STRICT' && !takesPart(simulator, number)) {
		throw new GraphError(131055, {
			details: 'This account has not accepted the terms of the Marketing Messages API',
		});
	}
	const approvedMs = simulator.templates.of(finding?.template?.id ?? '').approvedMs;
	if (approvedMs !== null && simulator.clock.now() - approvedMs < syncMs) {
		throw new GraphError(134101, {
			details: 'Try again ten minutes after the template is approved',
		});
	}
	const sharing = body['message_activity_sharing'];
	if (sharing !== undefined && typeof sharing !== 'boolean') {
		throw invalidParameter('Param message_activity_sharing must be a boolean');
	}
}

/** Accounts that do not take part send by the Cloud API instead, if the policy allows it. */
function takesPart({ account }: Simulator, number: PhoneNumber): boolean {
	const waba = account.businessAccounts.get(number.businessAccountId);
	return waba?.marketingMessages === 'ONBOARDED';
}

function checkBlocked(number: PhoneNumber, recipient: Recipient): void {
	if (number.blocked.length === 0 || !number.blocked.includes(recipient.key)) return;
	throw new GraphError(130403, { details: 'The recipient is on the block list of this number' });
}

function answer(
	simulator: Simulator,
	recipient: Recipient,
	{ chat, messageStatus }: StoredMessage,
): JsonObject {
	const customer = recipient.group ? undefined : simulator.customers.get(recipient.key);
	const hidden = customer?.phoneHidden === true && recipient.byUserId;
	return {
		messaging_product: 'whatsapp',
		contacts: [
			{
				input: recipient.input,
				...(hidden || customer === undefined ? {} : { wa_id: customer.waId }),
				...(customer === undefined ? {} : { user_id: customer.userId }),
				...(recipient.group ? { wa_id: recipient.key } : {}),
			},
		],
		messages: [
			{ id: chat.id, ...(chat.type === 'template' ? { message_status: messageStatus } : {}) },
		],
	};
}
