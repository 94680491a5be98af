import {
	loadTemplates,
	templateFixture,
	templateFixtures,
} from '../../../fixtures/templateFixtures';
import { runNode, useEngine, useSimulator } from '../../harness';
import { credentials, ids, itemsOf, requests } from '../account';
import { contentOf } from '../files';
import { byId, operationsOf } from '../management/call';
import { answerJson, startHost } from '../ownHost';

const simulator = useSimulator(['--timing', 'off']);
const engine = useEngine();
const template = operationsOf(simulator, 'template');
const analytics = async (parameters: object = {}) =>
	await template('getAnalytics', { period: 'last7Days', ...parameters });
const on = { options: { switchOn: true } };

const send = async (name: string, ...recipients: string[]) =>
	itemsOf(
		await runNode({
			node: 'whatsAppCloud',
			parameters: {
				operation: 'sendTemplate',
				recipient: '={{ $json.to }}',
				template: { __rl: true, mode: 'name', value: `${name}:en_US` },
				componentsInput: 'fields',
				templateParts: [],
			},
			credentials: credentials(simulator.url),
			items: recipients.map((to) => ({ json: { to } })),
		}),
	);

beforeEach(async () => {
	await loadTemplates(simulator.url);
});

describe('analytics', () => {
	test('an item for each template and day, with its name', async () => {
		await send('hello_world', '+15550200001', '+15550200002');
		const items = itemsOf(await analytics(on)).map(({ json }) => json);
		expect(items).toEqual([
			{
				templateId: expect.stringMatching(/^\d+$/),
				name: 'hello_world',
				language: 'en_US',
				date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
				sent: 2,
				delivered: expect.any(Number),
				read: expect.any(Number),
				clicked: 0,
				clicks: [],
				amountSpent: expect.any(Number),
				costPerDelivered: null,
				costPerUrlButtonClick: null,
			},
		]);
		const asked = (await requests(simulator)).filter(({ path }) =>
			path.includes('template_analytics'),
		);
		// Ten templates at a time.
		expect(asked.length).toBeGreaterThanOrEqual(Math.ceil(templateFixtures.length / 10));
	});

	test('before Meta counts: the way out', async () => {
		await simulator.admin('PATCH', '/account', {
			businessAccounts: { [ids.businessAccount]: { insightsEnabled: false } },
		});
		const { error } = await analytics();
		expect(error?.message).toContain('The figures about templates are not switched on');
		expect(error?.description).toContain('Switch On Figures');
	});

	test('where Meta has none', async () => {
		await simulator.admin('PATCH', '/account', {
			businessAccounts: { [ids.businessAccount]: { country: 'DE' } },
		});
		const { error } = await analytics(on);
		expect(error?.message).toContain('(200005)');
	});

	test.each([
		[{ period: 'custom', from: '2020-01-01' }, '"Period" begins more than 90 days ago'],
		[{ period: 'custom', to: '2026-01-01' }, '"From" is empty'],
		[{ templateIds: 'hello' }, '"Template IDs" has "hello", which is no ID of a template'],
	])('%j is refused before Meta is asked', async (parameters, problem) => {
		expect((await analytics(parameters)).error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});

	test('summary with a page that loads nothing', async () => {
		const point = (templateId: string, day: number, sent: number) => ({
			template_id: templateId,
			start: 1_760_000_000 + day * 86_400,
			end: 1_760_086_400 + day * 86_400,
			sent,
			delivered: sent - 1,
			read: sent - 5,
			clicked: [
				{ type: 'url_button', button_content: 'Shop <now>', count: 3 },
				{ type: 'unique_url_button', button_content: 'Shop <now>', count: 2 },
			],
			cost: [{ type: 'amount_spent', value: 0.5 }],
		});
		const host = await startHost((request, response) => {
			if (request.path.includes('template_analytics')) {
				const points = [0, 1, 2, 3, 4].flatMap((day) => [
					point('1', day, 40 + day),
					point('2', day, 20),
				]);
				answerJson(response, { data: [{ granularity: 'DAILY', data_points: points }] });
			} else if (request.path.includes('message_templates')) {
				answerJson(response, { data: [{ id: '1', name: 'order_shipped', language: 'en_US' }] });
			} else answerJson(response, { id: ids.businessAccount, currency: 'USD' });
		});
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: {
				resource: 'template',
				operation: 'getAnalytics',
				show: 'summary',
				htmlReport: true,
				templateIds: '1, 2',
				period: 'last30Days',
			},
			credentials: credentials(host.url, { stateStore: 'off' }),
		});
		const [item] = itemsOf(result);
		expect(item?.json).toMatchObject({
			sent: 310,
			delivered: 300,
			read: 260,
			clicked: 30,
			amountSpent: 5,
			currency: 'USD',
			templates: [
				{ templateId: '1', sent: 210, clicks: [{ button: 'Shop <now>', count: 15 }] },
				{ templateId: '2', sent: 100 },
			],
		});
		const page = contentOf(item).toString();
		expect(page).toContain('order_shipped (en_US)');
		expect(page).toContain('Shop &lt;now&gt;');
		expect(page).not.toMatch(/<script|https?:\/\//);
	});
});

