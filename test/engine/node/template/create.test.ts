import { loadTemplates, templateFixture } from '../../../fixtures/templateFixtures';
import { pdf, png } from '../../../simulator/support/files';
import { useSimulator } from '../../harness';
import { ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { binaryFile } from '../files';
import { operationsOf } from '../management/call';

const simulator = useSimulator(withoutStatuses);
const template = operationsOf(simulator, 'template');
const create = async (parameters: object, items: object[] = [{}]) =>
	await template('create', { templateName: 'autumn_sale', ...parameters }, items);
const templates = async () =>
	itemsOf(await template('getMany', { returnAll: true })).map(({ json }) => json);
const made = async () => (await templates()).find(({ name }) => name === 'autumn_sale');

/** Bodies of the requests that created something. */
const creations = async () =>
	(await requests(simulator)).filter(
		({ method, path }) => method === 'POST' && path.includes('/message_templates'),
	);

const picture = { binary: { data: binaryFile(png(), 'image/png', 'sale.png') } };

describe('from fields', () => {
	test('text with variables, whose examples come from samples', async () => {
		const created = await create({
			category: 'MARKETING',
			bodyText: 'Hello {first_name}, all ferns are {percent} off until Sunday.',
			bodySamples: { sample: [{ value: 'Ada' }, { value: '20 %' }] },
			footerText: 'Reply STOP to end this',
			buttonsInput: 'fields',
			buttons: {
				button: [
					{ type: 'quick_reply', text: 'Tell me more' },
					{ type: 'url', text: 'Shop', url: 'https://example.com/{1}', urlSample: 'ferns' },
				],
			},
		});
		expect(onlyJson(created)).toEqual({
			id: expect.stringMatching(/^\d+$/),
			name: 'autumn_sale',
			language: 'en_US',
			status: 'PENDING',
			category: 'MARKETING',
			isCategoryChanged: false,
		});
		expect(await made()).toMatchObject({
			parameterFormat: 'NAMED',
			text: expect.stringContaining(
				'Hello {{first_name}}, all ferns are {{percent}} off until Sunday.',
			),
			components: [
				{
					type: 'BODY',
					example: {
						body_text_named_params: [
							{ param_name: 'first_name', example: 'Ada' },
							{ param_name: 'percent', example: '20 %' },
						],
					},
				},
				{ type: 'FOOTER', text: 'Reply STOP to end this' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'QUICK_REPLY', text: 'Tell me more' },
						{
							type: 'URL',
							url: 'https://example.com/{{1}}',
							example: ['https://example.com/ferns'],
						},
					],
				},
			],
		});
	});

	test('a picture of the item goes up first, and its handle goes along', async () => {
		itemsOf(
			await create({ category: 'MARKETING', headerFormat: 'IMAGE', bodyText: 'Look at this.' }, [
				picture,
			]),
		);
		expect(
			(await requests(simulator)).map(({ method, path }) => [method, path.split('?')[0]]),
		).toEqual([
			['POST', `/v25.0/${ids.app}/uploads`],
			['POST', expect.stringContaining('/upload:')],
			['POST', `/v25.0/${ids.businessAccount}/message_templates`],
		]);
	});

	test('each card brings its own file', async () => {
		const card = (field: string) => ({
			headerBinaryField: field,
			buttons: { button: [{ type: 'quick_reply', text: 'More' }] },
		});
		const binary = {
			fern: binaryFile(png(2_000), 'image/png', 'fern.png'),
			ivy: binaryFile(png(3_000), 'image/png', 'ivy.png'),
		};
		itemsOf(
			await create(
				{
					category: 'MARKETING',
					layout: 'carousel',
					bodyText: 'New plants:',
					cardsInput: 'fields',
					cards: { card: [card('fern'), card('ivy')] },
				},
				[{ binary }],
			),
		);
		const uploads = (await requests(simulator)).filter(({ path }) => path.includes('/uploads?'));
		expect(
			uploads.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('file_length')),
		).toEqual(['2000', '3000']);
		expect((await made())?.['components']).toHaveLength(2);
	});

	test('a one-time password', async () => {
		itemsOf(
			await create({
				category: 'AUTHENTICATION',
				otpType: 'ONE_TAP',
				apps: { app: [{ packageName: 'com.example.app', signatureHash: 'K8a/AINcGX7' }] },
				options: { ttlSeconds: 600 },
			}),
		);
		expect(await made()).toMatchObject({ category: 'AUTHENTICATION' });
	});

	test('only a preview: all checks, and nothing goes out', async () => {
		const json = onlyJson(
			await create({ headerFormat: 'IMAGE', bodyText: 'Hello.', options: { previewOnly: true } }, [
				picture,
			]),
		);
		expect(json).toMatchObject({ isPreview: true, name: 'autumn_sale', components: [{}, {}] });
		expect(await requests(simulator)).toEqual([]);
	});

	test('several items, several languages', async () => {
		const result = await create(
			{ language: '={{ $json.language }}', bodyText: '={{ $json.text }}' },
			[
				{ json: { language: 'en_US', text: 'Hello.' } },
				{ json: { language: 'de', text: 'Guten Tag.' } },
			],
		);
		expect(itemsOf(result).map(({ json }) => json['language'])).toEqual(['en_US', 'de']);
	});
});

