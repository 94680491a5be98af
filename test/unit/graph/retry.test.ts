import fc from 'fast-check';
import { errorCodes } from '../../../nodes/WhatsAppCloud/graph/errors/errorCodes';
import { NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import { sendPolicy, type RetryPolicy } from '../../../nodes/WhatsAppCloud/graph/steps/policy';
import { judge, mayHaveBeenDone } from '../../../nodes/WhatsAppCloud/graph/steps/retry';
import { graphError } from '../sending/errors';

const policy: RetryPolicy = {
	repeats: 'surelyRefused',
	maxAttempts: 5,
	maxTotalMs: 120_000,
	baseMs: 1_000,
	capMs: 30_000,
};
const half = () => 0.5;

describe('judge', () => {
	test.each([
		// Throttled: definitely not processed.
		[130429, 'retry'],
		[80007, 'retry'],
		[4, 'retry'],
		[131056, 'retry'],
		// Meta may have accepted the message anyway.
		[131000, 'unknown'],
		[131016, 'unknown'],
		[131057, 'unknown'],
		[133004, 'unknown'],
		[1, 'unknown'],
		// Retrying cannot help.
		[190, 'failed'],
		[100, 'failed'],
		[131047, 'failed'],
		[131048, 'failed'],
		[131049, 'failed'],
		[131050, 'failed'],
		[130472, 'failed'],
		[132001, 'failed'],
		[133016, 'failed'],
		// Unknown codes.
		[999_999, 'failed'],
	])('code %i: %s', (code, next) => {
		expect(judge(graphError(code), 1, 0, policy, half)).toMatchObject({ next });
	});

	test.each([500, 502, 503])(
		'HTTP %i with a code unheard of may have been processed',
		(httpStatus) => {
			const error = graphError(999_999, { httpStatus });
			expect(judge(error, 1, 0, policy, half)).toEqual({ next: 'unknown' });
			expect(judge(graphError(3, { httpStatus }), 1, 0, policy, half)).toEqual({ next: 'failed' });
		},
	);

	test('a transient error of any code may have been processed', () => {
		const error = graphError(999_999, { isTransient: true });
		expect(judge(error, 1, 0, policy, half)).toEqual({ next: 'unknown' });
	});

	test.each([
		['unreachable', null, 'retry'],
		['lost', null, 'unknown'],
		['timeout', null, 'unknown'],
		['cancelled', null, 'unknown'],
		['unreadable', 200, 'unknown'],
		['unreadable', 502, 'unknown'],
		// Refused by something in between, such as a proxy.
		['unreadable', 403, 'failed'],
		['unreadable', 429, 'failed'],
	] as const)('no answer (%s, HTTP %s): %s', (reason, httpStatus, next) => {
		const error = new NoAnswerError(reason, 'no answer', { httpStatus });
		expect(judge(error, 1, 0, policy, half)).toMatchObject({ next });
	});

	test('what may have been sent is never retried, at any attempt', () => {
		for (const [code] of errorCodes) {
			const error = graphError(code);
			for (let attempt = 1; attempt <= 5; attempt++) {
				const { next } = judge(error, attempt, 0, policy, half);
				expect(next === 'unknown').toBe(mayHaveBeenDone(error));
			}
		}
	});
});

describe('pauses', () => {
	const pause = (error = graphError(130429), attempt = 1, random = half) => {
		const verdict = judge(error, attempt, 0, { ...policy, maxAttempts: 99 }, random);
		return verdict.next === 'retry' ? verdict.waitMs : null;
	};

	test.each([
		[1, 500],
		[2, 1_000],
		[3, 2_000],
		[4, 4_000],
		[9, 15_000],
	])('after attempt %i half of the jitter is %i ms', (attempt, expected) =>
		expect(pause(graphError(130429), attempt)).toBe(expected),
	);

	test('the jitter is full, and grows to the cap', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(attempt, random) => {
					const upperMs = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
					expect(pause(graphError(130429), attempt, () => random)).toBe(
						Math.round(random * upperMs),
					);
				},
			),
		);
	});

	test('Retry-After counts, and is not shaken', () => {
		const error = graphError(130429, { retryAfterMs: 7_000 });
		expect(pause(error, 1, () => 0)).toBe(7_000);
		expect(pause(error, 3, () => 1)).toBe(7_000);
	});

	test.each([
		[1, 1_000],
		[2, 4_000],
		[3, 16_000],
		[4, 64_000],
	])('one person too often: after attempt %i %i ms', (attempt, expected) =>
		expect(pause(graphError(131056), attempt, () => 0)).toBe(expected),
	);
});

describe('the policy is used up', () => {
	const throttled = graphError(130429);

	test('after the last attempt', () => {
		expect(judge(throttled, 4, 0, policy, half)).toMatchObject({ next: 'retry' });
		expect(judge(throttled, 5, 0, policy, half)).toEqual({ next: 'failed' });
	});

	test('when the next attempt would begin too late', () => {
		expect(judge(throttled, 1, 119_500, policy, half)).toMatchObject({ next: 'retry' });
		expect(judge(throttled, 1, 119_501, policy, half)).toEqual({ next: 'failed' });
	});

	test('when Meta asks for more patience than there is', () => {
		const error = graphError(130429, { retryAfterMs: 600_000 });
		expect(judge(error, 1, 0, policy, half)).toEqual({ next: 'failed' });
	});

	test('retries of one message end, whatever Meta answers', () => {
		const outcome = fc.record({
			code: fc.constantFrom(130429, 4, 131056, 80007),
			retryAfterMs: fc.option(fc.nat(60_000)),
			tookMs: fc.nat(30_000),
		});
		fc.assert(
			fc.property(
				fc.infiniteStream(outcome),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(answers, random) => {
					let elapsedMs = 0;
					let attempt = 0;
					for (const { code, retryAfterMs, tookMs } of answers) {
						attempt++;
						elapsedMs += tookMs;
						const error = graphError(code, { retryAfterMs });
						const verdict = judge(error, attempt, elapsedMs, sendPolicy, () => random);
						if (verdict.next !== 'retry') break;
						elapsedMs += verdict.waitMs;
						expect(elapsedMs).toBeLessThanOrEqual(sendPolicy.maxTotalMs);
					}
					expect(attempt).toBeLessThanOrEqual(sendPolicy.maxAttempts);
				},
			),
		);
	});
});
