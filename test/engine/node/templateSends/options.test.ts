import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { useEngine, useSimulator } from '../../harness';
import { accepted, ids, itemsOf, requests, withoutStatuses } from '../account';
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
