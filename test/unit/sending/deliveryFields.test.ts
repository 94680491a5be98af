import { deliverySchema } from '../../../nodes/WhatsAppCloud/sending/settings/deliveryFields';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';

const problems = (settings: unknown): string[] =>
	(deliverySchema.safeParse(settings, parsing).error?.issues ?? []).map(
		({ path, message }) => `${path.join('.')}: ${message}`,
	);

test('without settings, the defaults count', () => {
	expect(deliverySchema.parse(undefined)).toMatchObject({
		maxAttempts: 5,
		timeoutSeconds: 30,
		concurrency: 100,
		messagesPerSecond: 80,
		graceMinutes: 60,
	});
	expect(deliverySchema.parse({ maxAttempts: '', messagesPerSecond: null })).toMatchObject({
		maxAttempts: 5,
		messagesPerSecond: 80,
	});
});

test.each([
	[{ maxAttempts: 1 }],
	[{ maxAttempts: '20' }],
	[{ maxSeconds: 0 }],
	[{ maxSeconds: 3600 }],
	[{ timeoutSeconds: 1 }],
	[{ timeoutSeconds: 300 }],
	[{ concurrency: 200 }],
	[{ messagesPerSecond: 0.1 }],
	[{ messagesPerSecond: 10_000 }],
	[{ messagesPerSecond: -1 }],
	[{ graceMinutes: 10_080 }],
	[{ window: { window: { days: [0, '6'] } } }],
	[{ waves: { waves: { size: 1_000_000, pauseMinutes: 0 } } }],
])('%j is taken', (settings) => expect(problems(settings)).toEqual([]));

test.each([
	[{ maxAttempts: 21 }, 'maxAttempts: must be from 1 to 20 attempts, but is 21'],
	[{ maxAttempts: 1.5 }, 'maxAttempts: must be a whole number of attempts, but is "1.5"'],
	[{ maxSeconds: 3601 }, 'maxSeconds: must be from 0 to 3,600 seconds, but is 3,601'],
	[{ timeoutSeconds: 0.5 }, 'timeoutSeconds: must be from 1 to 300 seconds, but is 0.5'],
	[{ concurrency: 201 }, 'concurrency: must be from 1 to 200 messages, but is 201'],
	[
		{ messagesPerSecond: 10_001 },
		'messagesPerSecond: must be above 0 and at most 10,000 messages, or -1 for no limit, but is 10,001',
	],
	[
		{ messagesPerSecond: 'Infinity' },
		'messagesPerSecond: must be a number of messages, but is "Infinity"',
	],
	[{ graceMinutes: 10_081 }, 'graceMinutes: must be from 0 to 10,080 minutes, but is 10,081'],
	[{ window: { window: { days: [7] } } }, 'window.window.days.0: must be from 0 to 6, but is 7'],
	[{ window: 'x' }, 'window: must be an object, but is the text "x"'],
	[
		{ waves: { waves: { size: 0 } } },
		'waves.waves.size: must be from 1 to 1,000,000 messages, but is 0',
	],
	[{ recordFirst: 'yes' }, 'recordFirst: must be true or false'],
	['x', ': must be an object, but is the text "x"'],
])('%j: %s', (settings, message) => expect(problems(settings)).toEqual([message]));
