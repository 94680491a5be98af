import fc from 'fast-check';
import type { GraphAttempt } from '../../../nodes/WhatsAppCloud/graph/client';
import { GraphApiError, NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors';
import {
	deliver,
	type DeliveryContext,
	type SendAnswer,
	type TokenChoice,
} from '../../../nodes/WhatsAppCloud/delivery/deliver';
import type { OutgoingMessage } from '../../../nodes/WhatsAppCloud/delivery/outcome';
import { createPacer } from '../../../nodes/WhatsAppCloud/delivery/pacer';
import { defaultRetryPolicy, mayHaveBeenSent } from '../../../nodes/WhatsAppCloud/delivery/retry';
import { createLocalSlots } from '../../../nodes/WhatsAppCloud/delivery/slots';
import { graphError } from './errors';
import { createVirtualClock, type VirtualClock } from './virtualClock';

type Failure = GraphApiError | NoAnswerError;

const message: OutgoingMessage = {
	operationId: 'operation',
	phoneNumberId: '1',
	recipient: { to: '+15551234567' },
	endpoint: 'messages',
	body: {},
	payloadHash: 'hash',
};

const accepted = (body: SendAnswer = {}): GraphAttempt<SendAnswer> => ({
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
const refused = (error: Failure): GraphAttempt<SendAnswer> => ({ ok: false, error });
const lost = new NoAnswerError('lost', 'The connection broke');
const unreachable = new NoAnswerError('unreachable', 'Nobody there');

interface Setting {
	clock: VirtualClock;
	context: DeliveryContext;
	tokens: TokenChoice;
	/** Tokens of the requests that were made, in order. */
	requests: Array<TokenChoice['inUse']>;
	retries: Array<{ error: Failure; waitMs: number }>;
}

/** @param answer what Meta says to the nth request, from 0, with a token */
function createSetting(
	answer: (request: number, token: TokenChoice['inUse']) => GraphAttempt<SendAnswer>,
	parts: Partial<DeliveryContext> & { hasStandby?: boolean } = {},
): Setting {
	const clock = createVirtualClock();
	const requests: Setting['requests'] = [];
	const retries: Setting['retries'] = [];
	const tokens: TokenChoice = { inUse: 'active', hasStandby: parts.hasStandby ?? false };
	const context: DeliveryContext = {
		attempt: async (_message, token) => {
			const made = answer(requests.push(token) - 1, token);
			await clock.sleep(50);
			return made;
		},
		tokens,
		pacer: createPacer(createLocalSlots(), clock),
		stillHolds: () => Promise.resolve(true),
		execution: 'execution',
		messagesPerSecond: 80,
		retryPolicy: defaultRetryPolicy,
		clock,
		random: () => 0.5,
		signal: undefined,
		onRetry: (_message, error, waitMs) => retries.push({ error, waitMs }),
		...parts,
	};
	return { clock, context, tokens, requests, retries };
}

describe('a message that another execution has taken over', () => {
	test('is not sent, and may have gone out', async () => {
		const { clock, context, requests } = createSetting(() => accepted(), {
			stillHolds: () => Promise.resolve(false),
		});
		expect(await clock.run(deliver(message, context))).toMatchObject({
			outcome: 'unknown',
			attempts: 0,
			error: { class: 'no_answer', message: expect.stringMatching(/taken the message over/) },
		});
		expect(requests).toEqual([]);
	});

	test('is asked for again before each attempt', async () => {
		let asked = 0;
		const { clock, context, requests } = createSetting(() => refused(unreachable), {
			stillHolds: () => Promise.resolve(++asked < 3),
		});
		expect(await clock.run(deliver(message, context))).toMatchObject({
			outcome: 'unknown',
			attempts: 2,
		});
		expect(requests).toHaveLength(2);
	});
});

describe('a message that is accepted', () => {
	test('comes back with its ID, contact and trace', async () => {
		const { clock, context } = createSetting(() => accepted());
		expect(await clock.run(deliver(message, context))).toEqual({
			outcome: 'sent',
			messageId: 'wamid.1',
			waId: '15551234567',
			userId: 'US.1',
			attempts: 1,
			latencyMs: 50,
			fbtraceId: 'trace',
			httpStatus: 200,
			token: 'active',
			error: null,
			cause: null,
		});
	});

	test('has no number where Meta gives none or an empty one', async () => {
		for (const contact of [
			{ input: 'US.1', user_id: 'US.1' },
			{ input: 'US.1', wa_id: '' },
		]) {
			const { clock, context } = createSetting(() => accepted({ contacts: [contact] }));
			expect(await clock.run(deliver(message, context))).toMatchObject({ waId: null });
		}
	});
});

test('an answer without a message ID leaves it open whether it was sent', async () => {
	for (const messages of [[], [{}]]) {
		const { clock, context, requests } = createSetting(() => accepted({ messages }));
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'unknown', messageId: null, httpStatus: 200 });
		expect(requests).toHaveLength(1);
	}
});

describe('retries', () => {
	test('a refusal that surely sent nothing is tried again', async () => {
		const { clock, context, requests, retries } = createSetting((request) =>
			request < 2 ? refused(graphError(130429)) : accepted(),
		);
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'sent', attempts: 3, latencyMs: 50 });
		expect(requests).toHaveLength(3);
		expect(retries.map(({ waitMs }) => waitMs)).toEqual([500, 1_000]);
	});

	test('a host that cannot be reached is tried again, and then failed', async () => {
		const { clock, context } = createSetting(() => refused(unreachable));
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'failed', attempts: 5, cause: unreachable });
		expect(delivery.error).toMatchObject({ code: null, class: 'no_answer' });
	});

	test('Retry-After pauses the whole number, and it goes on more slowly', async () => {
		const throttled = graphError(130429, { retryAfterMs: 10_000 });
		const { clock, context } = createSetting((request) =>
			request === 0 ? refused(throttled) : accepted(),
		);
		const first = deliver(message, context);
		await clock.run(clock.sleep(60));
		const other = await clock.run(deliver(message, context));
		expect(other.outcome).toBe('sent');
		expect(clock.elapsedMs()).toBeGreaterThanOrEqual(10_000);
		expect((await clock.run(first)).attempts).toBe(2);
	});

	test('one person too often does not slow down the number', async () => {
		const { clock, context } = createSetting((request) =>
			request === 0 ? refused(graphError(131056)) : accepted(),
		);
		const first = deliver(message, context);
		await clock.run(clock.sleep(60));
		await clock.run(deliver(message, context));
		expect(clock.elapsedMs()).toBeLessThan(200);
		expect((await clock.run(first)).outcome).toBe('sent');
	});

	test('a refusal for good is failed at once, with what to do', async () => {
		const { clock, context, requests } = createSetting(() => refused(graphError(131047)));
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({
			outcome: 'failed',
			attempts: 1,
			messageId: null,
			httpStatus: 400,
			fbtraceId: 'trace',
			error: { code: 131047, class: 'window_closed', advice: expect.stringMatching(/template/) },
		});
		expect(requests).toHaveLength(1);
	});
});

