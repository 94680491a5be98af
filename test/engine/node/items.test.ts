import type { RunNodeRequest } from '../../../scripts/engine/request';
import { runNode, useSimulator } from '../harness';
import { accepted, credentials, itemsOf, problemOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const refused = '+15550000000';
const person = (index: number): string => `+1555123${String(1000 + index)}`;

/** Sends a text to each; Meta refuses the recipient called `refused`. */
const sendTo = async (recipients: string[], request: Partial<RunNodeRequest> = {}) => {
	await simulator.addFault({ kind: 'error', code: 131026, match: { recipient: refused } });
	return await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '={{ $json.to }}', text: '={{ $json.text }}', ...request.parameters },
		credentials: credentials(simulator.url),
		items: recipients.map((to, index) => ({ json: { to, text: `Text ${index}`, row: index } })),
		...(request.onError === undefined ? {} : { onError: request.onError }),
	});
};

describe('items', () => {
	test('come out in the order of the input, each with its own', async () => {
		// The first is delayed, so that the others finish before it.
		await simulator.addFault({ kind: 'latency', latencyMs: 300, match: { recipient: person(0) } });
		const recipients = Array.from({ length: 30 }, (_, index) => person(index));
		const items = itemsOf(await sendTo(recipients));
		expect(items.map(({ json }) => (json['recipient'] as { input: string }).input)).toEqual(
			recipients,
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			recipients.map((_, item) => ({ item })),
		);
		const [first] = await accepted(simulator);
		expect(first?.recipient).not.toBe(person(0).slice(1));
	});

	test('none in, none out, and no request', async () => {
		expect(itemsOf(await sendTo([]))).toEqual([]);
		expect((await simulator.counters())['requests']).toBe(0);
	});
});

test('Stop: nothing goes out any more to the person whose message failed', async () => {
	await simulator.addFault({
		kind: 'error',
		code: 131009,
		match: { recipient: person(7) },
		count: 1,
	});
	const recipients = [person(7), person(7), person(7), person(7)];
	expect((await sendTo(recipients)).error?.message).toMatch(
		/^Meta does not take a value of this request \(131009\)/,
	);
	expect(await accepted(simulator)).toEqual([]);
});

