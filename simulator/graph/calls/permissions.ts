import type { FastifyRequest } from 'fastify';
import type { JsonObject } from '../../json.ts';
import { asObject, asText } from '../../json.ts';
import { readPhone } from '../../messages/recipient.ts';
import type { Simulator } from '../../simulator.ts';
import type { PhoneNumber } from '../../state/account.ts';
import type { StoredMessage } from '../../state/messages.ts';
import { queryOf } from '../call.ts';
import { invalidParameter } from '../../errors/graph-error.ts';

const dayMs = 86_400_000;

/** How often somebody may be asked, and be called, in a period. */
const limits = {
	request: [
		{ period: 'PT24H', ms: dayMs, max: 1 },
		{ period: 'P7D', ms: 7 * dayMs, max: 2 },
	],
	call: [{ period: 'PT24H', ms: dayMs, max: 100 }],
} as const;

/**
 * Whether the business may call somebody, and ask them, by what was written in the chat.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions
 */
export function callPermission(
	simulator: Simulator,
	request: FastifyRequest,
	number: PhoneNumber,
): JsonObject {
	const messages = [
		...simulator.messages.conversation(number.id, waIdOf(simulator, request, number)),
	];
	const now = simulator.clock.now();
	const answers = messages.map(answerOf).filter((answer) => answer !== undefined);
	const asked = messages.filter(isRequest).map(({ chat }) => chat.timestamp);
	const permission = permissionOf(answers.at(-1), now);
	const isAllowed = permission['status'] !== 'no_permission';
	const requestLimits = limitsOf(limits.request, asked, now);
	const mayAsk =
		permission['status'] !== 'permanent' && requestLimits.every(({ isLeft }) => isLeft);
	return {
		messaging_product: 'whatsapp',
		permission,
		actions: [
			{
				action_name: 'send_call_permission_request',
				can_perform_action: mayAsk,
				limits: requestLimits.map(({ limit }) => limit),
			},
			{
				action_name: 'start_call',
				can_perform_action: isAllowed && number.callingEnabled,
				limits: limitsOf(limits.call, [], now).map(({ limit }) => limit),
			},
		],
	};
}

/** @throws GraphError 100 */
function waIdOf(simulator: Simulator, request: FastifyRequest, number: PhoneNumber): string {
	const { user_wa_id: waId, recipient } = queryOf(request);
	const userId = asText(recipient);
	if (userId !== undefined) return simulator.customers.byUserId(userId)?.waId ?? userId;
	const phone = asText(waId);
	if (phone === undefined) throw invalidParameter('The parameter user_wa_id is required.');
	return readPhone(simulator, number, `+${phone.replace(/^\+/, '')}`);
}

const interactiveOf = ({ chat }: StoredMessage): JsonObject | undefined =>
	asObject(chat.body['interactive']);

const answerOf = (message: StoredMessage): JsonObject | undefined =>
	asObject(interactiveOf(message)?.['call_permission_reply']);

const isRequest = (message: StoredMessage): boolean =>
	message.chat.author === 'business' &&
	interactiveOf(message)?.['type'] === 'call_permission_request';

function permissionOf(answer: JsonObject | undefined, now: number): JsonObject {
	if (answer?.['response'] !== 'accept') return { status: 'no_permission' };
	if (answer['is_permanent'] === true) return { status: 'permanent' };
	const until = Number(answer['expiration_timestamp']);
	return until * 1000 <= now
		? { status: 'no_permission' }
		: { status: 'temporary', expiration_time: until };
}

function limitsOf(
	all: readonly { period: string; ms: number; max: number }[],
	times: readonly number[],
	now: number,
): { isLeft: boolean; limit: JsonObject }[] {
	return all.map(({ period, ms, max }) => {
		const recent = times.filter((at) => now - at < ms);
		const [first] = recent;
		return {
			isLeft: recent.length < max,
			limit: {
				time_period: period,
				max_allowed: max,
				current_usage: recent.length,
				...(first === undefined ? {} : { limit_expiration_time: Math.floor((first + ms) / 1000) }),
			},
		};
	});
}
