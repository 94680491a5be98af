import { useEngine, useSimulator } from '../harness';
import { credentials, ids, itemsOf, requests, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

beforeEach(async () => {
	// What an earlier test has looked up is forgotten.
	await engine.reload({});
});

const search = async (
	method: string,
	filter = '',
	{ parameters = {}, ...changes }: Record<string, unknown> = {},
) =>
	await engine.searchList({
		node: 'whatsAppCloud',
		method,
		filter,
		parameters: parameters as Record<string, unknown>,
		credentials: credentials(simulator.url, changes),
	});

const asked = async (path: string): Promise<number> =>
	(await requests(simulator)).filter((request) => request.path.includes(path)).length;

describe('what the editor looks up', () => {
	test('is asked for once, however much the user types', async () => {
		for (const filter of ['', 'o', 'or', 'order', 'invoice']) {
			const { error, results } = await search('searchTemplates', filter);
			expect(error).toBeUndefined();
			expect(results?.length).toBeGreaterThan(0);
		}
		expect(await asked('message_templates')).toBe(1);
	});

	test('is asked for once by lists that open at the same time', async () => {
		await Promise.all([search('searchFlows'), search('searchFlows'), search('searchFlows')]);
		expect(await asked('flows')).toBe(1);
	});

	test.each([
		['searchPhoneNumbers', 'phone_numbers', {}],
		['searchFlows', 'flows', {}],
		['searchCatalogs', 'product_catalogs', {}],
		['searchGroups', 'groups', {}],
		[
			'searchProducts',
			'products',
			{ operation: 'sendProduct', catalogId: { __rl: true, mode: 'id', value: '500000000000001' } },
		],
	])('%s keeps what it has found', async (method, edge, parameters) => {
		const first = await search(method, '', { parameters });
		expect(first.results?.length).toBeGreaterThan(0);
		expect(await search(method, '', { parameters })).toEqual(first);
		expect(await asked(edge)).toBe(1);
	});

	test('is kept apart by credential', async () => {
		await search('searchPhoneNumbers');
		await search('searchPhoneNumbers', '', {
			standbyAccessToken: 'SIMULATOR_STANDBY_TOKEN',
			activeToken: 'standby',
		});
		expect(await asked('phone_numbers')).toBe(2);
	});

	test('is not kept if it failed', async () => {
		await simulator.addFault({ kind: 'error', code: 10, match: { path: '/flows$' }, count: 1 });
		expect((await search('searchFlows')).error).toBeDefined();
		expect((await search('searchFlows')).results?.length).toBeGreaterThan(0);
	});

	test('names the permission that the token lacks', async () => {
		const { error } = await search('searchPhoneNumbers', '', {
			accessToken: 'SIMULATOR_NO_ACCOUNT_TOKEN',
		});
		expect(error?.message).toMatch(/may not list the phone numbers/);
		expect(error?.description).toMatch(/permission whatsapp_business_management/);
	});
});

test('a run asks nothing that it was not asked to look up', async () => {
	itemsOf(
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: {
				operation: 'sendTemplate',
				phoneNumberId: { __rl: true, mode: 'list', value: ids.phoneNumber },
				recipient: '+15550200001',
				template: { __rl: true, mode: 'list', value: 'hello_world:en_US' },
				componentsInput: 'fields',
			},
			credentials: credentials(simulator.url),
		}),
	);
	const seen = (await requests(simulator)).map(({ method, path }) => `${method} ${path}`);
	expect(seen).toEqual([expect.stringMatching(/^POST [^ ]*\/messages\?/)]);
});
