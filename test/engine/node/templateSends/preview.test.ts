import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { jpegOf } from '../../../fixtures/files/jpegOf';
import { useEngine, useSimulator } from '../../harness';
import {
	accepted,
	appSecret,
	credentials,
	ids,
	itemsOf,
	requests,
	withoutStatuses,
} from '../account';
import { binaryFile, noise } from '../files';
import { picked, templateNode } from './picked';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();
const { fields, send } = templateNode(engine, simulator);

beforeEach(async () => {
	// What an earlier test has looked up is forgotten.
	await engine.reload({});
	await loadTemplates(simulator.url);
});

const shipped = templateFixture('order_shipped');

const values = { 'body.1': 'Ada', 'body.2': 'L-1', 'body.3': 'Monday', 'button.0.url': 'L-1' };

describe('Preview Only', () => {
	const preview = async (
		template: Parameters<typeof fields>[0],
		value: Record<string, unknown>,
		items?: Parameters<typeof send>[1],
	) => {
		const schema = await fields(template);
		return await send(
			picked(template, { value, schema }, { options: { previewOnly: true } }),
			items,
		);
	};

	test('gives text, category, status and window, and sends nothing', async () => {
		const [item] = itemsOf(await preview(shipped, values));
		expect(item?.json).toEqual({
			outcome: 'preview',
			messageId: null,
			recipient: { input: '+15550100002', waId: null, userId: null },
			phoneNumberId: ids.phoneNumber,
			template: {
				name: 'order_shipped',
				language: 'en_US',
				category: 'UTILITY',
				text: 'Hi Ada, your order L-1 left our greenhouse and arrives on Monday at your door.\n\n[Track order]',
				status: 'APPROVED',
				quality: 'GREEN',
			},
			blocked: null,
			endpoint: 'messages',
			window: {
				state: 'unknown',
				until: null,
				isFreeEntry: false,
				note: 'Whether the window is open is not known; a template may go all the same. Charged as a utility message once it is delivered, whether the window is open or not.',
			},
		});
		expect(await accepted(simulator)).toEqual([]);
		const posted = (await requests(simulator)).filter(({ method }) => method === 'POST');
		expect(posted).toEqual([]);
	});

	test('knows the window of a person who has written', async () => {
		const from = '15550100002';
		const value = {
			messaging_product: 'whatsapp',
			metadata: { display_phone_number: '15550100001', phone_number_id: ids.phoneNumber },
			contacts: [{ wa_id: from, profile: { name: 'Ada' } }],
			messages: [
				{
					id: 'wamid.WINDOW',
					from,
					timestamp: String(Math.floor(Date.now() / 1000) - 3600),
					type: 'text',
					text: { body: 'hi' },
				},
			],
		};
		const body = JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: ids.businessAccount, changes: [{ field: 'messages', value }] }],
		});
		const answer = await engine.replayWebhook({
			credentials: credentials(simulator.url),
			secret: appSecret,
			body,
		});
		expect(answer.status).toBe(200);
		const [item] = itemsOf(await preview(shipped, values));
		expect(item?.json).toMatchObject({
			window: {
				state: 'open',
				until: expect.stringMatching(/^\d{4}-/),
				note: expect.stringMatching(/^The window is open for about 23 hours/),
			},
		});
	});

	test('fills the text of values that were given by hand', async () => {
		const result = await send(
			picked(
				templateFixture('welcome_back'),
				{ value: {} },
				{
					componentsInput: 'fields',
					templateValues: undefined,
					templateParts: ['body'],
					bodyVariables: { variable: [{ type: 'text', text: 'Ada' }] },
					options: { previewOnly: true },
				},
			),
		);
		expect(itemsOf(result)[0]?.json).toMatchObject({
			template: { text: 'Welcome back, Ada. A fern waits for you.', category: 'MARKETING' },
		});
	});

	test('fails as the message would', async () => {
		const result = await preview(templateFixture('paused_tips'), { 'body.1': 'ferns' });
		expect(result.error?.message).toContain('has the status PAUSED now');
	});

	test('checks a file without uploading it', async () => {
		const receipt = templateFixture('receipt_with_picture');
		const given = {
			'header.image': 'photo',
			'body.1': 'Ada',
			'body.2': '$ 3',
			'button.0.url': '1',
		};
		const photo = (content: Buffer) => [
			{ json: {}, binary: { photo: binaryFile(content, 'image/jpeg') } },
		];
		const fine = await preview(receipt, given, photo(jpegOf(600, 400)));
		expect(itemsOf(fine)[0]?.json).toMatchObject({ outcome: 'preview' });
		const huge = Buffer.concat([jpegOf(600, 400), noise(6_000_000)]);
		const { error } = await preview(receipt, given, photo(huge));
		expect(error?.message).toMatch(/^"Values › Image"/);
		const posted = (await requests(simulator)).filter(({ method }) => method === 'POST');
		expect(posted).toEqual([]);
	});

	test('shows the translation and the route that the options choose', async () => {
		const schema = await fields(shipped);
		const options = { previewOnly: true, recipientLanguage: 'de' };
		const result = await send(picked(shipped, { value: values, schema }, { options }));
		expect(itemsOf(result)[0]?.json).toMatchObject({
			template: { language: 'de', text: expect.stringMatching(/^Hallo Ada/) },
		});
	});
});
