import type { RunNodeResult } from '../../../scripts/engine/result';
import { accepted, itemsOf, onlyJson, problemOf } from './account';
import { keptRuns, withTime } from './keptRuns';
import { keepState } from './keptState';

const kept = keepState();
const { run, operationIds, loseFirstAnswer } = keptRuns(kept);

const outcomesOf = (results: RunNodeResult[]): unknown[] =>
	results.map((result) => onlyJson(result)['outcome']);

const recipients = async (): Promise<string[]> =>
	(await accepted(kept.simulator)).map(({ recipient }) => recipient);

describe('an execution whose number was used before', () => {
	test.each([
		['to another person', { recipient: '+15550210009', text: 'Ready' }],
		['with another text', { text: 'Ready, and waiting' }],
	])('a message %s goes out, under an ID of its own', async (what, other) => {
		const executionId = `reused ${what}`;
		const first = await run({ text: 'Ready' }, { executionId });
		const second = await run(other, { executionId });
		expect(outcomesOf([first, second])).toEqual(['sent', 'sent']);
		expect(new Set(await operationIds()).size).toBe(2);
		// From now on, both are known.
		expect(
			outcomesOf([
				await run({ text: 'Ready' }, { executionId }),
				await run(other, { executionId }),
			]),
		).toEqual(['duplicate', 'duplicate']);
		expect(await accepted(kept.simulator)).toHaveLength(2);
	});

	test('a message because of another event goes out, also with the same text', async () => {
		const executionId = 'reused event';
		const because = async (event: string) =>
			await run({ text: 'We are on it' }, { executionId, items: [{ json: { event } }] });
		expect(outcomesOf([await because('a'), await because('b'), await because('a')])).toEqual([
			'sent',
			'sent',
			'duplicate',
		]);
	});

	test('a message whose outcome is unknown does not stand in the way of another one', async () => {
		const executionId = 'reused unknown';
		await loseFirstAnswer();
		expect(problemOf({ json: {}, ...(await run({ text: 'One' }, { executionId })) })).toMatch(
			/broke before the answer was complete/,
		);
		expect(onlyJson(await run({ text: 'Two' }, { executionId }))['outcome']).toBe('sent');
		expect(await accepted(kept.simulator)).toHaveLength(2);
	});

	test('with Record All Before Sending, too', async () => {
		const executionId = 'reused recorded';
		const delivery = { recordFirst: true };
		const to = async (phones: string[]) =>
			await run(
				{ recipient: '={{ $json.phone }}', text: 'Ready', delivery },
				{ executionId, items: phones.map((phone) => ({ json: { phone } })) },
			);
		await to(['+15550210001', '+15550210002']);
		const results = itemsOf(await to(['+15550210003', '+15550210002']));
		expect(results.map(({ json }) => json['outcome'])).toEqual(['sent', 'duplicate']);
		expect((await recipients()).sort()).toEqual(['15550210001', '15550210002', '15550210003']);
	});
});

describe('"Retry On Fail" of a text that differs each time', () => {
	const retryOnFail = { maxTries: 3, waitMs: 10 };

	test.each([{}, { recordFirst: true }])('sends it once (%j)', async (delivery) => {
		await loseFirstAnswer();
		// What may have been sent is never sent again, no matter how often it is retried.
		const result = await run({ ...withTime, delivery }, { retryOnFail });
		expect(result.error?.message).toMatch(/not known whether the message was sent/);
		expect(await accepted(kept.simulator)).toHaveLength(1);
	});

	test('sends what surely did not go out, under the ID of the first try', async () => {
		await kept.simulator.addFault({ kind: 'error', code: 131048, count: 1 });
		const item = onlyJson(await run(withTime, { retryOnFail }));
		expect(item['outcome']).toBe('sent');
		expect(await operationIds()).toEqual([item['operationId']]);
	});

	test('in an execution that the user retried', async () => {
		const first = await run({ text: 'Once' }, { executionId: 'retried-1' });
		await kept.simulator.addFault({
			kind: 'error',
			code: 131048,
			count: 1,
			match: { recipient: '15550210002' },
		});
		const items = ['+15550210001', '+15550210002'].map((phone) => ({ json: { phone } }));
		const parameters = { recipient: '={{ $json.phone }}', text: 'Once' };
		const before = await run(parameters, { executionId: 'retried-2', items });
		expect(before.error?.message).toMatch(/^Too many earlier messages .* \(131048\)/);
		await loseFirstAnswer();
		const retried = await run(parameters, {
			executionId: 'retried-3',
			mode: 'retry',
			items,
			retryOnFail,
		});
		expect(retried.error?.message).toMatch(/^It is not known whether the message was sent\. /);
		expect(onlyJson(first)['outcome']).toBe('sent');
		// The first run's message, and one to each of the two.
		expect((await recipients()).sort()).toEqual(['15550210001', '15550210001', '15550210002']);
	});
});