describe('unknown', () => {
	test.each([
		['a connection that broke', lost],
		['a timeout', new NoAnswerError('timeout', 'No answer')],
		['a page of a proxy', new NoAnswerError('unreadable', 'HTML', { httpStatus: 502 })],
		['a cancelled request', new NoAnswerError('cancelled', 'Cancelled')],
		['an error of Meta that may come after acceptance', graphError(131000)],
	])('%s is never sent again', async (_what, error) => {
		const { clock, context, requests } = createSetting(() => refused(error), { hasStandby: true });
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'unknown', attempts: 1, cause: error });
		expect(requests).toEqual(['active']);
	});

	test('never a second request after an unknown or an acceptance, whatever comes before', async () => {
		const codes = [130429, 131056, 190, 100, 131000, 1, 999_999];
		const answers = fc.oneof(
			fc.constant(accepted()),
			fc.constantFrom(...codes).map((code) => refused(graphError(code))),
			fc.constantFrom(lost, unreachable).map(refused),
		);
		await fc.assert(
			fc.asyncProperty(fc.infiniteStream(answers), fc.boolean(), async (stream, hasStandby) => {
				const given: Array<GraphAttempt<SendAnswer>> = [];
				const { clock, context, requests } = createSetting(
					() => {
						const next = stream.next().value as GraphAttempt<SendAnswer>;
						given.push(next);
						return next;
					},
					{ hasStandby },
				);
				const delivery = await clock.run(deliver(message, context));
				const final = (made: GraphAttempt<SendAnswer>) => made.ok || mayHaveBeenSent(made.error);
				expect(given.slice(0, -1).some(final)).toBe(false);
				expect(delivery.attempts).toBe(requests.length);
				expect(requests.length).toBeLessThanOrEqual(defaultRetryPolicy.maxAttempts + 1);
				expect(clock.elapsedMs()).toBeLessThan(defaultRetryPolicy.maxTotalMs + 10_000);
			}),
		);
	});
});