describe('compare', () => {
	const compare = async (parameters: object) =>
		await template('compare', {
			templateId: byId('11'),
			otherTemplateId: byId('12'),
			...parameters,
		});

	test('which one people block less', async () => {
		const host = await startHost((_request, response) => {
			answerJson(response, {
				data: [
					{ metric: 'BLOCK_RATE', type: 'RELATIVE', order_by_relative_metric: ['12', '11'] },
					{
						metric: 'MESSAGE_SENDS',
						type: 'NUMBER_VALUES',
						number_values: [
							{ key: '11', value: 1_273 },
							{ key: '12', value: 1_042 },
						],
					},
					{
						metric: 'TOP_BLOCK_REASON',
						type: 'STRING_VALUES',
						string_values: [{ key: '11', value: 'SPAM' }],
					},
				],
			});
		});
		const items = itemsOf(
			await runNode({
				node: 'whatsAppCloud',
				parameters: {
					resource: 'template',
					operation: 'compare',
					templateId: byId('11'),
					otherTemplateId: byId('12'),
					days: '7',
				},
				credentials: credentials(host.url, { stateStore: 'off' }),
			}),
		);
		expect(items.map(({ json }) => json)).toEqual([
			{ templateId: '11', days: 7, sends: 1_273, blockRank: 2, topBlockReason: 'SPAM' },
			{ templateId: '12', days: 7, sends: 1_042, blockRank: 1, topBlockReason: null },
		]);
		const query = host.received[0]?.query;
		expect(query?.get('template_ids')).toBe('["12"]');
		expect(Number(query?.get('end')) - Number(query?.get('start'))).toBe(604_800);
	});

	test('too few messages: Meta says so', async () => {
		const { error } = await template('compare', {
			templateId: byId(templateFixture('welcome_back').id),
			otherTemplateId: byId(templateFixture('two_links').id),
		});
		expect(error?.message).toMatch(/\(100/);
	});

	test('a template with itself', async () => {
		const { error } = await compare({ otherTemplateId: byId('11') });
		expect(error?.message).toContain('"Compare With" is the same template; choose another one');
	});
});

describe('migrate', () => {
	test('an item for each template, with the reason where it failed', async () => {
		const host = await startHost((_request, response) => {
			answerJson(response, {
				migrated_templates: ['21'],
				failed_templates: { '22': 'Incorrect category' },
			});
		});
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: {
				resource: 'template',
				operation: 'migrate',
				sourceBusinessAccountId: byId('77'),
				options: { count: 100, page: 1 },
			},
			credentials: credentials(host.url, { stateStore: 'off' }),
		});
		const both = { sourceBusinessAccountId: '77', businessAccountId: ids.businessAccount };
		expect(itemsOf(result).map(({ json }) => json)).toEqual([
			{ migrated: true, templateId: '21', reason: null, ...both },
			{ migrated: false, templateId: '22', reason: 'Incorrect category', ...both },
		]);
		expect(host.received[0]?.path).toContain(`/${ids.businessAccount}/migrate_message_templates`);
	});

	test('to the account they are in is refused', async () => {
		const { error } = await template('migrate', {
			sourceBusinessAccountId: byId(ids.businessAccount),
			businessAccountId: byId(ids.businessAccount),
		});
		expect(error?.message).toContain(
			'"To Business Account" is the account that the templates are in',
		);
	});
});

test('the editor lists templates in any state by ID, and the library by name', async () => {
	const names = async (method: string, filter: string) =>
		(
			await engine.searchList({
				node: 'whatsAppCloud',
				method,
				filter,
				credentials: credentials(simulator.url),
			})
		).results;
	expect(await names('searchAllTemplates', 'tips paused')).toEqual([
		{ name: 'paused_tips (en_US, Paused)', value: templateFixture('paused_tips').id },
	]);
	const [first] = (await names('searchTemplateLibrary', 'delivery_update_1')) ?? [];
	expect(first).toMatchObject({ value: 'delivery_update_1' });
});
