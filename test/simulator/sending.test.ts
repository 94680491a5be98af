import { at, listAt, textAt } from './support/json';
import { ana, ids, message, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const details = (answer: { body: unknown }): unknown => [
	at(answer.body, 'error', 'code'),
	at(answer.body, 'error', 'error_data', 'details'),
];

test('a text is accepted and answered as Meta does', async () => {
	const answer = await simulator.send({ biz_opaque_callback_data: 'order 1' });
	expect(answer.status).toBe(200);
	expect(answer.body).toEqual({
		messaging_product: 'whatsapp',
		contacts: [{ input: `+${ana}`, wa_id: ana, user_id: expect.stringMatching(/^US\.\d+$/) }],
		messages: [{ id: expect.stringMatching(/^wamid\./) }],
	});
	expect(await simulator.admin('/counters')).toMatchObject({
		acceptedMessages: 1,
		byRecipient: { [ana]: 1 },
		byOperationId: { 'order 1': 1 },
		byType: { text: 1 },
	});
	expect(await simulator.admin('/messages')).toMatchObject({
		total: 1,
		data: [
			{
				id: textAt(answer.body, 'messages', 0, 'id'),
				recipient: ana,
				operationId: 'order 1',
				phoneNumberId: ids.phoneNumber,
				body: { text: { body: 'Hello' } },
			},
		],
	});
});

test('a template tells the state of its message', async () => {
	const answer = await simulator.send({
		type: 'template',
		template: { name: 'hello_world', language: { code: 'en_US' } },
	});
	expect(answer.body).toMatchObject({ messages: [{ message_status: 'accepted' }] });
});

test.each([
	['+1 (555) 020-0001', '15550200001'],
	['+15550200001', '15550200001'],
	['5550200001', '15550200001'],
	// The reference warns of this: without a plus, Meta prepends the country code to a full number.
	['15550200001', '115550200001'],
])('the recipient %s is %s', async (to, waId) => {
	const answer = await simulator.send({ to });
	expect(answer.body).toMatchObject({ contacts: [{ input: to, wa_id: waId }] });
});

test.each([
	['no recipient', { to: undefined }, 'to is required'],
	['letters', { to: '+1555CALLME' }, 'valid phone number'],
	['too many digits', { to: '+1234567890123456' }, '15 digits'],
	['a user ID in to', { to: 'US.13491208655302741918' }, 'valid phone number'],
	['a recipient that is no user ID', { to: undefined, recipient: 'someone' }, 'valid user ID'],
	['no product', { messaging_product: undefined }, 'messaging_product'],
	['another product', { messaging_product: 'signal' }, 'WHATSAPP'],
	['a wrong recipient_type', { recipient_type: 'crowd' }, 'recipient_type'],
	['callback data of 513 characters', { biz_opaque_callback_data: 'x'.repeat(513) }, '512'],
	['callback data of 513 emoji', { biz_opaque_callback_data: '🌵'.repeat(513) }, '512'],
	['callback data that is no text', { biz_opaque_callback_data: 1 }, 'string'],
])('refused with 100: %s', async (_name, parts, words) => {
	const answer = await simulator.send(parts);
	expect(answer.status).toBe(400);
	expect(details(answer)).toEqual([100, expect.stringContaining(words)]);
	expect(await simulator.admin('/counters')).toMatchObject({
		acceptedMessages: 0,
		refusedMessages: 1,
	});
});

test('callback data of 512 characters is accepted', async () => {
	// Characters are code points: an emoji that takes two UTF-16 units counts as one.
	for (const character of ['x', '🌵']) {
		const data = character.repeat(512);
		expect((await simulator.send({ biz_opaque_callback_data: data })).status).toBe(200);
	}
});

test.each([
	['an unknown type', { type: 'telegram' }, 131051],
	['the sender itself', { to: '+15550100001' }, 131021],
	['a context without ID', { context: {} }, 131008],
	['a group that is not there', { recipient_type: 'group', to: 'nowhere' }, 131041],
])('refused: %s', async (_name, parts, code) => {
	const answer = await simulator.send(parts);
	expect(answer.status).toBe(400);
	expect(at(answer.body, 'error', 'code')).toBe(code);
});

test('broken JSON, a list and an empty body', async () => {
	for (const body of ['{"a":', '[1]', '']) {
		const answer = await simulator.graph(`/${ids.phoneNumber}/messages`, {
			body,
			headers: { 'content-type': 'application/json' },
		});
		expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([400, 100]);
	}
});

test('a form is taken like JSON', async () => {
	const body = new URLSearchParams({
		messaging_product: 'whatsapp',
		to: `+${ana}`,
		type: 'text',
		text: '{"body":"from a form"}',
	});
	expect((await simulator.graph(`/${ids.phoneNumber}/messages`, { body })).status).toBe(200);
});

test('a user ID goes into recipient; a phone number wins over it', async () => {
	const first = await simulator.send();
	const userId = textAt(first.body, 'contacts', 0, 'user_id');
	const byUserId = await simulator.send({ to: undefined, recipient: userId });
	expect(byUserId.body).toMatchObject({
		contacts: [{ input: userId, wa_id: ana, user_id: userId }],
	});
	const both = await simulator.send({ to: '+15550200002', recipient: userId });
	expect(both.body).toMatchObject({ contacts: [{ wa_id: '15550200002' }] });
});

test('a customer with a hidden number is answered by user ID alone', async () => {
	const customer = await simulator.admin('/chat/customers', { name: 'Eve', phoneHidden: true });
	const answer = await simulator.send({ to: undefined, recipient: textAt(customer, 'userId') });
	expect(answer.body).toMatchObject({ contacts: [{ user_id: textAt(customer, 'userId') }] });
	expect(at(answer.body, 'contacts', 0, 'wa_id')).toBeUndefined();
});

test('one-time passwords need a phone number', async () => {
	const first = await simulator.send();
	const answer = await simulator.send({
		to: undefined,
		recipient: textAt(first.body, 'contacts', 0, 'user_id'),
		type: 'template',
		template: { name: 'login_code', language: { code: 'en_US' } },
	});
	expect(at(answer.body, 'error', 'code')).toBe(131062);
});

test('a group gets a message', async () => {
	const answer = await simulator.send({ recipient_type: 'group', to: ids.group });
	expect(answer.body).toMatchObject({ contacts: [{ input: ids.group, wa_id: ids.group }] });
});

test.each([
	['a text', {}, 131055],
	[
		'a utility template',
		{ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
		134100,
	],
])('the marketing endpoint refuses %s', async (_name, parts, code) => {
	const answer = await simulator.graph(`/${ids.phoneNumber}/marketing_messages`, {
		json: message(parts),
	});
	expect(at(answer.body, 'error', 'code')).toBe(code);
});

test('the marketing endpoint takes marketing templates with a policy', async () => {
	const parts = {
		type: 'template',
		template: {
			name: 'coupon',
			language: { code: 'en_US' },
			components: [
				{
					type: 'body',
					parameters: [
						{ type: 'text', text: 'A' },
						{ type: 'text', text: 'B' },
					],
				},
				{
					type: 'button',
					sub_type: 'copy_code',
					index: 1,
					parameters: [{ type: 'coupon_code', coupon_code: 'A' }],
				},
			],
		},
		product_policy: 'STRICT',
		message_activity_sharing: true,
	};
	const send = async (json: object): Promise<number> =>
		(await simulator.graph(`/${ids.phoneNumber}/marketing_messages`, { json })).status;
	expect(await send(message(parts))).toBe(200);
	expect(await send(message({ ...parts, product_policy: 'MAYBE' }))).toBe(400);
	expect(await simulator.admin('/messages')).toMatchObject({
		data: [{ endpoint: 'marketing_messages' }],
	});
});

test('who is blocked gets nothing', async () => {
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: { type: 'text', text: { body: 'spam' } },
	});
	const json = { messaging_product: 'whatsapp', block_users: [{ user: `+${ana}` }] };
	const blocked = await simulator.graph(`/${ids.phoneNumber}/block_users`, { json });
	expect(blocked.body).toMatchObject({
		block_users: { added_users: [{ input: `+${ana}`, wa_id: ana }] },
	});
	expect(at((await simulator.send()).body, 'error', 'code')).toBe(130403);
	const list = await simulator.graph(`/${ids.phoneNumber}/block_users`);
	expect(listAt(list.body, 'data')).toMatchObject([{ wa_id: ana }]);
	await simulator.graph(`/${ids.phoneNumber}/block_users`, { json, method: 'DELETE' });
	expect((await simulator.send()).status).toBe(200);
});

