import fc from 'fast-check';
import type { GraphAttempt } from '../../../nodes/WhatsAppCloud/graph/client';
import { NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import { deliver, type SendAnswer } from '../../../nodes/WhatsAppCloud/sending/attempt/deliver';
import { sendPolicy } from '../../../nodes/WhatsAppCloud/graph/steps/policy';
import { mayHaveBeenDone } from '../../../nodes/WhatsAppCloud/graph/steps/retry';
import type { TokenChoice } from '../../../nodes/WhatsAppCloud/graph/tokenChoice';
import { accepted, fakeDelivery, lost, message, refused, unreachable } from './fakeDelivery';
import { graphError } from './errors';

describe('unknown', () => {
	test.each([
		['a connection that broke', lost],
		['a timeout', new NoAnswerError('timeout', 'No answer')],
		['a page of a proxy', new NoAnswerError('unreadable', 'HTML', { httpStatus: 502 })],
		['a cancelled request', new NoAnswerError('cancelled', 'Cancelled')],
		['an error of Meta that may come after acceptance', graphError(131000)],
	])('%s is never sent again', async (_what, error) => {
		const { clock, context, requests } = fakeDelivery(() => refused(error), { hasStandby: true });
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'unknown', attempts: 1, cause: error });
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
				const given: GraphAttempt<SendAnswer>[] = [];
				const { clock, context, requests } = fakeDelivery(
					() => {
						const next = stream.next().value as GraphAttempt<SendAnswer>;
						given.push(next);
						return next;
					},
					{ hasStandby },
				);
				const result = await clock.run(deliver(message, context));
				const final = (made: GraphAttempt<SendAnswer>) => made.ok || mayHaveBeenDone(made.error);
				expect(given.slice(0, -1).some(final)).toBe(false);
				expect(result.attempts).toBe(requests.length);
				expect(requests.length).toBeLessThanOrEqual(sendPolicy.maxAttempts + 1);
				expect(clock.elapsedMs()).toBeLessThan(sendPolicy.maxTotalMs + 10_000);
			}),
		);
	});
});

describe('the token', () => {
	const activeHasEnded = (_request: number, token: TokenChoice['inUse']) =>
		token === 'active' ? refused(graphError(190)) : accepted();

	test('that Meta refuses is replaced by the standby, and the run stays with it', async () => {
		const { clock, context, requests } = fakeDelivery(activeHasEnded, { hasStandby: true });
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
		const { clock, context, requests } = fakeDelivery(activeHasEnded, {
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
		const { clock, context, requests, tokens } = fakeDelivery(() => refused(graphError(190)), {
			hasStandby: true,
		});
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'failed', attempts: 2, token: 'standby' });
		expect(requests).toEqual(['active', 'standby']);
		expect(tokens.inUse).toBe('standby');
		await clock.run(deliver(message, context));
		expect(requests).toEqual(['active', 'standby', 'standby']);
	});

	test('without a standby a refused token fails at once', async () => {
		const { clock, context, requests } = fakeDelivery(() => refused(graphError(190)));
		expect(await clock.run(deliver(message, context))).toMatchObject({ outcome: 'failed' });
		expect(requests).toEqual(['active']);
	});

	test('is not changed for any other refusal', async () => {
		const { clock, context, tokens } = fakeDelivery(() => refused(graphError(10)), {
			hasStandby: true,
		});
		await clock.run(deliver(message, context));
		expect(tokens.inUse).toBe('active');
	});
});
