import { useEngine, useSimulator } from '../harness';
import { credentials, detailed, ids, itemsOf, tokens, withoutStatuses } from './account';
import { present } from '../../present';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine({ N8N_LOG_LEVEL: 'debug' });

const text = 'A secret for two';
const recipient = '15550200001';

const send = async (request: Record<string, unknown> = {}) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: detailed({ recipient: `+${recipient}`, text }),
		credentials: credentials(simulator.url),
		...request,
	});

/** The JSON that follows the words of a line. */
const detailsOf = ({ message }: { message: string }, words: string): Record<string, unknown> =>
	JSON.parse(message.slice(words.length)) as Record<string, unknown>;

test('one line per send, one per retry, without text, token or contact', async () => {
	await simulator.addFault({ kind: 'error', code: 130429, count: 1 });
	const result = await send();
	const { json } = itemsOf(result)[0] ?? { json: {} };
	const lines = (words: string) => result.logs.filter(({ message }) => message.startsWith(words));

	const [sent, ...others] = lines('A message was processed');
	expect(others).toEqual([]);
	expect(sent?.level).toBe('debug');
	expect(detailsOf(present(sent), 'A message was processed')).toEqual({
		operationId: json['operationId'],
		phoneNumberId: ids.phoneNumber,
		recipient: '…0001',
		outcome: 'sent',
		// In Base64, Meta's ID begins with the number.
		messageId: `…${String(json['messageId']).slice(-8)}`,
		attempts: 2,
		latencyMs: json['latencyMs'],
		token: 'active',
		code: null,
		class: null,
		fbtraceId: json['fbtraceId'],
	});
	const [retried, ...more] = lines('A message is tried again');
	expect(more).toEqual([]);
	expect(retried?.level).toBe('warn');
	expect(detailsOf(present(retried), 'A message is tried again')).toEqual({
		operationId: json['operationId'],
		recipient: '…0001',
		code: 130429,
		class: 'throttled',
		waitMs: expect.any(Number),
	});
	const all = JSON.stringify(result.logs);
	for (const secret of [
		text,
		recipient,
		String(json['messageId']),
		tokens.active,
		'appsecret_proof',
	]) {
		expect(all).not.toContain(secret);
	}
});

test('an item has all of its names, whatever became of it', async () => {
	await simulator.addFault({ kind: 'error', code: 131026, match: { recipient: '15550200002' } });
	await simulator.addFault({ kind: 'reset', when: 'after', match: { recipient: '15550200003' } });
	const items = itemsOf(
		await send({
			parameters: detailed({ recipient: '={{ $json.to }}', text }),
			items: ['+15550200001', '+15550200002', '+15550200003', 'Ana'].map((to) => ({
				json: { to },
			})),
			onError: 'continueRegularOutput',
		}),
	).map(({ json }) => json);
	const names = ['outcome', 'messageId', 'recipient', 'phoneNumberId'];
	const details = [
		'operationId',
		'attempts',
		'latencyMs',
		'fbtraceId',
		'payloadHash',
		'graphVersion',
		'token',
	];
	expect(items.map((json) => json['outcome'])).toEqual(['sent', 'failed', 'unknown', 'failed']);
	// Whoever was asked whether a window is open does not know it here; the last one was not asked.
	expect(items.map((json) => Object.keys(json))).toEqual([
		[...names, 'window', ...details],
		[...names, 'error', 'window', ...details],
		[...names, 'error', 'window', ...details],
		[...names, 'error', ...details],
	]);
	expect(items[1]?.['error']).toEqual({
		code: 131026,
		class: 'undeliverable',
		message: expect.any(String),
		advice: expect.any(String),
	});
	expect(items[2]?.['error']).toMatchObject({ code: null, class: 'no_answer' });
	expect(items[3]).toMatchObject({
		attempts: 0,
		token: null,
		error: {
			code: null,
			class: 'value',
			message: expect.stringMatching(/^"Recipient" "Ana".*\[item 3\]$/),
			advice: expect.stringMatching(/country code/),
		},
	});
});

test('with waves the end is estimated beforehand, and each pause is logged', async () => {
	const result = await send({
		parameters: {
			recipient: '={{ $json.to }}',
			text,
			delivery: { waves: { waves: { size: 2, pauseMinutes: 0.005 } } },
		},
		items: ['1', '2', '3'].map((digit) => ({ json: { to: `+1555020000${digit}` } })),
	});
	expect(itemsOf(result)).toHaveLength(3);
	expect(result.hints).toEqual([
		expect.stringMatching(
			/^3 messages in waves or hours; the last one will be sent at about \d{4}-/,
		),
	]);
	const lines = result.logs.filter(({ level }) => level === 'info').map(({ message }) => message);
	expect(
		lines.some((line) => line.startsWith('2 of 3 messages processed; waiting for the pause')),
	).toBe(true);
});

test('a cancelled run of 100,000 says how far it came, and of each item what became of it', async () => {
	const count = 100_000;
	const result = await send({
		parameters: { valuesFrom: 'item', delivery: { messagesPerSecond: -1 } },
		credentials: credentials(simulator.url, { stateStore: 'off' }),
		items: Array.from({ length: count }, (_, index) => ({
			json: { recipient: `+1555${String(1_000_000 + index)}`, text: 'Hi' },
		})),
		cancelAfterMs: 3_000,
	});
	expect(result.cancelled).toBe(true);
	const items = result.outputs?.[0] ?? [];
	expect(items).toHaveLength(count);
	const sent = items.filter(({ json }) => json['outcome'] === 'sent').length;
	expect(items.filter(({ json }) => json['outcome'] === 'cancelled')).toHaveLength(count - sent);
	expect((await simulator.counters())['acceptedMessages']).toBe(sent);
	expect(sent).toBeGreaterThan(0);
	const [hint] = result.hints?.slice(-1) ?? [];
	expect(hint).toMatch(/^Cancelled\. [\d,]+ of 100,000 messages processed: .*[\d,]+ sent/);
}, 180_000);
