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

const lookUps = async (): Promise<string[]> =>
	(await requests(simulator)).filter(({ method }) => method === 'GET').map(({ path }) => path);

describe('Recipient Language', () => {
	const sendTo = async (...languages: unknown[]) => {
		const schema = await fields(shipped);
		return await send(
			picked(
				shipped,
				{ value: values, schema },
				{ options: { recipientLanguage: '={{ $json.language }}' } },
			),
			languages.map((language) => ({ json: { language } })),
		);
	};

	test.each([
		['de', 'de', /^Hallo Ada/],
		['pt-PT', 'pt_BR', /^Olá Ada/],
		['en_GB', 'en_GB', /^Hello Ada/],
		['it', 'en_US', /^Hi Ada/],
		// Its translation is not approved yet.
		['fr', 'en_US', /^Hi Ada/],
		['', 'en_US', /^Hi Ada/],
	])('"%s" gets %s', async (wanted, language, text) => {
		const [item] = itemsOf(await sendTo(wanted));
		expect(item?.json).toMatchObject({
			outcome: 'sent',
			template: { language, text: expect.stringMatching(text) },
		});
		const [message] = await accepted(simulator);
		expect(message?.body['template']).toMatchObject({ language: { code: language } });
	});

	test('is looked up once for many items', async () => {
		const sent = itemsOf(await sendTo('de', 'pt_BR', 'en_GB', 'de', 'nl'));
		expect(sent.map(({ json }) => (json['template'] as { language: string }).language)).toEqual([
			'de',
			'pt_BR',
			'en_GB',
			'de',
			'en_US',
		]);
		// The panel asked before, and its answer still holds.
		expect(await lookUps()).toHaveLength(1);
	});

	test('that is no language is refused', async () => {
		const { error } = await sendTo('German, please');
		expect(error?.message).toBe(
			'"Options › Recipient Language" must be a language code such as de, pt_BR or en-GB [item 0]',
		);
	});

	test('names a value that only the translation takes', async () => {
		const longer = {
			...templateFixture('order_shipped', 'de'),
			components: [
				{ type: 'BODY', text: 'Hallo {{1}}, {{2}} kommt am {{3}} um {{4}} zu dir nach Hause.' },
			],
		};
		await loadTemplates(simulator.url, [longer]);
		const { error } = await sendTo('de');
		expect(error?.message).toBe(
			'"Values › {{4}}" is empty, and the translation de of the template order_shipped takes it [item 0]',
		);
	});
});

describe('Marketing Messages API', () => {
	const offer = templateFixture('was_utility');
	const through = async (settings: Record<string, unknown>, template = offer) => {
		const schema = await fields(template);
		const value = template === offer ? { 'body.1': '$ 5' } : values;
		const options = { marketing: { settings } };
		const result = await send(picked(template, { value, schema }, { options }));
		const [message] = await accepted(simulator);
		return { error: result.error, endpoint: message?.endpoint, body: message?.body };
	};
	const account = async (marketingMessages: string) => {
		await simulator.admin('PATCH', '/account', {
			businessAccounts: { [ids.businessAccount]: { marketingMessages } },
		});
	};

	test('never', async () => {
		expect(await through({ when: 'never' })).toMatchObject({ endpoint: 'messages' });
	});

	test('always, with its policy', async () => {
		const sent = await through({ when: 'always', productPolicy: 'STRICT', activitySharing: 'no' });
		expect(sent).toMatchObject({
			endpoint: 'marketing_messages',
			body: { product_policy: 'STRICT', message_activity_sharing: false },
		});
	});

	test('where the account has joined', async () => {
		expect(await through({})).toMatchObject({ endpoint: 'marketing_messages' });
	});

	test('elsewhere not', async () => {
		await account('ELIGIBLE');
		expect(await through({})).toMatchObject({ endpoint: 'messages' });
	});

	test('where it is enabled, a template of another category goes the usual way', async () => {
		expect(await through({ when: 'enabled' }, shipped)).toMatchObject({ endpoint: 'messages' });
	});

	test('always, with a template of another category, is an error that says so', async () => {
		const { error } = await through({ when: 'always' }, shipped);
		expect(error?.message).toMatch(/\(134100\)/);
	});

	test('strictly, in an account that has not joined, is an error that says so', async () => {
		await account('ELIGIBLE');
		const { error } = await through({ when: 'always', productPolicy: 'STRICT' });
		expect(error?.message).toMatch(/\(131055\)/);
	});

	test('sends a template with a maximum price, which nothing else does', async () => {
		const bid = templateFixture('bid_offer');
		const schema = await fields(bid);
		const result = await send(
			picked(
				bid,
				{ value: { 'body.1': 'Anna' }, schema },
				{ options: { marketing: { settings: {} } } },
			),
		);
		expect(itemsOf(result)[0]?.json).toMatchObject({ outcome: 'sent' });
	});

	test('sends a GIF', async () => {
		const gif = templateFixture('moving_fern');
		const schema = await fields(gif);
		const value = { 'header.gif': 'https://luckyshrub.example/fern.mp4', 'body.1': 'Anna' };
		const result = await send(
			picked(gif, { value, schema }, { options: { marketing: { settings: {} } } }),
		);
		expect(itemsOf(result)[0]?.json).toMatchObject({ outcome: 'sent' });
	});
});

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
			endpoint: 'messages',
			window: {
				isOpen: null,
				closesAt: null,
				note: 'No message of this person is recorded here, so the window counts as closed; a template may go all the same. Charged as a utility message once it is delivered, whether the window is open or not.',
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
				isOpen: true,
				closesAt: expect.stringMatching(/^\d{4}-/),
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