test('only who has written within a day can be blocked', async () => {
	const json = { messaging_product: 'whatsapp', block_users: [{ user: '+15550200002' }] };
	const answer = await simulator.graph(`/${ids.phoneNumber}/block_users`, { json });
	expect(at(answer.body, 'error', 'code')).toBe(139100);
	expect(at(answer.body, 'error', 'block_users', 'failed_users', 0, 'input')).toBe('+15550200002');
});

test('own limits: 130429 per number, 131056 per pair', async () => {
	await simulator.admin('/settings', { limits: { messagesPerSecond: 3 } }, 'PATCH');
	const codes = async (count: number): Promise<unknown[]> => {
		const answers = [];
		for (let turn = 0; turn < count; turn++) answers.push(await simulator.send());
		return answers.map(({ status, body }) => (status === 200 ? 200 : at(body, 'error', 'code')));
	};
	const seen = await codes(20);
	expect(new Set(seen)).toEqual(new Set([200, 130429]));
	await simulator.admin(
		'/settings',
		{ limits: { messagesPerSecond: null, pairLimit: true } },
		'PATCH',
	);
	const pair = await codes(50);
	expect(pair.slice(0, 45)).toEqual(Array.from({ length: 45 }, () => 200));
	expect(pair.at(-1)).toBe(131056);
	await simulator.admin('/clock', { ms: 6_000 });
	expect((await simulator.send()).status).toBe(200);
});

test('the log of requests shows no token', async () => {
	await simulator.send();
	await simulator.graph('/me?access_token=SIMULATOR_STANDBY_TOKEN', { token: null });
	const log = JSON.stringify(await simulator.admin('/requests'));
	expect(log).not.toContain('SIMULATOR_');
	expect(log).toContain('/messages');
});
