import {
	loadTemplates,
	removeTemplate,
	templateFixture,
	templateFixtures,
} from '../../../fixtures/templateFixtures';
import { useSimulator } from '../../harness';
import { ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { byId, operationsOf, withScopes } from '../management/call';

const simulator = useSimulator(withoutStatuses);
const template = operationsOf(simulator, 'template');
const jsons = async (operation: string, parameters: object = {}) =>
	itemsOf(await template(operation, { ...parameters })).map(({ json }) => json);
const names = async (filters: object) =>
	(await jsons('getMany', { returnAll: true, filters })).map(({ name }) => name);

beforeEach(async () => {
	await loadTemplates(simulator.url);
});

const idOf = (name: string, language?: string): string => templateFixture(name, language).id;
const admin = async (name: string, change: object) =>
	await simulator.admin('PATCH', `/templates/${idOf(name)}`, change);

describe('get many', () => {
	test('all of them, with the text and Meta’s components', async () => {
		const all = await jsons('getMany', { returnAll: true });
		expect(all.length).toBeGreaterThanOrEqual(templateFixtures.length);
		const shown = all.find(({ id }) => id === idOf('order_shipped'));
		const { components } = templateFixture('order_shipped');
		expect(shown).toMatchObject({
			name: 'order_shipped',
			language: 'en_US',
			components,
			quality: 'GREEN',
		});
		expect(Object.keys(shown ?? {})).toHaveLength(10);
		expect(shown?.['text']).toContain('{{1}}');
	});

	test('not simplified: everything that Meta tells', async () => {
		const [one] = await jsons('getMany', { simplify: false, filters: { name: 'bid_offer' } });
		expect(one).toMatchObject({
			lastUpdatedTime: expect.any(String),
			healthStatus: expect.any(Object),
		});
	});

	test.each<[object, string[]]>([
		[{ name: 'order_prog' }, ['order_progress']],
		[{ status: ['PAUSED', 'REJECTED'], name: 'tips' }, ['paused_tips']],
		[{ status: ['PAUSED', 'DISABLED'], name: 'tips' }, ['disabled_tips', 'paused_tips']],
		[{ status: ['PAUSED'], category: ['UTILITY'] }, []],
		[{ name: 'order_shipped', language: 'de, fr' }, ['order_shipped', 'order_shipped']],
		[{ content: 'twelve sorts of basil' }, ['bid_offer']],
		[{ nameOrContent: 'basil' }, ['bid_offer']],
		[{ source: ['AUTO_GENERATED'] }, ['direct_send_parcel']],
		[{ correctCategory: ['MARKETING'] }, ['category_in_doubt']],
	])('%j', async (filters, expected) => {
		expect((await names(filters)).sort()).toEqual(expected);
	});

	test('a page that fails tells which', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 131059,
			match: { path: '/message_templates' },
			after: 1,
		});
		const many = Array.from({ length: 120 }, (_, index) => ({
			...templateFixture('opening_hours'),
			id: String(420_000_000_000_000 + index),
			name: `many_${index}`,
		}));
		await loadTemplates(simulator.url, many);
		const { error } = await template('getMany', { returnAll: true });
		expect(error?.message).toMatch(/^Page 2 of the list could not be read/);
	});

	test('summary: how many there are and may be', async () => {
		const [all] = await jsons('getSummary');
		expect(all).toMatchObject({ limit: 250, templates: expect.any(Number) });
		expect(all?.['left']).toBe(250 - Number(all?.['templates']));
		const [paused] = await jsons('getSummary', { filters: { status: ['PAUSED'], name: 'tips' } });
		expect(paused).toMatchObject({ found: 1 });
	});
});

test('get: one template, and one that is gone', async () => {
	const get = async () => await template('get', { templateId: byId(idOf('market_day')) });
	expect(onlyJson(await get())).toMatchObject({ name: 'market_day', status: 'APPROVED' });
	await removeTemplate(simulator.url, idOf('market_day'));
	const { error } = await get();
	expect(error?.message).toContain(`Nothing with the ID ${idOf('market_day')} exists any more`);
});