describe('Continue (using error output)', () => {
	test('parts what went well from what did not', async () => {
		const recipients = [person(0), refused, 'Ana', person(3)];
		const result = await sendTo(recipients, { onError: 'continueErrorOutput' });
		expect(itemsOf(result).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		const failed = itemsOf(result, 1);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(failed[0]?.json).toMatchObject({
			error: { code: 131026, class: 'undeliverable', advice: expect.stringMatching(/\w/) },
			details: { outcome: 'failed', operationId: expect.stringMatching(/\w/) },
		});
		expect(problemOf(failed[1])).toMatch(/"Recipient" "Ana".*\[item 2\]/);
	});
});

describe('Continue', () => {
	test('returns an item for each, with the error where it belongs', async () => {
		const result = await sendTo([person(0), refused, person(2)], {
			onError: 'continueRegularOutput',
		});
		expect(itemsOf(result).map((item) => problemOf(item) === undefined)).toEqual([
			true,
			false,
			true,
		]);
		expect(itemsOf(result)[1]?.json).toMatchObject({
			outcome: 'failed',
			operationId: expect.stringMatching(/\w/),
			error: { code: 131026, class: 'undeliverable', advice: expect.stringMatching(/\w/) },
		});
		expect(await accepted(simulator)).toHaveLength(2);
	});
});

describe('Stop', () => {
	test('names the item and tells what to do', async () => {
		const { error, outputs } = await sendTo([person(0), refused]);
		expect(error).toMatchObject({
			message: 'WhatsApp could not deliver the message to this number (131026) [item 1]',
			description: expect.stringMatching(/^It may not be on WhatsApp, .* Meta says: .*\w\.$/),
			messages: [
				expect.stringMatching(/^Message Undeliverable\. Trace for Meta's support: [\w-]+$/),
			],
			httpCode: '400',
			itemIndex: 1,
		});
		expect(outputs?.flat() ?? []).toEqual([]);
	});

	test('begins nothing more, and finishes what is under way', async () => {
		await simulator.addFault({ kind: 'latency', latencyMs: 200, match: { recipient: person(1) } });
		const recipients = [refused, ...Array.from({ length: 50 }, (_, index) => person(index + 1))];
		await sendTo(recipients, { parameters: { delivery: { concurrency: 2 } } });
		const arrived = (await accepted(simulator)).map(({ recipient }) => `+${recipient}`);
		// The one next to the refused one was in flight; one more may have started.
		expect(arrived).toContain(person(1));
		expect(arrived.length).toBeLessThan(4);
	});

	test('of several failures the first by item is reported', async () => {
		const { error } = await sendTo(['Ana', 'Bo', 'Cid']);
		expect(error?.itemIndex).toBe(0);
	});
});

describe('order', () => {
	test('two messages to the same person arrive as they were given', async () => {
		// Each message would overtake the one before if it could.
		for (let index = 0; index < 6; index++) {
			const match = { path: '/messages$' };
			await simulator.addFault({ kind: 'latency', latencyMs: 120 - 20 * index, match, count: 1 });
		}
		await sendTo(Array.from({ length: 6 }, () => person(1)));
		const texts = (await accepted(simulator)).map(({ body }) => body['text']);
		expect(texts).toEqual([0, 1, 2, 3, 4, 5].map((index) => ({ body: `Text ${index}` })));
	});

	test('however the number is written', async () => {
		await simulator.addFault({
			kind: 'latency',
			latencyMs: 200,
			match: { path: '/messages$' },
			count: 1,
		});
		await sendTo(['+1 (555) 123-4567', '15551234567', '001 555 123 4567']);
		const texts = (await accepted(simulator)).map(({ body }) => body['text']);
		expect(texts).toEqual([0, 1, 2].map((index) => ({ body: `Text ${index}` })));
	});

	test('one person who is slow does not hold up the others', async () => {
		await simulator.addFault({ kind: 'latency', latencyMs: 400, match: { recipient: person(1) } });
		await sendTo([person(1), person(1), person(2), person(3)]);
		const order = (await accepted(simulator)).map(({ recipient }) => `+${recipient}`);
		expect(order.slice(0, 2).toSorted()).toEqual([person(2), person(3)]);
	});
});

describe('expressions', () => {
	test('of every kind are evaluated for each item', async () => {
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: {
				recipient: '=+{{ $json.country }}{{ $json.number }}',
				text: '={{ $("Start").item.json.name }} is item {{ $itemIndex }} of {{ $input.all().length }}',
				options: { trackingText: '={{ $json.number }}' },
			},
			credentials: credentials(simulator.url),
			items: ['Ana', 'Bo'].map((name, index) => ({
				json: { name, country: 1, number: `555123456${index}` },
			})),
		});
		expect(itemsOf(result)).toHaveLength(2);
		const messages = (await accepted(simulator)).toSorted((a, b) =>
			a.recipient.localeCompare(b.recipient),
		);
		expect(messages.map(({ body }) => body['text'])).toEqual([
			{ body: 'Ana is item 0 of 2' },
			{ body: 'Bo is item 1 of 2' },
		]);
		expect(messages.map(({ operationId }) => operationId?.split('|')[1])).toEqual([
			'5551234560',
			'5551234561',
		]);
	});

	test('that fail name the field and the item', async () => {
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { recipient: '={{ $json.a.b.c() }}', text: 'Hi' },
			credentials: credentials(simulator.url),
			items: [{ json: { a: { b: { c: 'no function' } } } }],
			onError: 'continueRegularOutput',
		});
		const [item] = itemsOf(result);
		expect(problemOf(item)).toMatch(/\w/);
		expect(problemOf(item)).not.toMatch(/\n\s+at /);
	});
});
