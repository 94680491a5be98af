import { Callback } from './support/callback';
import { EventStream } from './support/event-stream';
import { png } from './support/files';
import type { Json } from './support/json';
import { at, listAt, textAt } from './support/json';
import { accessToken, ana, ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=0,read=never']);
let callback: Callback;
let stream: EventStream;
beforeAll(async () => {
	callback = await new Callback().start();
});
afterAll(async () => {
	await callback.stop();
});
beforeEach(async () => {
	callback.received.length = 0;
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url } }, 'PATCH');
	stream = await new EventStream().open(simulator.url);
});
afterEach(() => stream.close());

const text = (body: string): Json => ({ type: 'text', text: { body } });
const conversation = async (): Promise<Json[]> =>
	listAt(await simulator.admin('/chat/state'), 'conversations', 0, 'messages');

test('the state has numbers, customers, templates, products and what was said', async () => {
	expect(await simulator.admin('/chat/state')).toEqual({
		phoneNumbers: [
			{ id: ids.phoneNumber, displayPhoneNumber: '+1 555-010-0001', verifiedName: 'Lucky Shrub' },
			expect.objectContaining({ id: ids.secondPhoneNumber }),
		],
		customers: expect.arrayContaining([
			{
				waId: ana,
				userId: expect.stringMatching(/^US\.\d+$/),
				username: null,
				name: 'Ana Torres',
				phoneHidden: false,
			},
		]),
		conversations: [],
		templates: expect.arrayContaining([expect.objectContaining({ name: 'hello_world' })]),
		products: expect.arrayContaining([
			expect.objectContaining({ retailerId: 'SKU-ALOE', price: '$12.50', amount: 12.5 }),
		]),
		now: expect.any(Number),
	});
	const inboundId = await simulator.say(text('hi'));
	const outboundId = await simulator.sendId({ context: { message_id: inboundId } });
	expect(await conversation()).toEqual([
		expect.objectContaining({ id: inboundId, author: 'customer', type: 'text', status: null }),
		expect.objectContaining({ id: outboundId, author: 'business', contextId: inboundId }),
	]);
});

test('the stream tells of messages and of their statuses', async () => {
	expect(stream.contentType).toContain('text/event-stream');
	const id = await simulator.sendId({});
	await stream.next('message', (data) => data['id'] === id && data['status'] === 'accepted');
	await stream.next('message', (data) => data['id'] === id && data['status'] === 'sent');
	await stream.next('message', (data) => data['id'] === id && data['status'] === 'delivered');
	await simulator.admin('/chat/read', { phoneNumberId: ids.phoneNumber, customer: ana });
	await stream.next('message', (data) => data['id'] === id && data['status'] === 'read');
	await callback.until(() => callback.statuses().some(({ status }) => status === 'read'));
	await simulator.admin('/reset', {});
	await stream.next('reset');
});

test('a template message comes with its definition', async () => {
	await simulator.send({
		type: 'template',
		template: { name: 'hello_world', language: { code: 'en_US' } },
	});
	const message = await stream.next('message');
	expect(at(message, 'template', 'components', 0, 'text')).toBe('Hello World');
});

test('marking as read colours the ticks, and typing shows until the reply', async () => {
	const id = await simulator.say(text('hi'));
	await simulator.graph(`/${ids.phoneNumber}/messages`, {
		json: {
			messaging_product: 'whatsapp',
			status: 'read',
			message_id: id,
			typing_indicator: { type: 'text' },
		},
	});
	await stream.next('message', (data) => data['id'] === id && data['status'] === 'read');
	const who = { phoneNumberId: ids.phoneNumber, customer: ana };
	expect(await stream.next('typing', (data) => data['on'] === true)).toEqual({ ...who, on: true });
	await simulator.send();
	expect(await stream.next('typing', (data) => data['on'] === false)).toEqual({
		...who,
		on: false,
	});
});

test('typing ends by itself after 25 seconds', async () => {
	const id = await simulator.say(text('hi'));
	await simulator.graph(`/${ids.phoneNumber}/messages`, {
		json: {
			messaging_product: 'whatsapp',
			status: 'read',
			message_id: id,
			typing_indicator: { type: 'text' },
		},
	});
	await simulator.admin('/clock', { ms: 24_900 });
	expect(stream.events.filter(({ name }) => name === 'typing')).toHaveLength(1);
	await simulator.admin('/clock', { ms: 200 });
	await stream.next('typing', (data) => data['on'] === false);
});

test('reactions go to the message that they are for', async () => {
	const id = await simulator.sendId({});
	const reaction = async (emoji: string): Promise<unknown> =>
		await simulator.say({ type: 'reaction', reaction: { message_id: id, emoji } });
	await reaction('❤️');
	await stream.next('message', (data) => at(data, 'reactions', 'customer') === '❤️');
	await reaction('');
	expect(await conversation()).toMatchObject([
		{ id, reactions: { customer: null, business: null } },
	]);
	const inboundId = await simulator.say(text('hi'));
	await simulator.send({ type: 'reaction', reaction: { message_id: inboundId, emoji: '👍' } });
	expect(await conversation()).toMatchObject([
		{ id },
		{ id: inboundId, reactions: { business: '👍' } },
	]);
});