describe('the token', () => {
	const activeHasEnded = (_request: number, token: TokenChoice['inUse']) =>
		token === 'active' ? refused(graphError(190)) : accepted();

	test('that Meta refuses is replaced by the standby, and the run stays with it', async () => {
		const { clock, context, requests } = createSetting(activeHasEnded, { hasStandby: true });
		const first = await clock.run(deliver(message, context));
		expect(first).toMatchObject({ outcome: 'sent', attempts: 2, token: 'standby' });
		const second = await clock.run(deliver(message, context));
		expect(second).toMatchObject({ outcome: 'sent', attempts: 1, token: 'standby' });
		expect(requests).toEqual(['active', 'standby', 'standby']);
	});

	test('changes over once, however many messages are under way', async () => {
		let inUse: TokenChoice['inUse'] = 'active';
		let changes = 0;
		const tokens: TokenChoice = {
			hasStandby: true,
			get inUse() {
				return inUse;
			},
			set inUse(next) {
				changes++;
				inUse = next;
			},
		};
		const { clock, context, requests } = createSetting(activeHasEnded, {
			tokens,
			messagesPerSecond: null,
		});
		const many = Array.from({ length: 50 }, async () => await deliver(message, context));
		const deliveries = await clock.run(Promise.all(many));
		expect(deliveries.every(({ outcome }) => outcome === 'sent')).toBe(true);
		expect(changes).toBe(1);
		expect(requests.filter((token) => token === 'standby')).toHaveLength(50);
	});

	test('when both are refused, the message has failed and nothing goes round in circles', async () => {
		const { clock, context, requests, tokens } = createSetting(() => refused(graphError(190)), {
			hasStandby: true,
		});
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'failed', attempts: 2, token: 'standby' });
		expect(requests).toEqual(['active', 'standby']);
		expect(tokens.inUse).toBe('standby');
		await clock.run(deliver(message, context));
		expect(requests).toEqual(['active', 'standby', 'standby']);
	});

	test('without a standby a refused token fails at once', async () => {
		const { clock, context, requests } = createSetting(() => refused(graphError(190)));
		expect(await clock.run(deliver(message, context))).toMatchObject({ outcome: 'failed' });
		expect(requests).toEqual(['active']);
	});

	test('is not changed for any other refusal', async () => {
		const { clock, context, tokens } = createSetting(() => refused(graphError(10)), {
			hasStandby: true,
		});
		await clock.run(deliver(message, context));
		expect(tokens.inUse).toBe('active');
	});
});

describe('cancellation', () => {
	test('before the first request sends nothing', async () => {
		const { clock, context, requests } = createSetting(() => accepted(), {
			signal: AbortSignal.abort(),
		});
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'cancelled', attempts: 0, latencyMs: null });
		expect(requests).toEqual([]);
	});

	test('in the pause before a retry ends at once, and keeps the cause', async () => {
		const stop = new AbortController();
		const throttled = graphError(130429, { retryAfterMs: 60_000 });
		const { clock, context, requests } = createSetting(() => refused(throttled), {
			signal: stop.signal,
		});
		clock.at(5_000, () => stop.abort());
		const delivery = await clock.run(deliver(message, context));
		expect(delivery).toMatchObject({ outcome: 'cancelled', attempts: 1, cause: throttled });
		expect(clock.elapsedMs()).toBe(5_000);
		expect(requests).toHaveLength(1);
	});
});
