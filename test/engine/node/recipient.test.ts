import { runNode, useSimulator } from '../harness';
import {
	accepted,
	credentials,
	ids,
	itemsOf,
	onlyJson,
	problemOf,
	withoutStatuses,
} from './account';

const simulator = useSimulator(withoutStatuses);

/** Sends a text to each; an expression gives the recipient, as with rows of a table. */
const sendTo = async (
	recipients: unknown[],
	account: Record<string, unknown> = {},
	options: Record<string, unknown> = {},
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '={{ $json.to }}', text: 'Hello', options },
		credentials: credentials(simulator.url, account),
		items: recipients.map((to) => ({ json: { to } })),
		onError: 'continueRegularOutput',
	});

/** Where the messages went, as written in the requests. */
const addresses = async () =>
	(await accepted(simulator)).map(({ body }) => body['to'] ?? body['recipient']);

test('a number goes out as + and digits, however it was written', async () => {
	await sendTo([
		'+1 (555) 123-4567',
		'001 555 123 4567',
		'+49 (0)151 23456789',
		'15551234567',
		'whatsapp:+15551234567',
		'\u202a+44 7700 900123\u202c',
		15551234567,
	]);
	expect((await addresses()).toSorted()).toEqual(
		[
			'+15551234567',
			'+15551234567',
			'+4915123456789',
			'+15551234567',
			'+15551234567',
			'+447700900123',
			'+15551234567',
		].toSorted(),
	);
});

test('a local number gets the default country of the credential', async () => {
	await sendTo(['0151 23456789'], { defaultCountry: 'de' });
	await sendTo(['(555) 123-4567'], { defaultCountry: 'US' });
	expect(await addresses()).toEqual(['+4915123456789', '+15551234567']);
});

describe('a user ID', () => {
	test('goes into a member of its own, and the item shows what Meta knows', async () => {
		const known = onlyJson(await sendTo(['+1 555 123 4567']));
		const { userId } = known['recipient'] as { userId: string };
		const result = await sendTo([userId]);
		const [, byUserId] = await accepted(simulator);
		expect(byUserId?.body).toMatchObject({ recipient: userId, recipient_type: 'individual' });
		expect(byUserId?.body).not.toHaveProperty('to');
		expect(onlyJson(result)['recipient']).toEqual({
			input: userId,
			waId: '15551234567',
			userId,
		});
	});

	test('of somebody whose number is hidden gives an item without number', async () => {
		const { userId } = await simulator.admin<{ userId: string }>('POST', '/chat/customers', {
			name: 'Hidden',
			username: 'hidden',
			phoneHidden: true,
		});
		const { recipient } = onlyJson(await sendTo([userId]));
		expect(recipient).toEqual({ input: userId, waId: null, userId });
	});
});

describe('a group', () => {
	test('is named by its ID', async () => {
		await sendTo([ids.group], {}, { recipientType: 'group' });
		const [message] = await accepted(simulator);
		expect(message?.body).toMatchObject({ to: ids.group, recipient_type: 'group' });
	});

	test('that does not exist is reported in Meta’s words', async () => {
		const [item] = itemsOf(await sendTo(['nobody'], {}, { recipientType: 'group' }));
		expect(problemOf(item)).toContain('131041');
	});
});

describe('what cannot be read', () => {
	test.each([
		['', '"Recipient" is empty'],
		['  ', '"Recipient" is empty'],
		[null, '"Recipient" is empty'],
		[undefined, '"Recipient" is empty'],
		['Ana', '"Recipient" "Ana" is neither a phone number nor a user ID'],
		['ana@example.com', 'is neither a phone number nor a user ID'],
		['0151 23456789', '"Recipient" "0151 23456789" has no country code'],
		['+1 555', 'is no phone number'],
		['+1 555 123 4567 8901 2345', 'is no phone number'],
		[`+${'1'.repeat(500)}`, 'is no phone number'],
		[{ number: 1 }, '"Recipient" must be text, but is an object'],
		[['+15551234567'], '"Recipient" must be text, but is a list'],
		[true, '"Recipient" must be text, but is the boolean true'],
	])('%p', async (recipient, problem) => {
		const [item] = itemsOf(await sendTo([recipient]));
		expect(problemOf(item)).toContain(problem);
		expect(problemOf(item)).toContain('[item 0]');
		expect(item?.json['error']).toMatchObject({ advice: expect.stringMatching(/\w/) });
		expect(problemOf(item)?.length).toBeLessThan(200);
		expect((await simulator.counters())['requests']).toBe(0);
	});

	test('a number that could be two is refused with both', async () => {
		const [item] = itemsOf(await sendTo(['15123456789'], { defaultCountry: 'DE' }));
		expect(problemOf(item)).toContain(
			'could be the local number +4915123456789 or the full number +15123456789',
		);
	});

	test('a default country that does not exist is reported with its field', async () => {
		const [item] = itemsOf(await sendTo(['0151 23456789'], { defaultCountry: 'XX' }));
		expect(problemOf(item)).toContain('Default Country "XX" is no known country');
		expect(item?.json['error']).toMatchObject({ advice: expect.stringContaining('credential') });
	});

	test('others of the batch still go out', async () => {
		const items = itemsOf(await sendTo(['+15551234567', 'Ana', '+15557654321']));
		expect(items.map((item) => problemOf(item) === undefined)).toEqual([true, false, true]);
		expect(problemOf(items[1])).toContain('[item 1]');
		expect(await accepted(simulator)).toHaveLength(2);
	});
});

test('the own number of the business is refused by Meta, and the advice says so', async () => {
	const [item] = itemsOf(await sendTo(['+1 555 010 0001']));
	expect(problemOf(item)).toContain('131021');
});

test('a custom message goes to whom its JSON names, and the item says so', async () => {
	const send = async (to: unknown) =>
		await runNode({
			node: 'whatsAppCloud',
			parameters: {
				operation: 'sendCustom',
				recipient: '+15550200009',
				customBody: JSON.stringify({ type: 'text', text: { body: 'Hello' }, to }),
			},
			credentials: credentials(simulator.url),
		});
	for (const [to, input] of [
		['+1 555 020 0002', '+15550200002'],
		['', '+15550200009'],
	]) {
		expect(onlyJson(await send(to))['recipient']).toMatchObject({ input });
		expect((await addresses()).at(-1)).toBe(input);
	}
	const refused = await send({ a: 1 });
	expect('error' in refused && refused.error.message).toMatch(
		/^"Message \(JSON\) › to" must be text, but is an object/,
	);
	expect(await addresses()).toHaveLength(2);
});
