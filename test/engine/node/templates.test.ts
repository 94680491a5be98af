import { testCredentialData } from '../../../scripts/host/test-account';
import { runNode, useSimulator } from '../harness';

const simulator = useSimulator();
let credentials: Record<string, Record<string, string | boolean>>;

beforeAll(() => {
	credentials = { whatsAppCloudApi: testCredentialData(simulator.url) };
});

const send = async (parameters: Record<string, unknown>) =>
	await runNode({
		node: 'whatsAppCloud',
		credentials,
		parameters: {
			resource: 'message',
			operation: 'sendTemplate',
			componentsInput: 'fields',
			recipient: '+15550100002',
			language: 'en_US',
			...parameters,
		},
	});

const template = (value: string, mode = 'name') => ({ __rl: true, mode, value });

const link = (name: string) => ({
	headerMediaSource: 'link',
	headerMediaLink: `https://example.com/${name}`,
});

const variables = (...texts: string[]) => ({
	bodyVariables: { variable: texts.map((text) => ({ type: 'text', text, parameterName: '' })) },
});

const buttons = (...rows: Record<string, unknown>[]) => ({ buttons: { button: rows } });

const card = (text: string) => ({
	headerType: 'image',
	...link('card.jpeg'),
	...variables(text),
	...buttons(
		{ type: 'quick_reply', index: '', payload: `more ${text}` },
		{ type: 'url', index: '', text: 'aloe' },
	),
});

/** One of each kind of template that the simulator's account has. */
const sends: [string, Record<string, unknown>][] = [
	['without values', { template: template('hello_world') }],
	['of the list', { template: template('hello_world:en_US', 'list'), language: undefined }],
	[
		'with picture, numbered variables and buttons',
		{
			template: template('order_update'),
			templateParts: ['header', 'body', 'buttons'],
			headerType: 'image',
			...link('order.jpeg'),
			...variables('Ada', 'A-1001'),
			...buttons(
				{ type: 'quick_reply', index: '1', payload: 'help A-1001' },
				{ type: 'url', index: '2', text: 'A-1001' },
			),
		},
	],
	[
		'with named variables',
		{
			template: template('appointment_reminder'),
			templateParts: ['header', 'body'],
			headerType: 'text',
			headerText: 'Ada',
			headerParameterName: 'first_name',
			bodyVariablesInput: 'json',
			bodyVariablesJson: '{"day": "Monday", "time": "10:30"}',
		},
	],
	[
		'with a carousel',
		{
			template: template('summer_carousel'),
			templateParts: ['body', 'carousel'],
			...variables('Ada'),
			cards: { card: [card('10'), card('20'), card('30')] },
		},
	],
	[
		'with a one-time password',
		{
			template: template('login_code'),
			templateParts: ['buttons'],
			...buttons({ type: 'otp', index: '', code: '913642' }),
		},
	],
	[
		'with a limited-time offer, over the Marketing Messages API',
		{
			template: template('limited_offer'),
			templateParts: ['header', 'body', 'limited_time_offer', 'buttons'],
			headerType: 'image',
			...link('offer.jpeg'),
			...variables('20'),
			offerExpiresAt: '={{ $now.plus(2, "days") }}',
			...buttons(
				{ type: 'copy_code', index: '', code: 'LUCKY20' },
				{ type: 'url', index: '', text: 'LUCKY20' },
			),
			options: { marketing: { settings: { productPolicy: 'STRICT', activitySharing: 'yes' } } },
		},
	],
	[
		'with a place',
		{
			template: template('store_location'),
			templateParts: ['header', 'body'],
			headerType: 'location',
			headerLatitude: '48.858222',
			headerLongitude: '2.2945',
			headerLocationName: 'Our shop',
			headerLocationAddress: 'Paris',
			...variables('Ada'),
		},
	],
	[
		'with a Flow',
		{
			template: template('booking_flow'),
			templateParts: ['buttons'],
			...buttons({ type: 'flow', index: '', flowReference: 'visit-1', flowData: '{"guests": 2}' }),
		},
	],
	[
		'with a catalog',
		{
			template: template('catalog_invite'),
			templateParts: ['body', 'buttons'],
			...variables('Ada'),
			...buttons({ type: 'catalog', index: '', thumbnailProductRetailerId: '' }),
		},
	],
	[
		'with a choice of products',
		{
			template: template('abandoned_cart'),
			templateParts: ['header', 'buttons'],
			headerType: 'text',
			headerText: 'Ada',
			...buttons({
				type: 'mpm',
				index: '',
				sections: { section: [{ title: 'Plants', products: 'SKU-ALOE, SKU-JADE' }] },
			}),
		},
	],
	[
		'with components as JSON',
		{
			template: template('invoice_document:de'),
			componentsInput: 'json',
			componentsJson: [
				'=[{"type": "header", "parameters": [{"type": "document", "document":',
				'{"link": "https://example.com/a.pdf", "filename": "a.pdf"} }]},',
				'{"type": "body", "parameters": [{"type": "text", "text": "{{ $json.name ?? "Ada" }}"}]}]',
			].join(' '),
		},
	],
];

test.each(sends)('a template %s is taken', async (_, parameters) => {
	const { outputs, error } = await send(parameters);
	expect(error).toBeUndefined();
	expect(outputs?.[0]?.[0]?.json).toMatchObject({ outcome: 'sent' });
});

test('Meta tells what does not fit the template', async () => {
	const { error } = await send({
		template: template('order_update'),
		templateParts: ['body'],
		...variables('Ada'),
	});
	expect(error?.message).toMatch(/132012|132000/);
	expect(error?.itemIndex).toBe(0);
});

test('what is wrong with a value is reported before anything is sent', async () => {
	const before = await simulator.counters();
	const { error } = await send({
		template: template('summer_carousel'),
		templateParts: ['carousel'],
		cards: { card: [card('10'), { ...card('20'), ...variables('') }] },
	});
	expect(error?.message).toBe(
		'"Cards › Card 2 › Body Variables › Variable 1 › Text" is empty [item 0]',
	);
	expect(await simulator.counters()).toEqual(before);
});

test('template, language and values can come from a table by name', async () => {
	const { outputs, error } = await runNode({
		node: 'whatsAppCloud',
		credentials,
		parameters: { resource: 'message', operation: 'sendTemplate', valuesFrom: 'item' },
		items: [
			{
				json: {
					recipient: '+15550100002',
					template: 'appointment_reminder',
					language: 'en_US',
					headerText: 'Ada',
					headerParameterName: 'first_name',
					bodyVariables: { day: 'Monday', time: '10:30' },
				},
			},
			{ json: { recipient: '+15550100002', template: 'hello_world:en_US' } },
			{
				json: {
					recipient: '+15550100002',
					template: 'store_location:en_US',
					components: [
						{
							type: 'header',
							parameters: [{ type: 'location', location: { latitude: '1', longitude: '2' } }],
						},
						{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
					],
				},
			},
		],
	});
	expect(error).toBeUndefined();
	expect(outputs?.[0]?.map(({ json }) => json['outcome'])).toEqual(['sent', 'sent', 'sent']);
});
