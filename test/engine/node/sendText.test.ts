import type { RunNodeRequest } from '../../../scripts/engine/request';
import { runNode, useSimulator } from '../harness';
import {
	accepted,
	credentials,
	detailed,
	ids,
	itemsOf,
	onlyJson,
	problemOf,
	withoutStatuses,
} from './account';

const simulator = useSimulator(withoutStatuses);

const send = async (
	parameters: Record<string, unknown>,
	request: Partial<RunNodeRequest> & { account?: Record<string, unknown> } = {},
) => {
	const { account, ...rest } = request;
	return await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+1 555 123 4567', text: 'Hello', ...parameters },
		credentials: credentials(simulator.url, account),
		...rest,
	});
};

/** The body of the only message received. */
async function sentBody(): Promise<Record<string, unknown>> {
	const messages = await accepted(simulator);
	expect(messages).toHaveLength(1);
	return messages[0]?.body ?? {};
}

describe('the item', () => {
	test('tells what became of the message, each part with its type', async () => {
		const result = await send(detailed({}), { executionId: '77', workflowId: 'workflow-7' });
		const [message] = await accepted(simulator);
		expect(onlyJson(result)).toMatchObject({
			outcome: 'sent',
			messageId: message?.id,
			recipient: {
				input: '+1 555 123 4567',
				waId: '15551234567',
				userId: expect.stringMatching(/^US\.\w+$/),
			},
			phoneNumberId: ids.phoneNumber,
			operationId: expect.stringMatching(/^workflow-7:77:.+:0:0:[0-9a-f]{16}$/),
			attempts: 1,
			latencyMs: expect.any(Number),
			fbtraceId: expect.stringMatching(/\S/),
		});
		expect(message?.operationId).toBe(onlyJson(result)['operationId']);
		expect(itemsOf(result)[0]?.pairedItem).toEqual({ item: 0 });
	});

	test('begins with the outcome, message ID and recipient, and has no technical details', async () => {
		const [item] = itemsOf(await send({}));
		expect(Object.keys(item?.json ?? {})).toEqual([
			'outcome',
			'messageId',
			'recipient',
			'phoneNumberId',
			'window',
		]);
	});

	test('of a message without an ID from Meta has its operation ID', async () => {
		await simulator.addFault({ kind: 'error', code: 131026, count: 1 });
		const [item] = itemsOf(await send({}, { onError: 'continueRegularOutput' }));
		expect(item?.json).toMatchObject({
			outcome: 'failed',
			messageId: null,
			operationId: expect.stringMatching(/:0:0:[0-9a-f]{16}$/),
		});
		expect(item?.json).not.toHaveProperty('attempts');
	});

	test('each message of a run has an operation ID of its own', async () => {
		const result = await send(detailed({}), { items: [{}, {}, {}] });
		const operationIds = itemsOf(result).map(({ json }) => json['operationId']);
		expect(new Set(operationIds).size).toBe(3);
	});
});

describe('the text', () => {
	test('goes out as it is, and the rest of the body with it', async () => {
		const text = 'Line one\n*bold* 👍🏽 שלום "quoted" \\ <b>';
		await send({ text });
		expect(await sentBody()).toEqual({
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+15551234567',
			type: 'text',
			text: { body: text },
			biz_opaque_callback_data: expect.any(String),
		});
	});

	test('can have a link preview', async () => {
		await send({ text: 'See https://example.com', previewUrl: true });
		expect(await sentBody()).toMatchObject({ text: { preview_url: true } });
	});

	test('of 4,096 characters fits, an emoji counting as one', async () => {
		await send({ text: '😀'.repeat(4096) });
		expect(await accepted(simulator)).toHaveLength(1);
	});

	test.each([
		['', '"Text" is empty'],
		['  \n', '"Text" is empty'],
		['😀'.repeat(4097), '"Text" can have at most 4,096 characters, but has 4,097'],
	])('%.10s is refused before it is sent', async (text, problem) => {
		const { error } = await send({ text: `={{ ${JSON.stringify(text)} }}` });
		expect(error?.message).toContain(problem);
		expect(error?.message).toContain('[item 0]');
		expect((await simulator.counters())['requests']).toBe(0);
	});

	test('a number from an expression is sent as its digits', async () => {
		await send({ text: '={{ 12.5 }}' });
		expect(await sentBody()).toMatchObject({ text: { body: '12.5' } });
	});
});

describe('a long text', () => {
	const options = { splitLongText: true };

	test('goes out in parts, in order, each with an item and an ID of its own', async () => {
		const paragraphs = ['a', 'b', 'c'].map((letter) => letter.repeat(4000));
		const result = await send({ text: paragraphs.join('\n\n'), options });
		const messages = await accepted(simulator);
		expect(messages.map(({ body }) => body['text'])).toEqual(paragraphs.map((body) => ({ body })));
		expect(itemsOf(result).map(({ json }) => json['messageId'])).toEqual(
			messages.map(({ id }) => id),
		);
		expect(itemsOf(result).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 0 },
		]);
		expect(new Set(messages.map(({ operationId }) => operationId)).size).toBe(3);
	});

	test('of one item is through before the next item to the same person', async () => {
		const texts = ['a', 'b'].map((name) =>
			[1, 2, 3].map((part) => `${name}${part} `.padEnd(4000, 'x')).join('\n\n'),
		);
		const items = texts.map((text) => ({ json: { text } }));
		await send({ valuesFrom: 'item', options }, { items });
		const heads = (await accepted(simulator)).map(({ body }) =>
			(body['text'] as { body: string }).body.slice(0, 2),
		);
		expect(heads).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
	});

	test('a short one stays whole', async () => {
		await send({ text: 'Short.\n\nText.', options });
		expect(await sentBody()).toMatchObject({ text: { body: 'Short.\n\nText.' } });
	});

	test('stops at the part that Meta refuses', async () => {
		await simulator.addFault({ kind: 'error', code: 131026, after: 1 });
		const text = ['a', 'b', 'c'].map((letter) => letter.repeat(4000)).join('\n\n');
		const result = await send({ text, options }, { onError: 'continueRegularOutput' });
		const items = itemsOf(result);
		expect(items).toHaveLength(2);
		expect(items[0]?.json['outcome']).toBe('sent');
		expect(problemOf(items[1])).toContain('131026');
		expect(await accepted(simulator)).toHaveLength(1);
	});
});

describe('around the text', () => {
	test('a reply names the message that it answers', async () => {
		await send({ replyToMessageId: 'wamid.EARLIER' });
		expect(await sentBody()).toMatchObject({ context: { message_id: 'wamid.EARLIER' } });
	});

	test('an own value travels beside the operation ID', async () => {
		const result = await send(detailed({ options: { trackingText: 'order|7' } }));
		const { operationId } = onlyJson(result) as { operationId: string };
		expect(await sentBody()).toMatchObject({
			biz_opaque_callback_data: `${operationId}|order|7`,
		});
	});

	test('an own value that is too long is refused', async () => {
		const { error } = await send({ options: { trackingText: 'x'.repeat(301) } });
		expect(error?.message).toContain(
			'"Options › Tracking Text" can have at most 300 characters, but has 301',
		);
	});

	test('the identity hash of the recipient goes along', async () => {
		await send({ options: { identityKeyHash: 'abc=' } });
		expect(await sentBody()).toMatchObject({ recipient_identity_key_hash: 'abc=' });
	});
});