test('new customers get a number and a user ID', async () => {
	const eve = await simulator.admin('/chat/customers', { name: 'Eve', username: 'eve' });
	expect(eve).toEqual({
		waId: expect.stringMatching(/^1555\d+$/),
		userId: expect.stringMatching(/^US\.\d+$/),
		name: 'Eve',
		username: 'eve',
		phoneHidden: false,
	});
	await stream.next('customer', (data) => data['name'] === 'Eve');
	const frank = await simulator.admin('/chat/customers', {
		name: 'Frank',
		waId: '+49 170 1234567',
	});
	expect(frank).toMatchObject({ waId: '491701234567', userId: expect.stringMatching(/^DE\./) });
	await expect(simulator.admin('/chat/customers', {})).rejects.toThrow('name');
});

test('a file of a customer: upload, webhook with URL, download', async () => {
	const form = new FormData();
	form.set('file', new Blob([new Uint8Array(png(500))], { type: 'image/png' }), 'cat.png');
	const response = await fetch(`${simulator.url}/_simulator/chat/media`, {
		method: 'POST',
		body: form,
	});
	const file = (await response.json()) as Json;
	expect(file).toEqual({
		id: expect.any(String),
		mime_type: 'image/png',
		sha256: expect.stringMatching(/=$/),
		file_size: 500,
		filename: 'cat.png',
	});
	const id = await simulator.say({ type: 'image', image: { id: file['id'], caption: 'my cat' } });
	const message = await callback.message(id);
	expect(message['image']).toEqual({
		id: file['id'],
		caption: 'my cat',
		mime_type: 'image/png',
		sha256: file['sha256'],
		url: expect.stringContaining(simulator.url),
	});
	const headers = { authorization: `Bearer ${accessToken}` };
	const download = await fetch(textAt(message, 'image', 'url'), { headers });
	expect((await download.arrayBuffer()).byteLength).toBe(500);
	const open = await fetch(`${simulator.url}/_simulator/chat/media/${textAt(file, 'id')}`);
	expect([open.status, open.headers.get('content-type')]).toEqual([200, 'image/png']);
	expect((await fetch(`${simulator.url}/_simulator/chat/media/1`)).status).toBe(404);
	// A file that came with a webhook lives for seven days.
	await simulator.admin('/clock', { ms: 7 * 86_400_000 });
	expect((await simulator.graph(`/${textAt(file, 'id')}`)).status).toBe(400);
});

test.each([
	['bytes=0-', 206, 0, 500],
	['bytes=1-3', 206, 1, 4],
	['bytes=-4', 206, 496, 500],
	['bytes=8-99999', 206, 8, 500],
	['bytes=99999-', 200, 0, 500],
	['bytes=0-1,4-5', 200, 0, 500],
	['lines=1-2', 200, 0, 500],
])('part of a file, so that sounds can be moved within: %s', async (range, status, start, end) => {
	const content = png(500).fill('x', 40, 499);
	const id = textAt((await simulator.upload(content, 'image/png')).body, 'id');
	const answer = await fetch(`${simulator.url}/_simulator/chat/media/${id}`, {
		headers: { range },
	});
	expect(answer.status).toBe(status);
	expect(answer.headers.get('content-range')).toBe(
		status === 206 ? `bytes ${start}-${end - 1}/500` : null,
	);
	expect(Buffer.from(await answer.arrayBuffer())).toEqual(content.subarray(start, end));
});

test('a voice note that was heard is played', async () => {
	const audio = { link: 'https://example.com/a.ogg', voice: true };
	const id = await simulator.sendId({ type: 'audio', audio });
	await simulator.admin('/chat/played', { messageId: id });
	await callback.until(() => callback.statuses().some(({ status }) => status === 'played'));
});

test('in a group every participant has a status of their own', async () => {
	await simulator.send({ recipient_type: 'group', to: ids.group });
	await callback.until(() => callback.statuses().length === 3);
	expect(callback.statuses()).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ status: 'sent', recipient_id: ids.group, recipient_type: 'group' }),
			expect.objectContaining({ status: 'delivered', recipient_participant_id: ana }),
			expect.objectContaining({ status: 'delivered', recipient_participant_id: '15550200002' }),
		]),
	);
});

test('the page is served, its TypeScript without types, and nothing beside it', async () => {
	const open = async (path: string): Promise<Response> =>
		await fetch(`${simulator.url}/_simulator/chat/${path}`);
	const page = await fetch(simulator.url);
	expect(page.url).toBe(`${simulator.url}/_simulator/chat/`);
	expect(page.headers.get('content-type')).toContain('text/html');
	const script = await open('app.ts');
	expect(script.headers.get('content-type')).toContain('text/javascript');
	expect(await script.text()).not.toContain('import type');
	for (const path of ['..%2fpackage.json', '%2e%2e%2f%2e%2e%2fpackage.json', 'nothing.html']) {
		expect((await open(path)).status).toBe(404);
	}
});

test('wrong input is refused with words', async () => {
	const good = { phoneNumberId: ids.phoneNumber, customer: ana, message: text('x') };
	for (const [parts, words] of [
		[{ phoneNumberId: '1' }, 'no phone number 1'],
		[{ customer: 'nobody' }, 'phone number'],
		[{ message: { type: 'image' } }, 'message.image is missing'],
		[{ message: {} }, 'message.type'],
	] as const) {
		const call = simulator.admin('/chat/messages', { ...good, ...parts });
		await expect(call).rejects.toThrow(words);
	}
});