describe('delete', () => {
	test('one language', async () => {
		const deleted = await jsons('delete', { templateId: byId(idOf('order_shipped', 'de')) });
		expect(deleted).toEqual([
			{ deleted: true, name: null, templateIds: [idOf('order_shipped', 'de')] },
		]);
		expect(await names({ name: 'order_shipped' })).toHaveLength(4);
	});

	test('all languages of a name', async () => {
		const deleted = await jsons('delete', { deleteBy: 'name', templateName: 'order_shipped' });
		expect(deleted).toEqual([{ deleted: true, name: 'order_shipped', templateIds: null }]);
		expect(await names({ name: 'order_shipped' })).toEqual([]);
	});

	test('several: all of them or none', async () => {
		const both = [idOf('two_links'), idOf('ten_replies')].join(', ');
		expect(await jsons('delete', { deleteBy: 'ids', templateIds: both })).toMatchObject([
			{ deleted: true },
		]);
		const withDisabled = [idOf('welcome_back'), idOf('disabled_tips')].join();
		const { error } = await template('delete', { deleteBy: 'ids', templateIds: withDisabled });
		expect(error?.message).toMatch(/\(100/);
		expect(await names({ name: 'welcome_back' })).toHaveLength(1);
	});

	test.each([
		[{ deleteBy: 'name', templateName: '={{ "" }}' }, '"Name" is empty'],
		[{ deleteBy: 'ids', templateIds: 'a' }, '"Template IDs" has "a", which is no ID of a template'],
		[
			{ deleteBy: 'ids', templateIds: Array.from({ length: 101 }, (_, index) => index + 1).join() },
			'"Template IDs" can have at most 100 entries, but has 101',
		],
		[{ templateId: byId('={{ "order_shipped" }}') }, '"Template" must be an ID'],
	])('%j', async (parameters, problem) => {
		const before = await names({});
		const { error } = await template('delete', { ...parameters });
		expect(error?.message).toContain(problem);
		expect(await names({})).toEqual(before);
	});
});

test('the library, by words, topic and language', async () => {
	const found = await jsons('getLibrary', {
		returnAll: true,
		filters: { search: 'delivery', topic: 'order_management', language: 'de' },
	});
	expect(found).toEqual([
		expect.objectContaining({
			name: 'delivery_update_1',
			language: 'de',
			category: 'UTILITY',
			bodyParamTypes: ['TEXT', 'TEXT', 'DATE'],
			buttons: [expect.objectContaining({ text: 'Sendung verfolgen' })],
		}),
	]);
});

describe('archive and unarchive', () => {
	test('list what was done', async () => {
		const templateIds = idOf('welcome_back');
		expect(await jsons('archive', { templateIds })).toEqual([
			{ success: true, archived: [templateIds], failed: [] },
		]);
		expect(await names({ status: ['ARCHIVED'] })).toContain('welcome_back');
		expect(await jsons('unarchive', { templateIds })).toEqual([
			{ success: true, unarchived: [templateIds], failed: [] },
		]);
		expect((await requests(simulator)).map(({ path }) => path.split('?')[0])).toContain(
			`/${ids.businessAccount}/message_templates/archive`,
		);
	});

	test('what was done in part is an error that lists both', async () => {
		const [welcome, leaving] = [idOf('welcome_back'), idOf('leaving_soon')];
		const { error } = await template('archive', { templateIds: `${welcome}, ${leaving}` });
		expect(error?.message).toContain(`1 of 2 templates were archived; not archived: ${leaving} (`);
		expect(error?.description).toContain(`Those archived stay archived: ${welcome}.`);
	});
});

describe('unpause', () => {
	const unpause = async (name: string) =>
		await template('unpause', { templateId: byId(idOf(name)) });

	test('after a pause for pacing', async () => {
		await admin('welcome_back', { status: 'PAUSED', pause: 'pacing' });
		expect(onlyJson(await unpause('welcome_back'))).toMatchObject({
			unpaused: true,
			templateId: idOf('welcome_back'),
		});
		expect(await names({ status: ['PAUSED'] })).not.toContain('welcome_back');
	});

	test('not after one for quality: Meta’s reason is the error', async () => {
		await admin('welcome_back', { status: 'PAUSED', pause: 'quality' });
		const { error } = await unpause('welcome_back');
		expect(error?.message).toMatch(/Meta did not do it: .{10}|\(100/);
	});
});

test('a token without the permission, in each of them', async () => {
	await withScopes(simulator, ['whatsapp_business_messaging']);
	const templateId = byId(idOf('market_day'));
	for (const [operation, parameters] of Object.entries({
		getMany: {},
		get: { templateId },
		delete: { templateId },
		unpause: { templateId },
		update: { templateId, parts: ['footer'], footerText: 'Hello' },
		getSummary: {},
	})) {
		const { error } = await template(operation, parameters);
		expect([operation, error?.message]).toEqual([
			operation,
			expect.stringContaining('lacks the permission whatsapp_business_management'),
		]);
	}
});
