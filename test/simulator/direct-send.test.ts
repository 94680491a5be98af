import { Callback } from './support/callback';
import { buttons, ctaUrl, list, named, row } from './support/interactive';
import { at, listAt, textAt } from './support/json';
import { ana, appToken, ids, useSimulator, type Answer } from './support/simulator';
import { template } from './support/template';

let callback: Callback;
const simulator = useSimulator(['--timing', 'sent=0,delivered=1,read=2']);
beforeEach(async () => {
	callback = await new Callback().start();
	await simulator.admin(
		'/account',
		{ webhook: { callbackUrl: callback.url, fields: ['messages', 'calls'] } },
		'PATCH',
	);
});
afterEach(async () => await callback.stop());

type Parts = Record<string, unknown>;

const userId = 'US.15288242639991490287';
const utility = (parts: Parts = {}): Parts => ({ category: 'utility', ...parts });
const text = (body: string): Parts => ({ type: 'text', text: { body } });
const url = 'https://luckyshrub.example/parcel';
const link = (display_text: string, address = url): Parts => ({
	type: 'cta_url',
	cta_url: { url: address, display_text },
});
const reply = (id: string): Parts => ({ type: 'reply', reply: { id, title: `Say ${id}` } });
const call = (parameters: Parts = {}, parts: Parts = {}): Parts =>
	named('voice_call', 'voice_call', parts, { display_text: 'Call us', ...parameters });
const footer = { footer: { text: 'Lucky Shrub' } };

async function outcome(parts: Parts): Promise<unknown> {
	const answer = await simulator.send(parts);
	return answer.status === 200 ? 200 : at(answer.body, 'error', 'code');
}

const statusOf = async (answer: Answer, status: string): Promise<Parts> => {
	const id = textAt(answer.body, 'messages', 0, 'id');
	const find = (): Parts | undefined =>
		callback.statuses().find((entry) => entry['id'] === id && entry['status'] === status);
	await callback.until(() => find() !== undefined);
	return find() ?? {};
};

const templates = async (query: string): Promise<Parts[]> =>
	listAt(
		(await simulator.graph(`/${ids.businessAccount}/message_templates?${query}`)).body,
		'data',
	);

test.each<[string, Parts]>([
	['a text', utility()],
	['a text of 1024 characters', utility(text('x'.repeat(1024)))],
	['capitals', { category: 'UTILITY' }],
	['the shortest life', utility({ ttl_seconds: 30 })],
	['the longest life', utility({ ttl_seconds: 43_200 })],
	['a name', utility({ direct_send_config: { template_name: 'parcel_1' } })],
	['a user ID', utility({ to: undefined, recipient: userId })],
	['a link', { ...ctaUrl({ display_text: 'Track', url }), ...utility() }],
	['three replies', { ...buttons([reply('a'), reply('b'), reply('c')]), ...utility() }],
	[
		'two links and eight replies',
		{
			...buttons([link('One'), link('Two'), ...'abcdefgh'.split('').map(reply)]),
			...utility(),
		},
	],
	['a call', { ...call({ ttl_minutes: 43_200 }), ...utility() }],
	['a code', { category: 'authentication', ttl_seconds: 900 }],
	['the category of an ordinary message', { category: 'service' }],
])('taken: %s', async (_what, parts) => {
	expect(await outcome(parts)).toBe(200);
});

