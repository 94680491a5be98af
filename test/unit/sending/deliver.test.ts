import { deliver } from '../../../nodes/WhatsAppCloud/sending/attempt/deliver';
import { accepted, fakeDelivery, message, refused, unreachable } from './fakeDelivery';
import { graphError } from './errors';

describe('a message that another execution has taken over', () => {
	test('is not sent, and may have gone out', async () => {
		const { clock, context, requests } = fakeDelivery(() => accepted(), {
			beforeRequest: () => Promise.resolve(false),
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
		const { clock, context, requests } = fakeDelivery(() => refused(unreachable), {
			beforeRequest: () => Promise.resolve(++asked < 3),
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
		const { clock, context } = fakeDelivery(() => accepted());
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
			const { clock, context } = fakeDelivery(() => accepted({ contacts: [contact] }));
			expect(await clock.run(deliver(message, context))).toMatchObject({ waId: null });
		}
	});
});

test('an answer without a message ID leaves it open whether it was sent', async () => {
	for (const messages of [[], [{}]]) {
		const { clock, context, requests } = fakeDelivery(() => accepted({ messages }));
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'unknown', messageId: null, httpStatus: 200 });
		expect(requests).toHaveLength(1);
	}
});

describe('retries', () => {
	test('a refusal that surely sent nothing is tried again', async () => {
		const { clock, context, requests, retries } = fakeDelivery((request) =>
			request < 2 ? refused(graphError(130429)) : accepted(),
		);
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'sent', attempts: 3, latencyMs: 50 });
		expect(requests).toHaveLength(3);
		expect(retries.map(({ waitMs }) => waitMs)).toEqual([500, 1_000]);
	});

	test('a host that cannot be reached is tried again, and then failed', async () => {
		const { clock, context } = fakeDelivery(() => refused(unreachable));
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'failed', attempts: 5, cause: unreachable });
		expect(result.error).toMatchObject({ code: null, class: 'no_answer' });
	});

	test('Retry-After pauses the whole number, and it goes on more slowly', async () => {
		const throttled = graphError(130429, { retryAfterMs: 10_000 });
		const { clock, context } = fakeDelivery((request) =>
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
		const { clock, context } = fakeDelivery((request) =>
			request === 0 ? refused(graphError(131056)) : accepted(),
		);
		const first = deliver(message, context);
		await clock.run(clock.sleep(60));
		await clock.run(deliver(message, context));
		expect(clock.elapsedMs()).toBeLessThan(200);
		expect((await clock.run(first)).outcome).toBe('sent');
	});

	test('a refusal for good is failed at once, with what to do', async () => {
		const { clock, context, requests } = fakeDelivery(() => refused(graphError(131047)));
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({
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

describe('cancellation', () => {
	test('before the first request sends nothing', async () => {
		const { clock, context, requests } = fakeDelivery(() => accepted(), {
			signal: AbortSignal.abort(),
		});
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'cancelled', attempts: 0, latencyMs: null });
		expect(requests).toEqual([]);
	});

	test('in the pause before a retry ends at once, and keeps the cause', async () => {
		const stop = new AbortController();
		const throttled = graphError(130429, { retryAfterMs: 60_000 });
		const { clock, context, requests } = fakeDelivery(() => refused(throttled), {
			signal: stop.signal,
		});
		clock.at(5_000, () => stop.abort());
		const result = await clock.run(deliver(message, context));
		expect(result).toMatchObject({ outcome: 'cancelled', attempts: 1, cause: throttled });
		expect(clock.elapsedMs()).toBe(5_000);
		expect(requests).toHaveLength(1);
	});
});
