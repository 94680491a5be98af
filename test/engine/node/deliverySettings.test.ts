import { runNode, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const send = async (
	parameters: Record<string, unknown>,
	items: Record<string, unknown>[] = [{}],
	onError: 'stopWorkflow' | 'continueRegularOutput' = 'stopWorkflow',
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+15550200001', text: 'Hello', ...parameters },
		credentials: credentials(simulator.url),
		items: items.map((json) => ({ json })),
		onError,
	});

const window = (values: Record<string, unknown>) => ({ window: { window: values } });
const waves = (values: Record<string, unknown>) => ({ waves: { waves: values } });

test.each<[string, Record<string, unknown>, RegExp]>([
	['a rate of zero', { messagesPerSecond: 0 }, /^"Delivery › Messages per Second" must be above 0/],
	[
		'a rate below zero',
		{ messagesPerSecond: -5 },
		/^"Delivery › Messages per Second" must be above/,
	],
	[
		'a rate that is none',
		{ messagesPerSecond: 'fast' },
		/"Delivery › Messages per Second" must be a/,
	],
	[
		'waves of nothing',
		waves({ size: 0 }),
		/"Delivery › Waves › Messages per Wave" must be from 1 to 1,000,000 messages, but is 0/,
	],
	[
		'waves of no number',
		waves({ size: 'NaN' }),
		/"Delivery › Waves › Messages per Wave" must be a/,
	],
	['a pause below zero', waves({ pauseMinutes: -1 }), /"Delivery › Waves › Pause" must be from 0/],
	['a time limit without end', { timeoutSeconds: 'Infinity' }, /"Delivery › Response Timeout/],
	[
		'an unknown choice',
		{ onUnknown: 'retry' },
		/^"Delivery › If the Outcome Is Unknown" must be one of Report \(report\), Send Again \(resend\), Treat as Failed \(fail\), but is the text "retry"/,
	],
	[
		'an unknown time zone',
		window({ timeZone: 'Mars/Olympus' }),
		/^"Delivery › Time Window › Window › Time Zone" is no time zone that this machine knows/,
	],
	[
		'a window that never opens',
		window({ from: '09:00', to: '9:00' }),
		/^"Delivery › Time Window › Window › To" is the same as From, so that the window never opens/,
	],
	[
		'a time that is none',
		window({ from: '25:00' }),
		/^"Delivery › Time Window › Window › From" must be a time such as 09:00/,
	],
	[
		'no attempts',
		{ maxAttempts: 0 },
		/^"Delivery › Attempts" must be from 1 to 20 attempts, but is 0/,
	],
	[
		'nobody at once',
		{ concurrency: 0 },
		/^"Delivery › Concurrency" must be from 1 to 200 messages, but is 0/,
	],
	[
		'an over-long campaign',
		{ campaign: 'x'.repeat(256) },
		/^"Delivery › Campaign" can have at most 255 characters, but has 256/,
	],
])('%s is refused before anything is sent', async (_, delivery, message) => {
	const { error } = await send({ delivery });
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(/^(Change|Enter|Fill|Open|Pick|Shorten) /);
	expect(await accepted(simulator)).toEqual([]);
});

describe('an own key', () => {
	const keyed = {
		options: { sendOnlyOnce: { settings: { key: '={{ $json.key }}' } } },
		text: '={{ $json.text }}',
	};

	test.each([
		['empty', ' ', /^"Options › Send Only Once › Idempotency Key" is empty \[item 0\]$/],
		[
			'over-long',
			'k'.repeat(513),
			/^"Options › Send Only Once › Idempotency Key" can have at most 512 characters/,
		],
	])('that is %s is refused', async (_, key, message) => {
		const { error } = await send(keyed, [{ key, text: 'Hello' }]);
		expect(error?.message).toMatch(message);
		expect(await accepted(simulator)).toEqual([]);
	});

	test('twice in a batch sends one message', async () => {
		const key = `order-${Date.now()}`;
		const items = itemsOf(
			await send(
				keyed,
				Array.from({ length: 3 }, () => ({ key, text: 'Hi' })),
			),
		);
		const outcomes = items.map(({ json }) => json['outcome']);
		expect(outcomes.sort()).toEqual(['duplicate', 'duplicate', 'sent']);
		const [only, ...others] = await accepted(simulator);
		expect(others).toEqual([]);
		expect(new Set(items.map(({ json }) => json['messageId']))).toEqual(new Set([only?.id]));
	});

	test('of the whole account names the number that sent it first', async () => {
		const key = `order-${Date.now()}`;
		const sendFrom = async (phoneNumberId: string, text: string) =>
			await send({
				phoneNumberId: { __rl: true, mode: 'id', value: phoneNumberId },
				options: { sendOnlyOnce: { settings: { key, scope: 'account' } } },
				text,
			});
		const [first] = itemsOf(await sendFrom(ids.phoneNumber, 'Hi'));
		const [second] = itemsOf(await sendFrom(ids.secondPhoneNumber, 'Hi'));
		expect([first, second].map((item) => item?.json)).toMatchObject([
			{ outcome: 'sent', phoneNumberId: ids.phoneNumber },
			{ outcome: 'duplicate', phoneNumberId: ids.phoneNumber },
		]);
		const { error } = await sendFrom(ids.secondPhoneNumber, 'Another text');
		expect(error?.description).toContain(
			`It belongs to ${String(first?.json['messageId'])}, sent by ${ids.phoneNumber}.`,
		);
	});

	test('twice in a batch with another text is refused by name', async () => {
		const key = `order-${Date.now()}`;
		const items = itemsOf(
			await send(
				keyed,
				[
					{ key, text: 'One' },
					{ key, text: 'Two' },
				],
				'continueRegularOutput',
			),
		);
		expect(items.filter(({ json }) => json['outcome'] === 'sent')).toHaveLength(1);
		expect(JSON.stringify(items)).toMatch(
			/Options › Send Only Once › Idempotency Key.{1,4} was used for another/,
		);
		expect(await accepted(simulator)).toHaveLength(1);
	});
});
