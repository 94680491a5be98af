import { jpegOf } from '../../../fixtures/files/jpegOf';
import { until } from '../../../until';
import { useSimulator } from '../../harness';
import { ids, itemsOf, onlyJson, requests, withoutStatuses } from '../account';
import { binaryFile } from '../files';
import { byId, operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const group = operationsOf(simulator, 'group');
const plantLovers = { group: byId(ids.group) };

/** Somebody opens the invite link. */
const joins = async (groupId: string, customer: string) =>
	await simulator.admin('POST', '/groups/join', { group: groupId, customer });

/** Makes a group and waits until it is there, as the trigger would. */
async function create(parameters: Record<string, unknown> = {}): Promise<string> {
	const known = new Set(itemsOf(await group('getMany')).map(({ json }) => json['groupId']));
	await group('create', { subject: 'Hikers', ...parameters });
	const made = await until('the group is there', async () => {
		const items = itemsOf(await group('getMany', { returnAll: true }));
		return items.find(({ json }) => !known.has(json['groupId']));
	});
	return String(made.json['groupId']);
}

describe('groups', () => {
	test('are listed and looked up', async () => {
		expect(onlyJson(await group('getMany'))).toEqual({
			groupId: ids.group,
			subject: 'Plant lovers',
			createdAt: '2026-01-01T00:00:00.000Z',
		});
		expect(onlyJson(await group('get', plantLovers))).toEqual({
			groupId: ids.group,
			subject: 'Plant lovers',
			description: null,
			joinApprovalMode: 'auto_approve',
			isSuspended: false,
			createdAt: '2026-01-01T00:00:00.000Z',
			participantCount: 2,
			participants: [
				{ waId: '15550200001', userId: expect.stringMatching(/^US\./) },
				{ waId: '15550200002', userId: expect.any(String) },
			],
		});
	});

	test('are listed to the end, however many pages there are', async () => {
		const groups = Object.fromEntries(
			Array.from({ length: 130 }, (_, index) => [
				`Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAz${String(index).padStart(6, '0')}`,
				{ subject: `Group ${index}` },
			]),
		);
		await simulator.admin('PATCH', '/account', { groups });
		const items = itemsOf(await group('getMany', { returnAll: true }));
		expect(new Set(items.map(({ json }) => json['groupId'])).size).toBe(131);
	});

	test('are asked for, and made a moment later', async () => {
		const asked = onlyJson(await group('create', { subject: 'Hikers', description: 'Sundays' }));
		expect(asked).toEqual({
			requestId: expect.stringMatching(/^\d+$/),
			subject: 'Hikers',
			phoneNumberId: ids.phoneNumber,
		});
	});

	test('may be closed to those whom nobody has approved', async () => {
		const id = await create({ joinApprovalMode: 'approval_required' });
		expect(onlyJson(await group('get', { group: byId(id) }))).toMatchObject({
			joinApprovalMode: 'approval_required',
			participantCount: 0,
		});
	});

	test('change their texts and picture', async () => {
		const item = { json: {}, binary: { data: binaryFile(jpegOf(400, 400), 'image/jpeg') } };
		const fields = { subject: 'Cacti', description: '', pictureField: 'data' };
		const updated = await group('update', { ...plantLovers, updateFields: fields }, [item]);
		expect(onlyJson(updated)).toMatchObject({ success: true, requestId: expect.any(String) });
		expect(onlyJson(await group('get', plantLovers))).toMatchObject({ subject: 'Cacti' });
	});

	test.each([
		[jpegOf(400, 300), 'image/jpeg', 'The picture of the group is not square (131209)'],
		[jpegOf(100, 100), 'image/jpeg', 'The picture of the group is too small (131210)'],
	])('a wrong picture is refused in words', async (content, type, problem) => {
		const item = { json: {}, binary: { data: binaryFile(content, type) } };
		const fields = { pictureField: 'data' };
		const { error } = await group('update', { ...plantLovers, updateFields: fields }, [item]);
		expect(error?.message).toContain(problem);
	});

	test('a PNG is refused before it is uploaded', async () => {
		const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000', 'hex');
		const item = { json: {}, binary: { data: binaryFile(png, 'image/png') } };
		const fields = { pictureField: 'data' };
		const { error } = await group('update', { ...plantLovers, updateFields: fields }, [item]);
		expect(error?.message).toContain('"Update Fields › Picture From Field" is "data"');
		expect(error?.message).toContain('image/png');
		expect(await requests(simulator)).toEqual([]);
	});

	test('are deleted', async () => {
		expect(onlyJson(await group('delete', plantLovers))).toEqual({
			deleted: true,
			groupId: ids.group,
		});
		expect((await group('get', plantLovers)).error?.message).toContain('(100)');
	});

	test('have a link, which can be renewed', async () => {
		const first = onlyJson(await group('getInviteLink', plantLovers));
		expect(first).toEqual({
			inviteLink: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\//),
			groupId: ids.group,
		});
		const second = onlyJson(await group('resetInviteLink', plantLovers));
		expect(second['inviteLink']).not.toBe(first['inviteLink']);
	});
});

describe('limits', () => {
	test('a number with all its groups, and one that may have none', async () => {
		await simulator.admin('PATCH', '/settings', { limits: { groupsPerNumber: 1 } });
		const full = await group('create', { subject: 'x' });
		expect(full.error?.message).toContain('The number has as many groups as Meta allows (131211)');
		await simulator.admin('PATCH', '/account', {
			phoneNumbers: { [ids.phoneNumber]: { groupsAllowed: false } },
		});
		const none = await group('create', { subject: 'x' });
		expect(none.error?.message).toContain('This number may not use groups (131215)');
	});

	test('a suspended group', async () => {
		await simulator.admin('PATCH', '/account', { groups: { [ids.group]: { suspended: true } } });
		const { error } = await group('update', { ...plantLovers, updateFields: { subject: 'x' } });
		expect(error?.message).toContain('Meta has suspended the group (131207)');
		expect(onlyJson(await group('get', plantLovers))).toMatchObject({ isSuspended: true });
	});

	test.each<[string, Record<string, unknown>, string]>([
		['create', { subject: '={{ " " }}' }, '"Subject" is empty'],
		[
			'create',
			{ subject: 'x'.repeat(129) },
			'"Subject" can have at most 128 characters, but has 129',
		],
		[
			'create',
			{ subject: 'x', description: 'x'.repeat(2049) },
			'"Description" can have at most 2,048',
		],
		['update', { ...plantLovers, updateFields: {} }, '"Update Fields" is empty'],
		[
			'update',
			{ group: byId('my group'), updateFields: { subject: 'x' } },
			'"Group" must be the ID of a group',
		],
		[
			'removeParticipants',
			{ ...plantLovers, participants: '={{ [] }}' },
			'"Participants" is empty',
		],
		[
			'removeParticipants',
			{ ...plantLovers, participants: 'Ana' },
			'"Participants" "Ana" is neither a phone number nor a user ID',
		],
		[
			'removeParticipants',
			{ ...plantLovers, participants: '={{ Array(9).fill("+15550200001") }}' },
			'"Participants" can name at most 8 people, but names 9',
		],
		[
			'answerJoinRequests',
			{ ...plantLovers, joinRequestIds: '={{ "" }}' },
			'"Join Request IDs" is empty',
		],
	])('%s with %j is refused before anything is asked', async (operation, parameters, problem) => {
		const { error } = await group(operation, parameters);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});

	test('a token without the permission', async () => {
		await withScopes(simulator, ['whatsapp_business_management']);
		const { error } = await group('get', plantLovers);
		expect(error?.message).toContain('lacks the permission whatsapp_business_messaging');
	});
});

describe('people', () => {
	test('who ask are listed, let in and turned away', async () => {
		const id = await create({ joinApprovalMode: 'approval_required' });
		for (const person of ['15550200001', '15550200002']) await joins(id, person);
		const asking = itemsOf(await group('getJoinRequests', { group: byId(id) }));
		expect(asking.map(({ json }) => json)).toEqual([
			{
				joinRequestId: expect.any(String),
				waId: '15550200001',
				userId: expect.any(String),
				requestedAt: expect.stringMatching(/Z$/),
				groupId: id,
			},
			expect.objectContaining({ waId: '15550200002' }),
		]);
		const [ana = '', ben = ''] = asking.map(({ json }) => String(json['joinRequestId']));
		const answer = async (parameters: Record<string, unknown>) =>
			await group('answerJoinRequests', { group: byId(id), ...parameters });
		const partly = await answer({ joinRequestIds: `${ana}, gone` });
		expect(partly.error?.message).toContain(
			'1 of 2 join requests were answered; not answered: gone (131213: Group join request does not exist.)',
		);
		expect(partly.error?.description).toContain(`Those answered stay answered: ${ana}.`);
		const rejected = await answer({ answer: 'reject', joinRequestIds: `={{ ["${ben}"] }}` });
		expect(onlyJson(rejected)).toEqual({
			success: true,
			groupId: id,
			approved: [],
			rejected: [ben],
			failed: [],
		});
		const { error } = await answer({ joinRequestIds: ana });
		expect(error?.message).toContain('0 of 1 join requests were answered; not answered: ');
	});

	test('are removed by number and by user ID', async () => {
		const { participants } = onlyJson(await group('get', plantLovers));
		const userId = (participants as { userId: string }[])[1]?.userId ?? '';
		const removed = await group('removeParticipants', {
			...plantLovers,
			participants: `+1 555 020 0001; ${userId}`,
		});
		expect(onlyJson(removed)).toMatchObject({ requestId: expect.any(String), groupId: ids.group });
		expect(onlyJson(await group('get', plantLovers))).toMatchObject({ participantCount: 0 });
	});
});
