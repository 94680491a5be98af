import { useSimulator } from '../../harness';
import { credentials, ids, itemsOf, onlyJson, requests, tokens, withoutStatuses } from '../account';
import { operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const account = operationsOf(simulator, 'account');

describe('get', () => {
	test('tells health, limit, currency, eligibility and templates', async () => {
		await simulator.admin('PATCH', '/account', {
			businessAccounts: {
				[ids.businessAccount]: {
					authInternationalSince: '2026-10-01',
					primaryBusinessLocation: 'US',
					hasPaymentMethod: false,
				},
			},
		});
		expect(onlyJson(await account('get'))).toMatchObject({
			businessAccountId: ids.businessAccount,
			name: 'Lucky Shrub',
			currency: 'USD',
			messagingLimit: 'TIER_2K',
			businessVerificationStatus: 'verified',
			authInternationalSince: '2026-10-01T00:00:00.000Z',
			primaryBusinessLocation: 'US',
			canSendMessages: 'LIMITED',
			healthProblems: [{ entity: 'WABA', code: 141006, solution: expect.any(String) }],
			templates: { count: expect.any(Number), limit: expect.any(Number) },
		});
	});

	test('leaves out what the token may not read, and names the permission', async () => {
		await withScopes(simulator, ['whatsapp_business_management']);
		expect(onlyJson(await account('get'))).toMatchObject({
			name: 'Lucky Shrub',
			templates: { count: expect.any(Number) },
			business: null,
			unread: [
				{
					part: 'business',
					permission: 'business_management',
					reason: expect.stringContaining('business_management'),
				},
			],
		});
	});

	test('fails without the permission for the account itself', async () => {
		await withScopes(simulator, ['business_management']);
		const { error } = await account('get');
		expect(error?.message).toContain('lacks the permission whatsapp_business_management');
	});
});

describe('analytics', () => {
	const send = async (customer: string) =>
		await fetch(`${simulator.url}/v25.0/${ids.phoneNumber}/messages`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${tokens.active}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ messaging_product: 'whatsapp', to: customer, text: { body: 'Hi' } }),
		});

	test('of messages: an item per interval', async () => {
		await simulator.admin('PATCH', '/settings', {
			statuses: { enabled: true, sentAfterMs: 0, deliveredAfterMs: 0, readAfterMs: null },
		});
		await send('+15550200001');
		await send('+4930901820');
		await simulator.admin('POST', '/clock', { ms: 1_000 });
		const all = itemsOf(await account('getAnalytics', { period: 'last24Hours' }));
		expect(all.map(({ json }) => json)).toEqual([
			{
				from: expect.stringMatching(/T00:00:00.000Z$/),
				to: expect.stringMatching(/Z$/),
				sent: 2,
				delivered: 2,
			},
		]);
		const german = await account('getAnalytics', {
			period: 'last24Hours',
			interval: 'halfHour',
			options: { countryCodes: 'de' },
		});
		expect(onlyJson(german)).toMatchObject({ sent: 1 });
	});

	test('of calls: number, cost and duration, by direction', async () => {
		const call = (direction: string, cost: number) => ({
			direction,
			customer: '15550200001',
			startedAt: Math.floor(Date.now() / 1000) - 60,
			durationSeconds: 90,
			cost,
		});
		await simulator.admin('PATCH', '/account', {
			phoneNumbers: {
				[ids.phoneNumber]: {
					calls: [call('BUSINESS_INITIATED', 0.1), call('USER_INITIATED', 0)],
				},
			},
		});
		const result = await account('getAnalytics', {
			about: 'calls',
			period: 'last24Hours',
			groupBy: ['DIRECTION'],
		});
		expect(itemsOf(result).map(({ json }) => json)).toMatchObject([
			{ direction: 'BUSINESS_INITIATED', count: 1, cost: 0.1, averageDuration: 90 },
			{ direction: 'USER_INITIATED', count: 1, cost: 0 },
		]);
	});

	test('of nothing are no items', async () =>
		expect(itemsOf(await account('getAnalytics', { period: 'yesterday' }))).toEqual([]));

	test('with a period that has no beginning is refused', async () => {
		const { error } = await account('getAnalytics', { period: 'custom', to: '2026-01-01' });
		expect(error?.message).toContain('"From" is empty');
	});
});

