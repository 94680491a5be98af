import { startRecorder, type Recorder } from '../corpus';
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

let meta: Recorder;
const simulator = useSimulator(withoutStatuses);

beforeAll(async () => {
	meta = await startRecorder();
});
afterAll(() => meta.close());
beforeEach(() => {
	meta.take();
});

const run = async (
	parameters: Record<string, unknown>,
	{ url = meta.url, ...account }: { url?: string; messagingAccountId?: string } = {},
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+1 555 123 4567', ...parameters },
		credentials: credentials(url, { stateStore: 'off', ...account }),
		onError: 'continueRegularOutput',
	});

describe('a message of a group', () => {
	const pin = { operation: 'pinMessage', recipient: ids.group, messageId: 'wamid.NOTICE' };

	test('is pinned and taken down, in whichever group', async () => {
		const { url } = simulator;
		expect(onlyJson(await run({ ...pin, pinDays: 14 }, { url }))).toMatchObject({
			outcome: 'sent',
			recipient: { input: ids.group },
		});
		await run({ ...pin, pinAction: 'unpin' }, { url });
		expect((await accepted(simulator)).map(({ body }) => body)).toMatchObject([
			{
				recipient_type: 'group',
				to: ids.group,
				type: 'pin',
				pin: { type: 'pin', message_id: 'wamid.NOTICE', expiration_days: 14 },
			},
			{ pin: { type: 'unpin', message_id: 'wamid.NOTICE' } },
		]);
	});

	test.each([
		[{ pinDays: 31 }, '"Days" must be from 1 to 30 days, but is 31'],
		[{ messageId: ' ' }, '"Message ID" is empty'],
		[{ pinAction: 'hide' }, '"Action" must be one of Pin (pin), Unpin (unpin)'],
	])('%j is refused', async (values, problem) => {
		const result = await run({ ...pin, ...values });
		expect(problemOf(itemsOf(result)[0])).toContain(problem);
		expect(meta.take()).toBeNull();
	});
});

describe('the Messaging Account ID of the credential', () => {
	test('goes along, and does not make the message another one', async () => {
		const hashes = [];
		for (const messagingAccountId of ['', '700000000000001']) {
			const item = onlyJson(await run(detailed({ text: 'Hello' }), { messagingAccountId }));
			hashes.push(String(item['payloadHash']));
			expect(meta.take()?.['messaging_account_id']).toBe(messagingAccountId || undefined);
		}
		expect(hashes[0]).toMatch(/^[0-9a-f]+$/);
		expect(hashes[0]).toBe(hashes[1]);
	});

	test('does not replace what a custom message names itself', async () => {
		const body = { messaging_account_id: '700000000000002', type: 'text', text: { body: 'Hi' } };
		const parameters = { operation: 'sendCustom', customBody: JSON.stringify(body) };
		await run(parameters, { messagingAccountId: '700000000000001' });
		expect(meta.take()?.['messaging_account_id']).toBe('700000000000002');
	});
});

describe('a custom message without its type', () => {
	const custom = (body: unknown) => ({ operation: 'sendCustom', customBody: JSON.stringify(body) });

	test('is known by its only member', async () => {
		await run(custom({ to: '+15557654321', location: { latitude: 1, longitude: 2 } }));
		expect(meta.take()).toMatchObject({
			type: 'location',
			location: { latitude: 1, longitude: 2 },
		});
	});

	test.each([
		[{ text: { body: 'Hi' }, image: { id: '1' } }, 'has no "type", and could be image or text'],
		[{ hologram: {} }, 'has no "type", the name of the kind of message'],
		[{ type: 7, text: {} }, 'has a "type" that must be text, but is the number 7'],
	])('%j is refused', async (body, problem) => {
		const result = await run(custom(body));
		expect(problemOf(itemsOf(result)[0])).toContain(`"Message (JSON)" ${problem}`);
		expect(meta.take()).toBeNull();
	});
});

describe('what a refusal advises', () => {
	const outside = { outsideWindow: { settings: { category: 'utility' } } };

	test.each([
		[100, outside, 'Options › Send Outside the Window'],
		[100, {}, 'Change the value'],
		[131047, {}, 'Options › Send Outside the Window'],
		[131061, {}, 'Options › Marketing Messages API'],
		[131062, outside, 'needs a phone number'],
		[131064, outside, 'choose the category'],
		[132021, outside, 'Template Name'],
		[139200, outside, 'Send an approved template instead'],
	])('code %i with %j', async (code, options, advice) => {
		// In another language, because the wording must not matter.
		meta.answerNext({ error: { code, type: 'OAuthException', message: 'Nicht möglich' } });
		const { error } = onlyJson(await run({ text: 'It left.', options }));
		expect(error).toMatchObject({ code, advice: expect.stringContaining(advice) });
	});
});
