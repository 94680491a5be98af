import { useEngine, useSimulator } from '../harness';
import { credentials, itemsOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

const resume = async (
	parameters: Record<string, unknown> = {},
	changes: Record<string, unknown> = {},
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { operation: 'resume', ...parameters },
		credentials: credentials(simulator.url, changes),
	});

test('nothing is left, nothing is sent', async () => {
	expect(itemsOf(await resume())).toEqual([]);
	expect((await simulator.counters())['acceptedMessages']).toBe(0);
});

test('without state it says that nothing can be known', async () => {
	const { error } = await resume({}, { stateStore: 'off' });
	expect(error?.message).toMatch(/Keep State In is set to Nowhere/);
});

test('a run that ended leaves nothing to resume, also where a message failed', async () => {
	const refused = '+15550000000';
	await simulator.addFault({ kind: 'error', code: 131026, match: { recipient: refused } });
	const { error } = await engine.runNode({
		node: 'whatsAppCloud',
		parameters: { valuesFrom: 'item', delivery: { recordFirst: true, concurrency: 1 } },
		credentials: credentials(simulator.url),
		items: ['+15550000001', refused, '+15550000002'].map((recipient) => ({
			json: { recipient, text: 'Hi' },
		})),
	});
	expect(error?.message).toMatch(/131026/);
	expect(itemsOf(await resume())).toEqual([]);
	expect((await simulator.counters())['acceptedMessages']).toBe(1);
});

test.each([
	[0, /Limit/],
	[100_001, /Limit/],
	['many', /Limit/],
])('%s messages at most is refused by name', async (maxMessages, problem) => {
	const { error } = await resume({ maxMessages });
	expect(error?.message).toMatch(problem);
});

describe('a message whose answer was lost', () => {
	const loseAnswer = async (executionId: string) => {
		await simulator.addFault({ kind: 'noResponse', count: 1, match: { path: '/messages$' } });
		const { error } = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { recipient: '+15550000009', text: 'Hi', delivery: { timeoutSeconds: 1 } },
			credentials: credentials(simulator.url),
			executionId,
		});
		expect(error?.message).toMatch(/no answer/);
	};
	const outcomesOf = async (options: Record<string, unknown>) => {
		const result = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: { operation: 'resume', options },
			credentials: credentials(simulator.url),
			onError: 'continueRegularOutput',
		});
		return itemsOf(result).map(({ json }) => [json['executionId'], json['outcome']]);
	};

	test('is left open, and within its time in any case', async () => {
		await loseAnswer('8001');
		expect(await outcomesOf({})).toEqual([]);
		expect(await outcomesOf({ onUnknown: 'resend', graceMinutes: 60 })).toEqual([]);
		expect((await simulator.counters())['acceptedMessages']).toBe(0);
		expect(await outcomesOf({ onUnknown: 'resend', graceMinutes: 0 })).toEqual([['8001', 'sent']]);
		expect((await simulator.counters())['acceptedMessages']).toBe(1);
		expect(await outcomesOf({ onUnknown: 'resend', graceMinutes: 0 })).toEqual([]);
	});

	test('counts as failed if the user wants that', async () => {
		await loseAnswer('8002');
		expect(await outcomesOf({ onUnknown: 'fail', graceMinutes: 0 })).toEqual([['8002', 'failed']]);
		expect(await outcomesOf({ onUnknown: 'resend', graceMinutes: 0 })).toEqual([]);
		expect((await simulator.counters())['acceptedMessages']).toBe(0);
	});
});