describe('API request', () => {
	test('GET: the answer as one item, with IDs of the credential in the path', async () => {
		const answer = await account('apiRequest', {
			path: '{phoneNumber}',
			queryParameters: { parameter: [{ name: 'fields', value: 'display_phone_number' }] },
		});
		expect(onlyJson(answer)).toEqual({
			id: ids.phoneNumber,
			display_phone_number: '+1 555-010-0001',
		});
	});

	test('GET: the entries of a list as items, page by page', async () => {
		const read = async (parameters: Record<string, unknown>) =>
			itemsOf(
				await account('apiRequest', {
					path: '{businessAccount}/phone_numbers?limit=1&fields=verified_name',
					split: true,
					...parameters,
				}),
			).map(({ json }) => json);
		expect(await read({ returnAll: true })).toEqual([
			{ id: ids.phoneNumber, verified_name: 'Lucky Shrub' },
			{ id: ids.secondPhoneNumber, verified_name: 'Lucky Shrub Support' },
		]);
		expect((await requests(simulator)).map(({ path }) => /limit=\d+/.exec(path)?.[0])).toEqual([
			'limit=1',
			'limit=1',
		]);
		expect(await read({ returnAll: false, limit: 1 })).toHaveLength(1);
	});

	test('POST: a body, and a query as an object from an expression', async () => {
		const answer = await account('apiRequest', {
			method: 'POST',
			path: '{phoneNumber}/whatsapp_commerce_settings',
			queryParametersInput: 'json',
			queryParametersJson: '={{ { is_cart_enabled: false } }}',
		});
		expect(onlyJson(answer)).toEqual({ success: true });
		await account('apiRequest', {
			method: 'POST',
			path: '{phoneNumber}',
			body: '={{ { search_visibility: "HIDDEN" } }}',
		});
		const [first, second] = await requests(simulator);
		expect(first?.path).toContain('is_cart_enabled=false');
		expect(second?.body).toEqual({ search_visibility: 'HIDDEN' });
	});

	test('errors read as everywhere', async () => {
		const { error } = await account('apiRequest', { path: '999/settings' });
		expect(error).toMatchObject({
			message: expect.stringMatching(/Nothing with the ID 999 exists any more.*\(100\)/),
			itemIndex: 0,
		});
	});

	test('a POST is made once if its answer is lost, unless the option allows more', async () => {
		const lose = async () =>
			await simulator.admin('POST', '/faults', { kind: 'reset', when: 'after', count: 1 });
		const set = { method: 'POST', path: '{phoneNumber}', body: '{"search_visibility":"HIDDEN"}' };
		await lose();
		expect((await account('apiRequest', set)).error?.description).toContain('was not repeated');
		expect(await requests(simulator)).toHaveLength(1);
		await lose();
		const repeated = await account('apiRequest', { ...set, options: { isIdempotent: true } });
		expect(onlyJson(repeated)).toEqual({ success: true });
	});

	test.each([
		['https://evil.example/me', '"Path" is a whole web address'],
		['//evil.example/me', '"Path" is a whole web address'],
		['../../me', '"Path" is "../../me", which is no path of the Graph API'],
		['me?access_token=x', '"Query Parameters" has access_token'],
	])('%s sends the token nowhere', async (path, problem) => {
		const { error } = await account('apiRequest', { path });
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

test('another business account is chosen by its ID', async () => {
	await simulator.admin('PATCH', '/account', {
		businessAccounts: { '200000000000007': { name: 'Branch' } },
		tokens: { [tokens.active]: { businessAccountIds: [ids.businessAccount, '200000000000007'] } },
	});
	const branch = { __rl: true, mode: 'id', value: '200000000000007' };
	expect(onlyJson(await account('get', { businessAccountId: branch }))).toMatchObject({
		name: 'Branch',
	});
	expect(credentials(simulator.url).whatsAppCloudApi['businessAccountId']).toBe(
		ids.businessAccount,
	);
});