test.each<[string, Parts, number]>([
	['marketing', { category: 'marketing' }, 100],
	['a category that is no text', { category: 5 }, 100],
	['a text of 1025 characters', utility(text('x'.repeat(1025))), 100],
	['29 seconds', utility({ ttl_seconds: 29 }), 100],
	['43201 seconds', utility({ ttl_seconds: 43_201 }), 100],
	['half a second', utility({ ttl_seconds: 30.5 }), 100],
	['a code that lives 901 seconds', { category: 'authentication', ttl_seconds: 901 }, 100],
	['a life without category', { ttl_seconds: 60 }, 100],
	['a name with a capital', utility({ direct_send_config: { template_name: 'Parcel' } }), 100],
	['a name of 513', utility({ direct_send_config: { template_name: 'x'.repeat(513) } }), 100],
	[
		'a name for a code',
		{
			category: 'authentication',
			direct_send_config: { template_name: 'code' },
		},
		100,
	],
	['a code to a user ID', { category: 'authentication', to: undefined, recipient: userId }, 131062],
	['a group', utility({ recipient_type: 'group', to: ids.group }), 100],
	['an answer to a message', utility({ context: { message_id: 'wamid.x' } }), 100],
	['a place', utility({ type: 'location', location: { latitude: 1, longitude: 2 } }), 100],
	['a list', { ...list([{ rows: [row('1')] }]), ...utility() }, 100],
	['four replies', { ...buttons(['a', 'b', 'c', 'd'].map(reply)), ...utility() }, 131009],
	['three links', { ...buttons([link('1'), link('2'), link('3')]), ...utility() }, 131009],
	[
		'eleven buttons',
		{
			...buttons([link('1'), link('2'), ...'abcdefghi'.split('').map(reply)]),
			...utility(),
		},
		131009,
	],
	['a link behind a reply', { ...buttons([reply('a'), link('1')]), ...utility() }, 131009],
	[
		'a link as text',
		{
			...buttons([{ type: 'cta_url', title: 'One', cta_url: url }]),
			...utility(),
		},
		100,
	],
	['a link without https', { ...buttons([link('1', 'http://a.example')]), ...utility() }, 100],
	['words of 21 on a link', { ...buttons([link('x'.repeat(21))]), ...utility() }, 131009],
	['links without category', buttons([link('One'), reply('a')]), 131009],
	['a call with a footer', { ...call({}, footer), ...utility() }, 131009],
	['a call that lives too long', { ...call({ ttl_minutes: 43_201 }), ...utility() }, 131009],
])('refused: %s', async (_what, parts, expected) => {
	expect(await outcome(parts)).toBe(expected);
});

test('limits of the lifetime are reported in Meta’s words', async () => {
	const message = async (parts: Parts): Promise<string> =>
		textAt((await simulator.send(utility(parts))).body, 'error', 'message');
	expect(await message({ ttl_seconds: 43_201 })).toContain('must be lower than or equal to 43200');
	expect(await message({ ttl_seconds: 29 })).toContain('must be higher than or equal to 30');
	expect(await message({ category: 'promo' })).toContain(
		'Param category must be one of {AUTHENTICATION, SERVICE, UTILITY}',
	);
});

test('the settings switch it off in each of the ways that accounts see', async () => {
	const outcomes: unknown[] = [];
	for (const access of ['off', 'blocked', 'limited', 'on']) {
		await simulator.admin('/settings', { directSend: { utility: access } }, 'PATCH');
		outcomes.push(await outcome(utility()));
	}
	expect(outcomes).toEqual([100, 139200, 131064, 200]);
	await simulator.admin('/settings', { directSend: { authentication: 'off' } }, 'PATCH');
	expect(await outcome({ category: 'authentication' })).toBe(100);
});

test('a call needs calling, and an app that listens to calls', async () => {
	const offer = { ...call(), ...utility() };
	const number = (callingEnabled: boolean): Parts => ({
		phoneNumbers: { [ids.phoneNumber]: { callingEnabled } },
	});
	await simulator.admin('/account', number(false), 'PATCH');
	expect(await outcome(offer)).toBe(138000);
	await simulator.admin('/account', number(true), 'PATCH');
	await simulator.graph(`/${ids.app}/subscriptions`, {
		token: appToken,
		json: {
			object: 'whatsapp_business_account',
			fields: ['messages'],
			callback_url: callback.url,
			verify_token: 'verify-me',
		},
	});
	expect(await outcome(offer)).toBe(138018);
});

