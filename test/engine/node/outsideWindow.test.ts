import { startRecorder, type Recorder } from '../corpus';
import { runNode } from '../harness';
import { credentials, itemsOf, onlyJson, problemOf } from './account';

let meta: Recorder;

beforeAll(async () => {
	meta = await startRecorder();
});
afterAll(() => meta.close());
beforeEach(() => meta.take());

const run = async (parameters: Record<string, unknown>, answer?: Record<string, unknown>) => {
	if (answer !== undefined) meta.answerNext(answer);
	return await runNode({
		node: 'whatsAppCloud',
		parameters: { recipient: '+1 555 123 4567', ...parameters },
		credentials: credentials(meta.url, { stateStore: 'off' }),
		onError: 'continueRegularOutput',
	});
};

const outside = (settings: Record<string, unknown> = {}) => ({
	outsideWindow: { settings: { category: 'utility', ...settings } },
});

const interactive = (interactiveType: string, values: Record<string, unknown>) => ({
	operation: 'sendInteractive',
	interactiveType,
	body: 'Your parcel has left the warehouse.',
	...values,
});

const rows = (...button: Record<string, unknown>[]) => ({
	buttonsInput: 'fields',
	buttons: { button },
});

const reply = (title: string) => ({ type: 'reply', id: title.toLowerCase(), title });
const link = (title: string) => ({ type: 'url', url: 'https://example.com/parcel', title });

describe('what goes out', () => {
	test('a text with lifetime and the name of its template', async () => {
		const options = outside({ ttlSeconds: '7200', templateName: 'parcel_left' });
		expect(onlyJson(await run({ text: 'It left.', options }))).toMatchObject({ outcome: 'sent' });
		expect(meta.take()).toEqual({
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			to: '+15551234567',
			type: 'text',
			text: { body: 'It left.' },
			category: 'utility',
			ttl_seconds: 7200,
			direct_send_config: { template_name: 'parcel_left' },
			biz_opaque_callback_data: expect.any(String),
		});
	});

	test('without lifetime and name Meta decides', async () => {
		await run({ text: '493 021', options: outside({ category: 'authentication' }) });
		const body = meta.take();
		expect(body).toMatchObject({ category: 'authentication' });
		expect(body).not.toHaveProperty('ttl_seconds');
		expect(body).not.toHaveProperty('direct_send_config');
	});

	test('a user ID is taken for utility', async () => {
		await run({ text: 'It left.', recipient: 'US.1349120865', options: outside() });
		expect(meta.take()).toMatchObject({ recipient: 'US.1349120865', category: 'utility' });
	});

	test('links above replies', async () => {
		const buttons = rows(link('Track'), link('Change'), ...['A', 'B', 'C', 'D'].map(reply));
		await run(interactive('button', { ...buttons, options: outside() }));
		expect(meta.take()).toMatchObject({
			category: 'utility',
			interactive: {
				type: 'button',
				action: {
					buttons: [
						{
							type: 'cta_url',
							cta_url: { url: 'https://example.com/parcel', display_text: 'Track' },
						},
						{
							type: 'cta_url',
							cta_url: { url: 'https://example.com/parcel', display_text: 'Change' },
						},
						...['A', 'B', 'C', 'D'].map((title) => ({
							type: 'reply',
							reply: { id: title.toLowerCase(), title },
						})),
					],
				},
			},
		});
	});

	test('a call button with a text above', async () => {
		const values = { headerText: 'Parcel 1042', ttlMinutes: 60, options: outside() };
		await run(interactive('voice_call', values));
		expect(meta.take()).toMatchObject({
			category: 'utility',
			interactive: {
				type: 'voice_call',
				header: { type: 'text', text: 'Parcel 1042' },
				action: { name: 'voice_call', parameters: { ttl_minutes: 60 } },
			},
		});
	});

	test('the item names the template where Meta does', async () => {
		const answer = { contacts: [{}], messages: [{ id: 'wamid.T', template_id: '8812' }] };
		const result = await run({ text: 'It left.', options: outside() }, answer);
		expect(onlyJson(result)).toMatchObject({ messageId: 'wamid.T', templateId: '8812' });
		expect(onlyJson(await run({ text: 'Hi' }))).not.toHaveProperty('templateId');
	});
});

