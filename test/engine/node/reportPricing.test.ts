import { runNode, useSimulator } from '../harness';
import { credentials, ids, itemsOf, requests, withoutStatuses } from './account';
import { answerJson, startHost } from './ownHost';

const simulator = useSimulator(withoutStatuses);

const pricing = async (
	parameters: Record<string, unknown> = {},
	changes: Record<string, unknown> = {},
) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'report', operation: 'pricing', period: 'last24Hours', ...parameters },
		credentials: credentials(simulator.url, changes),
	});

const sendTemplate = async (...recipients: string[]) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: {
			operation: 'sendTemplate',
			recipient: '={{ $json.to }}',
			template: { __rl: true, mode: 'name', value: 'hello_world' },
			componentsInput: 'fields',
		},
		credentials: credentials(simulator.url),
		items: recipients.map((to) => ({ json: { to } })),
	});

test('one item for each category and type, with the cost in its currency', async () => {
	itemsOf(await sendTemplate('+15550200001', '+4915550200003'));
	expect(itemsOf(await pricing()).map(({ json }) => json)).toEqual([
		{
			from: expect.stringMatching(/^\d{4}-.*Z$/),
			to: expect.stringMatching(/^\d{4}-.*Z$/),
			country: null,
			phoneNumber: null,
			category: 'utility',
			type: 'regular',
			tier: null,
			volume: 2,
			cost: 0.008,
			currency: 'USD',
		},
	]);
});

test('divided and narrowed as asked', async () => {
	itemsOf(await sendTemplate('+15550200001', '+4915550200003'));
	const byCountry = async (options: Record<string, unknown> = {}) =>
		itemsOf(await pricing({ dimensions: ['COUNTRY', 'PHONE', 'TIER'], options })).map(
			({ json: { country, volume } }) => [country, volume],
		);
	expect(await byCountry()).toEqual(
		expect.arrayContaining([
			['US', 1],
			['DE', 1],
		]),
	);
	expect(await byCountry({ countryCodes: 'de' })).toEqual([['DE', 1]]);
	expect(await byCountry({ categories: ['MARKETING'] })).toEqual([]);
	expect(await byCountry({ types: ['REGULAR'], phoneNumbers: '+1 555 010 0009' })).toEqual([]);
	expect(await byCountry({ phoneNumbers: '+15550100001' })).toHaveLength(2);
});

test('nothing delivered, nothing charged, no item', async () => {
	expect(itemsOf(await pricing({ period: 'lastMonth' }))).toEqual([]);
});

test('where another company pays, Meta tells no cost', async () => {
	const host = await startHost((_, response) =>
		answerJson(response, {
			id: ids.businessAccount,
			pricing_analytics: { data: [{ data_points: [{ start: 1, end: 2, volume: 5 }] }] },
		}),
	);
	const [item] = itemsOf(await pricing({ dimensions: [] }, { graphBaseUrl: host.url }));
	expect(item?.json).toMatchObject({ volume: 5, cost: null, currency: null });
	const fields = host.received[0]?.query.get('fields') ?? '';
	expect(host.received[0]?.path).toBe(`/v25.0/${ids.businessAccount}`);
	expect(fields).toMatch(
		/^currency,pricing_analytics\.start\(\d{10}\)\.end\(\d{10}\)\.granularity\(DAILY\)\.metric_types\(\["VOLUME","COST"\]\)$/,
	);
});

test.each([
	[{ period: 'custom', to: '2026-01-01' }, /^"From" is empty \[item 0\]$/],
	[{ period: 'custom', from: '2126-01-01' }, /^"To" is not later than From/],
	[
		{ granularity: 'YEARLY' },
		/^"Interval" must be one of Half an Hour \(HALF_HOUR\), Day \(DAILY\), Month/,
	],
	[{ options: { countryCodes: 'US, Germany' } }, /^"Options › Only Countries" has "Germany"/],
	[{ options: { phoneNumbers: 'me")' } }, /^"Options › Only Phone Numbers" has "me"\)"/],
])('%j is refused before Meta is asked', async (parameters, message) => {
	expect((await pricing(parameters)).error?.message).toMatch(message);
	expect(await requests(simulator)).toEqual([]);
});

test('an account without its ID, and what Meta refuses, say so', async () => {
	const without = await pricing({}, { businessAccountId: '' });
	expect(without.error?.message).toContain('"Business Account" is empty');
	expect(without.error?.description).toContain('WhatsApp Business Account ID');
	const refused = await pricing({}, { accessToken: 'wrongToken' });
	expect(refused.error?.message).toMatch(/\(190\)/);
});