test('it goes out beyond the window, and its statuses name the template', async () => {
	await simulator.admin('/settings', { enforceServiceWindow: true }, 'PATCH');
	const plain = await simulator.send();
	expect(await statusOf(plain, 'failed')).toMatchObject({ errors: [{ code: 131047 }] });
	const direct = await simulator.send(utility({ direct_send_config: { template_name: 'parcel' } }));
	const [made] = await templates(
		'source=AUTO_GENERATED&name=parcel&fields=name,source,category,components',
	);
	expect(made).toMatchObject({
		name: 'parcel',
		source: 'AUTO_GENERATED',
		category: 'UTILITY',
		components: [{ type: 'BODY', text: 'Hello' }],
	});
	expect(await statusOf(direct, 'sent')).toMatchObject({
		template_id: made?.['id'],
		pricing: { category: 'utility' },
	});
	expect(await statusOf(direct, 'read')).toMatchObject({ template_id: made?.['id'] });
	expect(await statusOf(plain, 'failed')).not.toHaveProperty('template_id');
});

test('the same words make one template, other words another', async () => {
	const before = await templates('limit=100');
	await simulator.send(utility());
	await simulator.send(utility());
	await simulator.send(utility(text('Good evening')));
	expect(await templates('source=AUTO_GENERATED')).toHaveLength(2);
	expect(await templates('limit=100')).toHaveLength(before.length + 2);
});

test('a name that is taken fails afterwards, and after three times at once', async () => {
	const named_ = utility({ direct_send_config: { template_name: 'hello_world' } });
	const first = await simulator.send(named_);
	expect(await statusOf(first, 'failed')).toMatchObject({
		errors: [
			{
				code: 132021,
				error_data: {
					details: 'A template with the same name already exists. Choose a different template name',
				},
			},
		],
	});
	expect([await outcome(named_), await outcome(named_), await outcome(named_)]).toEqual([
		200, 200, 131000,
	]);
});

test('a code beyond the window fails afterwards', async () => {
	const code = { category: 'authentication', ...text('123456 is your code') };
	expect(await statusOf(await simulator.send(code), 'failed')).toMatchObject({
		errors: [{ code: 131047 }],
	});
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: text('My code?'),
	});
	expect(await statusOf(await simulator.send(code), 'delivered')).toMatchObject({
		template_id: expect.any(String),
	});
});

test('a generated template is not sent by name, edited or deleted', async () => {
	await simulator.send(utility({ direct_send_config: { template_name: 'parcel' } }));
	const [made] = await templates('source=AUTO_GENERATED');
	const sent = await simulator.send(template('parcel', undefined, textAt(made, 'language')));
	expect(at(sent.body, 'error', 'code')).toBe(132018);
	expect(textAt(sent.body, 'error', 'error_data', 'details')).toBe(
		"Direct send template can't be used for template message",
	);
	const edited = await simulator.graph(`/${textAt(made, 'id')}`, {
		json: { components: [{ type: 'BODY', text: 'Else' }] },
	});
	expect(at(edited.body, 'error')).toMatchObject({ code: 100, error_subcode: 2388318 });
	const removed = await simulator.graph(`/${ids.businessAccount}/message_templates?name=parcel`, {
		method: 'DELETE',
	});
	expect(at(removed.body, 'error')).toMatchObject({ code: 100, error_subcode: 2388330 });
});

test('a tap on its button comes as that of a template', async () => {
	const sent = await simulator.send({ ...buttons([link('Track'), reply('thanks')]), ...utility() });
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		contextId: textAt(sent.body, 'messages', 0, 'id'),
		message: {
			type: 'interactive',
			interactive: { type: 'button_reply', button_reply: { id: 'thanks', title: 'Say thanks' } },
		},
	});
	await callback.until(() => callback.messages().length > 0);
	expect(callback.messages()).toMatchObject([
		{ type: 'button', button: { payload: 'thanks', text: 'Say thanks' } },
	]);
	expect(callback.messages()[0]).not.toHaveProperty('interactive');
});