describe('from JSON', () => {
	test('as in Meta’s documentation, in either case', async () => {
		itemsOf(
			await create(
				{
					createFrom: 'json',
					templateJson: JSON.stringify([
						{ type: 'header', format: 'document', binary_field: 'data' },
						{
							type: 'body',
							text: 'Your invoice {{1}} is here.',
							example: { body_text: [['R-1']] },
						},
					]),
				},
				[{ binary: { data: binaryFile(pdf(), 'application/pdf', 'invoice.pdf') } }],
			),
		);
		expect(await made()).toMatchObject({
			components: [{ type: 'HEADER', format: 'DOCUMENT' }, { type: 'BODY' }],
		});
	});

	test('from an item of Get Many: a template in another language', async () => {
		await loadTemplates(simulator.url, [templateFixture('order_shipped')]);
		const [item] = itemsOf(await template('getMany', { filters: { name: 'order_shipped' } }));
		const copied = await create(
			{
				templateName: '={{ $json.name }}',
				language: 'es',
				createFrom: 'json',
				templateJson: '={{ $json }}',
			},
			[{ json: item?.json }],
		);
		expect(onlyJson(copied)).toMatchObject({ name: 'order_shipped', language: 'es' });
	});

	test.each([
		['{"components": 1}', '"Template (JSON)" lacks "components"'],
		['[', '"Template (JSON)" is no valid JSON'],
		[
			'[{"type":"BODY","text":"Hello {{1}}."}]',
			'"Template (JSON) 1 › example" lacks a value for {{1}}',
		],
		[
			'[{"type":"BODY","text":"a"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"a","url":"b"}]}]',
			'"Template (JSON) 2 › buttons 1 › url" must be a web address',
		],
	])('%s is refused before Meta is asked', async (templateJson, problem) => {
		const { error } = await create({ createFrom: 'json', templateJson });
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

test('from the library: buttons of the business, no review', async () => {
	const created = await create({
		createFrom: 'library',
		libraryTemplate: { __rl: true, mode: 'name', value: 'delivery_update_1' },
		libraryButtons: {
			button: [{ type: 'url', url: 'https://example.com/{1}', urlSample: 'LS-2041' }],
		},
	});
	expect(onlyJson(created)).toMatchObject({ status: 'APPROVED', category: 'UTILITY' });
	const [request] = await creations();
	expect(request?.body).toMatchObject({
		library_template_name: 'delivery_update_1',
		library_template_button_inputs: [
			{
				type: 'URL',
				url: {
					base_url: 'https://example.com/{{1}}',
					url_suffix_example: 'https://example.com/LS-2041',
				},
			},
		],
	});
});

describe('files that Meta would refuse', () => {
	const limit = 5 * 1024 * 1024;

	test.each([
		[
			'IMAGE',
			png(limit + 1),
			'image/png',
			'a.png',
			'5,242,881 bytes; an image can have at most 5,242,880',
		],
		[
			'IMAGE',
			pdf(),
			'application/pdf',
			'a.pdf',
			'is application/pdf; an image has to be JPEG or PNG',
		],
		[
			'DOCUMENT',
			Buffer.from('a;b\n'),
			'text/plain',
			'a.txt',
			'is text/plain; an example has to be PDF',
		],
	])('%s: %#', async (headerFormat, bytes, mimeType, name, problem) => {
		const item = { binary: { data: binaryFile(bytes, mimeType, name) } };
		const { error } = await create({ headerFormat, bodyText: 'Hello.' }, [item]);
		expect(error?.message).toContain(`"Input Binary Field" is "data", and that file`);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});

	test('a field that the item lacks', async () => {
		const { error } = await create({ headerFormat: 'IMAGE', bodyText: 'Hello.' });
		expect(error?.message).toContain('but the item has no such binary field');
	});
});
