import { useEngine, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();

/** Calls the node as an agent does, with the values that the model filled in. */
const callTool = async (parameters: Record<string, unknown>, toolInput: Record<string, unknown>) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters,
		credentials: credentials(simulator.url),
		asTool: true,
		toolInput,
	});

const byModel = (name: string): string => `={{ $fromAI('${name}', '', 'string') }}`;

describe('as a tool of an AI agent', () => {
	test('the model fills in whom and what, and reads what became of it', async () => {
		const result = await callTool(
			{ recipient: byModel('whom'), text: byModel('what') },
			{ whom: '+1 555 123 4567', what: 'Your table is booked.' },
		);
		const [message] = await accepted(simulator);
		expect(message).toMatchObject({
			recipient: '15551234567',
			body: { text: { body: 'Your table is booked.' } },
		});
		expect(JSON.stringify(itemsOf(result))).toContain(message?.id);
	});

	test('fields that the user has fixed are not the model’s', async () => {
		await callTool(
			{ recipient: '+15551234567', text: byModel('what') },
			{ what: 'Hi', recipient: '+15557654321' },
		);
		expect((await accepted(simulator)).map(({ recipient }) => recipient)).toEqual(['15551234567']);
	});

	test('what the model got wrong comes back in words that it can act on', async () => {
		const result = await callTool({ recipient: byModel('whom'), text: 'Hi' }, { whom: 'Ana' });
		const message = result.error?.message ?? JSON.stringify(itemsOf(result));
		expect(message).toContain('Ana');
		expect(message).toMatch(/neither a phone number nor a user ID/);
		expect(await accepted(simulator)).toEqual([]);
	});

	test('other operations work the same way', async () => {
		const result = await callTool({ resource: 'token', operation: 'debug' }, {});
		expect(JSON.stringify(itemsOf(result))).toContain('"verdict":"ok"');
	});
});

describe('the list of phone numbers', () => {
	beforeEach(async () => {
		// The numbers of another test are forgotten.
		await engine.reload({});
	});

	const search = async (
		request: { filter?: string; paginationToken?: string; asTool?: boolean } = {},
		account: Record<string, unknown> = {},
	) =>
		await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchPhoneNumbers',
			credentials: credentials(simulator.url, account),
			...request,
		});

	const both = [
		{ name: 'Lucky Shrub (+1 555-010-0001)', value: ids.phoneNumber },
		{ name: 'Lucky Shrub Support (+1 555-010-0002)', value: ids.secondPhoneNumber },
	];

	test.each([false, true])('as a tool: %p', async (asTool) => {
		expect(await search({ asTool })).toMatchObject({ results: both });
		expect(await search({ asTool })).not.toHaveProperty('paginationToken');
	});

	test.each([
		['support', [both[1]]],
		['SHRUB', both],
		['0002', [both[1]]],
		[ids.phoneNumber, [both[0]]],
		['nobody', []],
	])('narrowed by "%s"', async (filter, results) => {
		expect((await search({ filter })).results).toEqual(results);
	});

	test('of a large account comes page by page', async () => {
		const phoneNumbers = Object.fromEntries(
			Array.from({ length: 248 }, (_, index) => [String(400_000_000_000_000 + index), {}]),
		);
		await simulator.admin('PATCH', '/account', { phoneNumbers });
		const first = await search();
		expect(first.results).toHaveLength(200);
		const second = await search({ paginationToken: String(first.paginationToken) });
		expect(second.results).toHaveLength(50);
		expect(second).not.toHaveProperty('paginationToken');
		const values = [...(first.results ?? []), ...(second.results ?? [])].map(({ value }) => value);
		expect(new Set(values).size).toBe(250);
	});

	test('goes on to the next page until something fits', async () => {
		const phoneNumbers = Object.fromEntries(
			Array.from({ length: 300 }, (_, index) => [String(400_000_000_000_000 + index), {}]),
		);
		await simulator.admin('PATCH', '/account', { phoneNumbers });
		const { results } = await search({ filter: '400000000000299' });
		expect(results).toMatchObject([{ value: '400000000000299' }]);
	});

	test('a number that is not verified yet is shown by itself', async () => {
		const id = '400000000000000';
		await simulator.admin('PATCH', '/account', {
			phoneNumbers: { [id]: { displayPhoneNumber: '+1 555-010-0009', verifiedName: '' } },
		});
		expect((await search({ filter: id })).results).toMatchObject([
			{ name: expect.stringContaining('+1 555-010-0009'), value: id },
		]);
	});

	test.each([
		[{ businessAccountId: '' }, /WhatsApp Business Account ID is empty/],
		[{ accessToken: '' }, /Access Token is empty/],
		[{ accessToken: 'NOT_A_TOKEN' }, /\(190\)/],
		[{ businessAccountId: '999' }, /\(100\)/],
		[{ graphBaseUrl: 'http://127.0.0.1:9' }, /cannot be reached/],
	])('with %j says what is wrong', async (account, problem) => {
		const { error, results } = await search({}, account);
		expect(results).toBeUndefined();
		expect(error?.message).toMatch(problem);
		expect(error?.message).not.toMatch(/\[item/);
		expect(error?.description).toMatch(/\w/);
	});
});
