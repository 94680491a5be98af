import { runNode, useSimulator } from '../../harness';
import { credentials, ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const contact = operationsOf(simulator, 'contact');
const ana = '15550200001';
const ben = '15550200002';

/** Only people who have written can be blocked. */
const writes = async (customer: string) =>
	await simulator.admin('POST', '/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer,
		message: { type: 'text', text: { body: 'Hello' } },
	});

test('people are blocked, listed and unblocked', async () => {
	await writes(ana);
	await writes(ben);
	const blocked = await contact('block', { contacts: `+${ana}, +1 (555) 020-0002` });
	expect(onlyJson(blocked)).toEqual({
		success: true,
		phoneNumberId: ids.phoneNumber,
		blocked: [
			{ input: `+${ana}`, waId: ana, userId: expect.stringMatching(/^US\./) },
			{ input: `+${ben}`, waId: ben, userId: expect.stringMatching(/^US\./) },
		],
		failed: [],
	});
	const list = itemsOf(await contact('getBlocked', { returnAll: true }));
	expect(list.map(({ json }) => json['waId'])).toEqual([ana, ben]);
	const [, second] = list;
	const unblocked = await contact('unblock', { contacts: String(second?.json['userId']) });
	expect(onlyJson(unblocked)).toMatchObject({ success: true, unblocked: [{ waId: ben }] });
	expect(itemsOf(await contact('getBlocked')).map(({ json }) => json['waId'])).toEqual([ana]);
});

describe('if Meta blocks some and not others', () => {
	const both = { contacts: [`+${ana}`, '+15550200099'] };

	test('the error tells both lists', async () => {
		await writes(ana);
		const { error } = await contact('block', {
			contacts: `={{ ${JSON.stringify(both.contacts)} }}`,
		});
		expect(error?.message).toContain(
			'1 of 2 contacts were blocked; not blocked: +15550200099 (131047: This person has not written to the number within 24 hours)',
		);
		expect(error?.description).toContain(`Those blocked stay blocked: +${ana}.`);
	});

	test('with On Error set to Continue, the item has both lists', async () => {
		await writes(ana);
		const result = await runNode({
			node: 'whatsAppCloud',
			parameters: { resource: 'contact', operation: 'block', contacts: both.contacts.join('; ') },
			credentials: credentials(simulator.url, { stateStore: 'off' }),
			items: [{}],
			onError: 'continueRegularOutput',
		});
		expect(onlyJson(result)).toMatchObject({
			success: false,
			blocked: [{ waId: ana }],
			failed: [
				{ input: '+15550200099', code: 131047, reason: expect.stringContaining('24 hours') },
			],
			error: { message: expect.stringContaining('1 of 2 contacts were blocked') },
		});
	});
});

test('a block whose answer was lost is repeated: whoever is blocked stays blocked', async () => {
	await writes(ana);
	await simulator.admin('POST', '/faults', {
		kind: 'reset',
		when: 'after',
		count: 1,
		match: { path: '/block_users' },
	});
	expect(onlyJson(await contact('block', { contacts: `+${ana}` }))).toMatchObject({
		success: true,
	});
});

test('a token without the permission is told by its name', async () => {
	await withScopes(simulator, ['whatsapp_business_management']);
	const { error } = await contact('getBlocked');
	expect(error?.message).toContain('lacks the permission whatsapp_business_messaging');
});

test.each([
	['={{ "" }}', '"Contacts" is empty'],
	['={{ "call me" }}', '"Contacts" "call me" is neither a phone number nor a user ID'],
	['={{ Array(1001).fill("+15550200001") }}', '"Contacts" can have at most 1,000 entries'],
])('%s is refused before it is sent', async (contacts, problem) => {
	const { error } = await contact('block', { contacts });
	expect(error?.message).toContain(problem);
	expect(await requests(simulator)).toEqual([]);
});
