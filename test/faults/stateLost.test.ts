import { useEngine, useSimulator } from '../engine/harness';
import { withoutStatuses } from '../engine/node/account';
import { until } from '../until';
import { arrivals, duplicates } from './ledger';
import { postgresState } from './testState';

jest.setTimeout(120_000);

const state = postgresState();
const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

afterEach(async () => await state.server().start());

const count = 150;

/** Sends at 50 a second; the database goes down after some thirty messages. */
async function sendWhileTheDatabaseGoes(delivery: Record<string, unknown>) {
	const sending = engine.runNode({
		node: 'whatsAppCloud',
		workflowId: 'state lost',
		parameters: { valuesFrom: 'item', delivery: { messagesPerSecond: 50, ...delivery } },
		credentials: state.credentials(simulator.url),
		items: Array.from({ length: count }, (_, index) => ({
			json: { recipient: `+1555${String(1_000_000 + index)}`, text: `To ${index}` },
		})),
		onError: 'continueRegularOutput',
	});
	await until('thirty messages have arrived', async () => {
		return Number((await simulator.counters())['acceptedMessages']) >= 30;
	});
	await state.server().stop();
	// Otherwise there would be nothing left that needs the database.
	const arrived = Number((await simulator.counters())['acceptedMessages']);
	expect(arrived).toBeLessThan(count);
	return await sending;
}

test.each([[false], [true]])(
	'"Stop": nothing is sent unprotected, and each item says so (all recorded first: %s)',
	async (recordFirst) => {
		const result = await sendWhileTheDatabaseGoes({ onStateProblem: 'stop', recordFirst });
		const items = result.outputs?.[0] ?? [];
		const arrived = await arrivals(simulator);
		expect(items).toHaveLength(count);
		expect(duplicates(arrived)).toEqual([]);
		expect(arrived.size).toBeLessThan(count);
		// Only what had been claimed before the database went down is sent.
		const sent = items.filter(({ json }) => json['outcome'] === 'sent');
		expect(sent).toHaveLength(arrived.size);
		const stopped = items.filter(({ json }) => json['outcome'] === 'unknown');
		expect(stopped).toHaveLength(count - arrived.size);
		for (const { json } of stopped) {
			expect(json['error']).toMatchObject({
				class: 'state',
				message: expect.stringMatching(/PostgreSQL|database/i) as string,
			});
		}
	},
);

test.each([[false], [true]])(
	'"Send Without Protection": all are sent once, and the user is warned (all recorded first: %s)',
	async (recordFirst) => {
		const result = await sendWhileTheDatabaseGoes({ onStateProblem: 'continue', recordFirst });
		const items = result.outputs?.[0] ?? [];
		const arrived = await arrivals(simulator);
		expect(items.map(({ json }) => json['outcome'])).toEqual(items.map(() => 'sent'));
		expect(arrived.size).toBe(count);
		expect(duplicates(arrived)).toEqual([]);
		expect(result.hints?.join('\n')).toMatch(/without protection/);
	},
);
