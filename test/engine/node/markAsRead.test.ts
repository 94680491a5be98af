import { runNode, useSimulator } from '../harness';
import { credentials, ids, itemsOf, onlyJson, requests, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);
const customer = '15551234567';

/** Writes a message as a customer. */
async function receive(body = 'Hi'): Promise<string> {
	const { id } = await simulator.admin<{ id: string }>('POST', '/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer,
		message: { type: 'text', text: { body } },
	});
	return id;
}

const markAsRead = async (messageId: string, parameters: Record<string, unknown> = {}) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'message', operation: 'markAsRead', messageId, ...parameters },
		credentials: credentials(simulator.url),
	});

const lastBody = async () => (await requests(simulator)).at(-1)?.body;

test('shows blue ticks and no dots', async () => {
	const messageId = await receive();
	expect(onlyJson(await markAsRead(messageId))).toEqual({
		success: true,
		messageId,
		phoneNumberId: ids.phoneNumber,
		typingIndicator: false,
	});
	expect(await lastBody()).toEqual({
		messaging_product: 'whatsapp',
		status: 'read',
		message_id: messageId,
	});
	expect(await simulator.counters()).toMatchObject({ readReceipts: 1, acceptedMessages: 0 });
});

test('shows typing where it is asked for', async () => {
	const messageId = await receive();
	const result = await markAsRead(messageId, { options: { typingIndicator: true } });
	expect(onlyJson(result)).toMatchObject({ typingIndicator: true });
	expect(await lastBody()).toMatchObject({ typing_indicator: { type: 'text' } });
});

test('takes the ID from the item', async () => {
	const messageIds = [await receive('One'), await receive('Two')];
	const result = await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'message', operation: 'markAsRead', messageId: '={{ $json.id }}' },
		credentials: credentials(simulator.url),
		items: messageIds.map((id) => ({ json: { id } })),
	});
	expect(itemsOf(result).map(({ json, pairedItem }) => [json['messageId'], pairedItem])).toEqual(
		messageIds.map((id, item) => [id, { item }]),
	);
});

test.each([
	['', '"Message ID" is empty'],
	['={{ "" }}', '"Message ID" is empty'],
	['={{ null }}', '"Message ID" is required'],
	['={{ "x".repeat(513) }}', '"Message ID" can have at most 512 characters'],
])('"%s" is refused before anything is sent', async (messageId, problem) => {
	const { error } = await markAsRead(messageId);
	expect([error?.message, error?.description].join(' ')).toMatch(
		messageId === '' ? /Message ID/ : new RegExp(problem),
	);
	expect((await simulator.counters())['requests']).toBe(0);
});

test('an unknown message is reported in Meta’s words', async () => {
	const { error } = await markAsRead('wamid.UNKNOWN');
	expect(error).toMatchObject({
		message: expect.stringContaining('131009'),
		description: expect.stringContaining('wamid.UNKNOWN'),
		itemIndex: 0,
	});
});
