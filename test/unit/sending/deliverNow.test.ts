import type { IExecuteFunctions } from 'n8n-workflow';
import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import type { GraphAttempt, GraphClient } from '../../../nodes/WhatsAppCloud/graph/client';
import type { GraphRequest } from '../../../nodes/WhatsAppCloud/graph/graphRequest';
import type { SendAnswer } from '../../../nodes/WhatsAppCloud/sending/attempt/deliver';
import {
	createDeliverNow,
	type DeliveryRun,
} from '../../../nodes/WhatsAppCloud/sending/deliverNow';
import type { ContactGuard } from '../../../nodes/WhatsAppCloud/sending/guard/contactGuard';
import { deliverySchema } from '../../../nodes/WhatsAppCloud/sending/settings/deliveryFields';
import type { Store } from '../../../nodes/WhatsAppCloud/store/store';
import { graphError } from './errors';
import { accepted, message, refused } from './fakeDelivery';
import { createVirtualClock } from './virtualClock';

const minuteMs = 60_000;
const account = parseAccountWithoutToken({ businessAccountId: '1', phoneNumberId: '1' });
const unlimited = { messagesPerSecond: -1 };

/** Lets everything go. */
const askedNothing = {
	judge: () => Promise.resolve({ blocked: null, cap: null, window: null }),
} as Partial<ContactGuard> as ContactGuard;

/** Delivers messages of a run with these settings; Meta gives the answers in turn, then accepts. */
function run(
	settings: object = {},
	{
		answers = [],
		signal,
		stillOwns = true,
	}: { answers?: GraphAttempt<SendAnswer>[]; signal?: AbortSignal; stillOwns?: boolean } = {},
) {
	const clock = createVirtualClock();
	const requests: (GraphRequest & { atMs: number })[] = [];
	const parts = {
		host: {
			getInputData: () => [{ json: {} }],
			getTimezone: () => 'UTC',
			addExecutionHints: () => undefined,
			logger: { info: () => undefined },
		} as unknown as IExecuteFunctions,
		account,
		graph: {
			attempt: (request: GraphRequest) => {
				requests.push({ ...request, atMs: clock.elapsedMs() });
				return Promise.resolve(answers.shift() ?? accepted());
			},
		} as unknown as GraphClient,
		tokens: { inUse: 'active', hasStandby: false },
		signal,
		identity: { executionId: '7' } as DeliveryRun['identity'],
	} satisfies DeliveryRun;
	const deliverNow = createDeliverNow(parts, {
		settings: () => deliverySchema.parse({ ...unlimited, ...settings }),
		runStore: { stillOwns: () => Promise.resolve(stillOwns) },
		guard: askedNothing,
		clock,
		log: { retried: () => undefined, trouble: () => undefined },
	});
	return { clock, requests, deliverNow };
}

const throttled = () => refused(graphError(130429));

test('a message goes to the edge of its number, with the time limit of the settings', async () => {
	const { clock, requests, deliverNow } = run({ timeoutSeconds: 7 });
	const result = await clock.run(
		deliverNow({ ...message, endpoint: 'marketing_messages', body: { type: 'text' } }, null),
	);
	expect(result).toMatchObject({ outcome: 'sent', messageId: 'wamid.1', attempts: 1 });
	expect(requests).toMatchObject([
		{
			method: 'POST',
			node: '1',
			edge: 'marketing_messages',
			json: { type: 'text' },
			timeoutMs: 7000,
		},
	]);
});

test('a cancelled execution sends nothing', async () => {
	const cancel = new AbortController();
	cancel.abort();
	const { clock, requests, deliverNow } = run({}, { signal: cancel.signal });
	expect(await clock.run(deliverNow(message, null))).toMatchObject({ outcome: 'cancelled' });
	expect(requests).toEqual([]);
});

test('waves hold for all messages of the run, not for each alone', async () => {
	const waves = { waves: { waves: { size: 1, pauseMinutes: 10 } } };
	const { clock, requests, deliverNow } = run(waves);
	const sendTwo = async (): Promise<void> => {
		await deliverNow(message, null);
		await deliverNow(message, null);
	};
	await clock.run(sendTwo());
	expect(requests.map(({ atMs }) => Math.floor(atMs / minuteMs))).toEqual([0, 10]);
});

test('a resumed message is tried as often as its own run wanted', async () => {
	const answers = [throttled(), throttled(), throttled()];
	const { clock, requests, deliverNow } = run({ maxAttempts: 1 }, { answers });
	const settings = deliverySchema.parse({ ...unlimited, maxAttempts: 3 });
	const result = await clock.run(deliverNow(message, null, { settings }));
	expect(result).toMatchObject({ outcome: 'failed', attempts: 3 });
	expect(requests).toHaveLength(3);
});

describe('a message that another execution has taken over', () => {
	test.each([
		['between two runs', { start: () => Promise.resolve('taken' as const) }, true],
		['while it waited', {}, false],
	])('%s is not sent', async (_when, options, stillOwns) => {
		const { clock, requests, deliverNow } = run({}, { stillOwns });
		const store = { rate: {} } as Store;
		const result = await clock.run(deliverNow(message, store, options));
		expect(result.outcome).not.toBe('sent');
		expect(requests).toEqual([]);
	});
});
