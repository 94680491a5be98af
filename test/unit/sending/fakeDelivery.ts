import type { GraphAttempt } from '../../../nodes/WhatsAppCloud/graph/client';
import {
	NoAnswerError,
	type GraphApiError,
} from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import type {
	DeliveryContext,
	SendAnswer,
} from '../../../nodes/WhatsAppCloud/sending/attempt/deliver';
import type { OutgoingMessage } from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import { createPacer } from '../../../nodes/WhatsAppCloud/sending/pacing/pacer';
import { sendPolicy } from '../../../nodes/WhatsAppCloud/graph/steps/policy';
import type { TokenChoice } from '../../../nodes/WhatsAppCloud/graph/tokenChoice';
import { createLocalSlots } from '../../../nodes/WhatsAppCloud/sending/pacing/slots';
import { createVirtualClock, type VirtualClock } from './virtualClock';

export type Failure = GraphApiError | NoAnswerError;

export const message: OutgoingMessage = {
	operationId: 'operation',
	phoneNumberId: '1',
	recipient: { to: '+15551234567' },
	endpoint: 'messages',
	body: {},
	payloadHash: 'hash',
};

export const accepted = (body: SendAnswer = {}): GraphAttempt<SendAnswer> => ({
	ok: true,
	response: {
		status: 200,
		body: {
			contacts: [{ input: '+15551234567', wa_id: '15551234567', user_id: 'US.1' }],
			messages: [{ id: 'wamid.1' }],
			...body,
		},
		fbtraceId: 'trace',
		latencyMs: 50,
	},
});
export const refused = (error: Failure): GraphAttempt<SendAnswer> => ({ ok: false, error });
export const lost = new NoAnswerError('lost', 'The connection broke');
export const unreachable = new NoAnswerError('unreachable', 'Nobody there');

export interface FakeDelivery {
	clock: VirtualClock;
	context: DeliveryContext;
	tokens: TokenChoice;
	/** Tokens of the requests made, in order. */
	requests: TokenChoice['inUse'][];
	retries: { error: Failure; waitMs: number }[];
}

/** @param answer Meta's answer to the nth request, from 0, with a token */
export function fakeDelivery(
	answer: (request: number, token: TokenChoice['inUse']) => GraphAttempt<SendAnswer>,
	parts: Partial<DeliveryContext> & { hasStandby?: boolean } = {},
): FakeDelivery {
	const clock = createVirtualClock();
	const requests: FakeDelivery['requests'] = [];
	const retries: FakeDelivery['retries'] = [];
	const tokens: TokenChoice = { inUse: 'active', hasStandby: parts.hasStandby ?? false };
	const context: DeliveryContext = {
		attempt: async (_message, token) => {
			const made = answer(requests.push(token) - 1, token);
			await clock.sleep(50);
			return made;
		},
		tokens,
		pacer: createPacer(createLocalSlots(), clock),
		beforeRequest: () => Promise.resolve(true),
		execution: 'execution',
		messagesPerSecond: 80,
		retryPolicy: sendPolicy,
		clock,
		random: () => 0.5,
		signal: undefined,
		onRetry: (_message, error, waitMs) => retries.push({ error, waitMs }),
		...parts,
	};
	return { clock, context, tokens, requests, retries };
}