describe('Record All Before Sending in an execution that the user retried', () => {
	test('keeps the ID that the first reading has found', async () => {
		const parameters = { text: 'Spring', delivery: { recordFirst: true } };
		await kept.simulator.addFault({ kind: 'error', code: 131048, count: 1 });
		expect((await run(parameters, { executionId: 'record-1' })).error?.message).toMatch(
			/^Too many earlier messages .* \(131048\)/,
		);
		const again = await run(parameters, { executionId: 'record-2', mode: 'retry' });
		const [sent] = await accepted(kept.simulator);
		expect(onlyJson(again)).toMatchObject({ outcome: 'sent', operationId: sent?.operationId });
		expect(sent?.operationId).toContain('record-1');
		// Continued under its own number, then retried once more.
		for (const executionId of ['record-2', 'record-3']) {
			const later = await run(parameters, { executionId, mode: 'retry' });
			expect(onlyJson(later)).toMatchObject({ outcome: 'duplicate', messageId: sent?.id });
		}
		expect(await accepted(kept.simulator)).toHaveLength(1);
	});
});

describe('an execution that the user retried', () => {
	const parameters = {
		recipient: '={{ $json.phone }}',
		text: 'Your daily reminder',
		delivery: { concurrency: 1 },
	};
	const items = ['+15550211001', '+15550211002'].map((phone) => ({ json: { phone } }));
	const remind = async (executionId: string, executionBegan: number, mode?: 'retry') =>
		await run(parameters, { executionId, executionBegan, items, ...(mode ? { mode } : {}) });

	test('does not take the message of another execution for its own', async () => {
		const yesterday = 1_790_000_000_000;
		const today = yesterday + 86_400_000;
		itemsOf(await remind('daily-1', yesterday));
		// The first item fails, so there is no second one.
		await kept.simulator.addFault({
			kind: 'error',
			code: 131026,
			count: 1,
			match: { recipient: '15550211001' },
		});
		expect((await remind('daily-2', today)).error?.message).toMatch(
			/^WhatsApp could not deliver .* \(131026\)/,
		);
		const retried = itemsOf(await remind('daily-3', today, 'retry'));
		expect(retried.map(({ json }) => json['outcome'])).toEqual(['sent', 'sent']);
		const again = itemsOf(await remind('daily-4', today, 'retry'));
		expect(again.map(({ json }) => json['outcome'])).toEqual(['duplicate', 'duplicate']);
		const ofYesterday = itemsOf(await remind('daily-5', yesterday, 'retry'));
		expect(ofYesterday.map(({ json }) => json['outcome'])).toEqual(['duplicate', 'duplicate']);
		expect(await accepted(kept.simulator)).toHaveLength(4);
	});
});

describe('one key for two messages of one batch', () => {
	const parameters = {
		recipient: '={{ $json.phone }}',
		text: '={{ $json.text }}',
		options: { sendOnlyOnce: { settings: { key: '={{ $json.key }}' } } },
	};
	const batch = async (key: string, second: Record<string, string>, delivery: object) =>
		itemsOf(
			await run(
				{ ...parameters, delivery },
				{
					onError: 'continueRegularOutput',
					items: [
						{ json: { key, phone: '+15550210001', text: 'Your order is ready' } },
						{ json: { key, phone: '+15550210001', text: 'Your order is ready', ...second } },
					],
				},
			),
		);

	test.each([
		[{ text: 'Your order is late' }, true],
		[{ text: 'Your order is late' }, false],
		[{ phone: '+15550210002' }, true],
		[{ phone: '+15550210002' }, false],
	])('%j is a conflict that names the field (recorded first: %p)', async (second, recordFirst) => {
		const key = `batch ${JSON.stringify([second, recordFirst])}`;
		const [first, other] = await batch(key, second, { recordFirst });
		const outcomes = [first, other].map((item) => item?.json['outcome']);
		expect(outcomes.sort()).toEqual(['failed', 'sent']);
		const failed = first?.json['outcome'] === 'failed' ? first : other;
		expect(problemOf(failed)).toContain(
			'"Options › Send Only Once › Idempotency Key" was used for another message',
		);
		expect(failed?.json['error']).toMatchObject({ class: 'key_conflict' });
		if (recordFirst) expect(failed).toBe(other);
		expect(await accepted(kept.simulator)).toHaveLength(1);
	});

	test('the same message twice is sent once', async () => {
		const items = await batch('batch same', {}, { recordFirst: true });
		expect(items.map(({ json }) => json['outcome'])).toEqual(['sent', 'duplicate']);
	});
});