describe('what is refused before the request', () => {
	const text = (options: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
		text: 'It left.',
		options,
		...more,
	});
	const settings = 'Options › Send Outside the Window';

	test.each<[string, Record<string, unknown>, string]>([
		[
			'a lifetime below half a minute',
			text(outside({ ttlSeconds: 29 })),
			`"${settings} › Lifetime in Seconds" must be from 30 to 43,200 seconds, but is 29`,
		],
		[
			'a lifetime above twelve hours',
			text(outside({ ttlSeconds: 43_201 })),
			`"${settings} › Lifetime in Seconds" must be from 30 to 43,200 seconds, but is 43,201`,
		],
		[
			'a lifetime above a quarter of an hour for authentication',
			text(outside({ category: 'authentication', ttlSeconds: 901 })),
			`"${settings} › Lifetime in Seconds" must be from 30 to 900 seconds, but is 901`,
		],
		[
			'a template name with other characters',
			text(outside({ templateName: 'Parcel-Left' })),
			`"${settings} › Template Name" can have lower-case letters, digits and underscores only, but is "Parcel-Left"`,
		],
		[
			'a template name that is too long',
			text(outside({ templateName: 'x'.repeat(513) })),
			`"${settings} › Template Name" can have at most 512 characters`,
		],
		[
			'a template name for authentication',
			text(outside({ category: 'authentication', templateName: 'code' })),
			`"${settings} › Template Name" can be given for the category Utility only`,
		],
		[
			'another category',
			text(outside({ category: 'marketing' })),
			`"${settings} › Category" must be one of Utility (utility), Authentication (Restricted Beta) (authentication)`,
		],
		[
			'a text that is no template any more',
			text(outside(), { text: '🌵'.repeat(1025) }),
			'"Text" can have at most 1,024 characters with Send Outside the Window, but has 1,025',
		],
		[
			'an answer to a message',
			text(outside(), { replyToMessageId: 'wamid.X' }),
			'"Reply to Message ID" cannot be given with Options › Send Outside the Window',
		],
		[
			'a group',
			text({ ...outside(), recipientType: 'group' }, { recipient: 'Y2FwaV9ncm91cDo' }),
			'"Options › Recipient Type" must be Person with Send Outside the Window',
		],
		[
			'a user ID for authentication',
			text(outside({ category: 'authentication' }), { recipient: 'US.1349120865' }),
			'"Recipient" is a user ID, and a message of the category Authentication needs a phone number',
		],
		[
			'a page without encryption',
			interactive('cta_url', {
				buttonText: 'Track',
				url: 'http://example.com/parcel',
				options: outside(),
			}),
			'"URL" must be a web address that begins with https://',
		],
		[
			'a link below a reply',
			interactive('button', { ...rows(reply('A'), link('Track')), options: outside() }),
			'"Buttons › Button 2 › Type" is Link, and links must stand before the replies',
		],
		[
			'three links',
			interactive('button', {
				...rows(link('A'), link('B'), link('C'), reply('D')),
				options: outside(),
			}),
			'"Buttons" can have at most 2 links, but has 3',
		],
		[
			'eleven buttons',
			interactive('button', {
				...rows(link('Link'), ...Array.from({ length: 10 }, (_, i) => reply(`R${i}`))),
				options: outside(),
			}),
			'"Buttons" can have at most 10 entries, but has 11',
		],
		[
			'four replies without a link',
			interactive('button', { ...rows(...['A', 'B', 'C', 'D'].map(reply)), options: outside() }),
			'"Buttons" can have at most 3 entries, but has 4',
		],
		[
			'a link in the window',
			interactive('button', rows(link('Track'), reply('A'))),
			'"Buttons › Button 1 › Type" can be Link with Options › Send Outside the Window only',
		],
		[
			'a header of a call button in the window',
			interactive('voice_call', { headerText: 'Parcel 1042' }),
			'"Header Text" can be given with Options › Send Outside the Window only',
		],
	])('%s', async (_, parameters, problem) => {
		expect(problemOf(itemsOf(await run(parameters))[0])).toContain(problem);
		expect(meta.take()).toBeNull();
	});

	const only = 'only with texts, reply buttons, link buttons and call buttons';

	test.each<[string, Record<string, unknown>, string]>([
		[
			'a list',
			interactive('list', {
				buttonText: 'Open',
				sectionsInput: 'json',
				sectionsJson: '[{"rows": [{"id": "a", "title": "A"}]}]',
			}),
			`cannot be used with List, ${only}`,
		],
		[
			'a picture',
			{ operation: 'sendMedia', mediaSource: 'link', mediaLink: 'https://example.com/a.png' },
			`cannot be used with Image, ${only}`,
		],
		[
			'a place',
			{ operation: 'sendLocation', latitude: 1, longitude: 2 },
			`cannot be used with Send Location, ${only}`,
		],
		[
			'a template',
			{
				operation: 'sendTemplate',
				template: { __rl: true, mode: 'name', value: 'hello' },
				componentsInput: 'fields',
			},
			'is not needed with a template',
		],
		[
			'a message of your own',
			{ operation: 'sendCustom', customBody: '{"type": "text", "text": {"body": "Hi"}}' },
			'is not taken with a custom message: write "category"',
		],
	])('%s refuses the option by its name', async (_, parameters, problem) => {
		const result = await run({ ...parameters, options: outside() });
		expect(problemOf(itemsOf(result)[0])).toContain(`"${settings}" ${problem}`);
		expect(meta.take()).toBeNull();
	});
});
