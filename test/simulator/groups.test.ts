import { jpegOf } from '../fixtures/files/jpegOf';
import { Callback } from './support/callback';
import { png } from './support/files';
import { at, listAt, textAt, type Json } from './support/json';
import { ana, ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);
let callback: Callback;
beforeEach(async () => {
	callback = await new Callback().start();
	const fields = ['group_lifecycle_update', 'group_participants_update', 'group_settings_update'];
	await simulator.admin('/account', { webhook: { callbackUrl: callback.url, fields } }, 'PATCH');
});
afterEach(async () => await callback.stop());

const product = { messaging_product: 'whatsapp' };
const groups = `/${ids.phoneNumber}/groups`;

const post = async (path: string, json: Json, method = 'POST'): Promise<Answer> =>
	await simulator.graph(path, { method, json: { ...product, ...json } });

const codeOf = ({ status, body }: Answer): unknown =>
	status === 200 ? 200 : at(body, 'error', 'code');

/** What the webhooks have said about groups so far, as soon as there are this many. */
async function told(count: number): Promise<Json[]> {
	await callback.until((received) => received.length >= count);
	return callback.received.flatMap(({ value }) => listAt(value, 'groups'));
}

async function create(parts: Json = {}): Promise<string> {
	const before = callback.received.length;
	await post(groups, { subject: 'Hikers', ...parts });
	return textAt((await told(before + 1)).at(-1), 'group_id');
}

const opens = async (group: string, customer = ana): Promise<unknown> =>
	await simulator.admin('/groups/join', { group, customer });

test('a group is made a moment after the request', async () => {
	const { body } = await post(groups, {
		subject: ' Hikers ',
		description: 'On Sundays',
		join_approval_mode: 'approval_required',
	});
	expect(body).toEqual({ ...product, request_id: expect.stringMatching(/^\d+$/) });
	const [created] = await told(1);
	expect(created).toEqual({
		timestamp: expect.any(String),
		group_id: expect.any(String),
		type: 'group_create',
		request_id: textAt(body, 'request_id'),
		subject: 'Hikers',
		description: 'On Sundays',
		invite_link: expect.stringMatching(/^https:\/\/chat\.whatsapp\.com\/[0-9A-Z]{22}$/),
		join_approval_mode: 'approval_required',
	});
	const id = textAt(created, 'group_id');
	const fields =
		'subject,description,suspended,creation_timestamp,total_participant_count,participants,join_approval_mode';
	expect((await simulator.graph(`/${id}?fields=${fields}`)).body).toEqual({
		id,
		subject: 'Hikers',
		description: 'On Sundays',
		suspended: false,
		creation_timestamp: expect.any(Number),
		total_participant_count: 0,
		participants: [],
		join_approval_mode: 'approval_required',
	});
	expect((await simulator.graph(`/${id}`)).body).toEqual({ id, ...product });
	expect(listAt((await simulator.graph(groups)).body, 'data', 'groups')).toContainEqual({
		id,
		subject: 'Hikers',
		created_at: expect.any(String),
	});
});

test.each<[string, Json, number]>([
	['no subject', { subject: ' ' }, 100],
	['a long subject', { subject: 'x'.repeat(129) }, 100],
	['a long description', { subject: 'x', description: 'x'.repeat(2049) }, 100],
	['another mode', { subject: 'x', join_approval_mode: 'maybe' }, 100],
])('%s is refused', async (_name, parts, code) => {
	expect(codeOf(await post(groups, parts))).toBe(code);
});

test('a number has a limit of groups, or none at all', async () => {
	await simulator.admin('/settings', { limits: { groupsPerNumber: 1 } }, 'PATCH');
	expect(codeOf(await post(groups, { subject: 'x' }))).toBe(131211);
	const without = { phoneNumbers: { [ids.phoneNumber]: { groupsAllowed: false } } };
	await simulator.admin('/account', without, 'PATCH');
	expect(codeOf(await post(groups, { subject: 'x' }))).toBe(131215);
});

test('subject, description and picture change', async () => {
	expect(codeOf(await post(`/${ids.group}`, {}))).toBe(100);
	await post(`/${ids.group}`, { subject: 'Cactus friends' });
	const [changed] = await told(1);
	expect(changed).toMatchObject({
		type: 'group_settings_update',
		group_subject: { text: 'Cactus friends', update_successful: true },
	});
	const picture = async (bytes: Buffer, type = 'image/jpeg'): Promise<unknown> => {
		const form = new FormData();
		form.set('messaging_product', 'whatsapp');
		form.set('file', new Blob([new Uint8Array(bytes)], { type }), 'picture.jpg');
		return codeOf(await simulator.graph(`/${ids.group}`, { body: form }));
	};
	expect(await picture(jpegOf(200, 200))).toBe(200);
	expect(await picture(jpegOf(200, 201))).toBe(131209);
	expect(await picture(jpegOf(100, 100))).toBe(131210);
	expect(await picture(png(), 'image/png')).toBe(100);
	expect((await told(2))[1]).toMatchObject({ profile_picture: { update_successful: true } });
});

test('the invite link can be read, renewed and deleted', async () => {
	const path = `/${ids.group}/invite_link`;
	const first = textAt((await simulator.graph(path)).body, 'invite_link');
	const second = textAt((await post(path, {})).body, 'invite_link');
	expect(second).not.toBe(first);
	expect((await simulator.graph(path)).body).toEqual({ ...product, invite_link: second });
	expect(codeOf(await simulator.graph(path, { method: 'DELETE' }))).toBe(200);
	expect(codeOf(await simulator.graph(path))).toBe(131009);
});

test('whoever opens the link is in, unless the group asks', async () => {
	const open = await create();
	await opens(open);
	expect((await told(2))[1]).toMatchObject({
		type: 'group_participants_add',
		reason: 'invite_link',
		added_participants: [{ wa_id: ana }],
	});
	await expect(opens(open)).rejects.toThrow('is in the group already');
	await simulator.admin('/groups/leave', { group: open, customer: ana });
	expect((await told(3))[2]).toMatchObject({
		type: 'group_participants_remove',
		initiated_by: 'participant',
	});
});

test('requests to join are approved and rejected', async () => {
	const id = await create({ join_approval_mode: 'approval_required' });
	const people = [ana, '15550200002', '4915550200003'];
	for (const person of people) await opens(id, person);
	const list = async (): Promise<Json[]> =>
		listAt((await simulator.graph(`/${id}/join_requests`)).body, 'data');
	const requests = await list();
	expect(requests).toHaveLength(3);
	expect(requests[0]).toEqual({
		join_request_id: expect.any(String),
		wa_id: ana,
		user_id: expect.any(String),
		creation_timestamp: expect.any(Number),
	});
	const [first, second] = requests.map((each) => textAt(each, 'join_request_id'));
	expect((await post(`/${id}/join_requests`, { join_requests: [first, 'gone'] })).body).toEqual({
		...product,
		approved_join_requests: [first],
		failed_join_requests: [
			{ join_request_id: 'gone', errors: [expect.objectContaining({ code: 131213 })] },
		],
		errors: [expect.objectContaining({ code: 131201 })],
	});
	expect((await post(`/${id}/join_requests`, { join_requests: [second] }, 'DELETE')).body).toEqual({
		...product,
		rejected_join_requests: [second],
	});
	await simulator.admin('/groups/leave', { group: id, customer: '4915550200003' });
	expect(await list()).toEqual([]);
	const types = (await told(6)).map((each) => each['type']);
	expect(types.slice(-2)).toEqual(['group_participants_add', 'group_join_request_revoked']);
});

test('a group holds eight people', async () => {
	const id = await create({ join_approval_mode: 'approval_required' });
	for (let person = 0; person < 9; person++) await opens(id, `1555030000${person}`);
	const { body } = await simulator.graph(`/${id}/join_requests`);
	const all = listAt(body, 'data').map((each) => each['join_request_id']);
	const answer = (await post(`/${id}/join_requests`, { join_requests: all })).body;
	expect(at(answer, 'approved_join_requests')).toHaveLength(8);
	expect(at(answer, 'failed_join_requests', 0, 'errors', 0, 'code')).toBe(131204);
});

test('people are removed for good', async () => {
	const path = `/${ids.group}/participants`;
	const remove = async (...users: string[]): Promise<Answer> =>
		await post(path, { participants: users.map((user) => ({ user })) }, 'DELETE');
	expect(codeOf(await remove())).toBe(100);
	expect(codeOf(await remove(`+${ana}`, `+${ana}`))).toBe(131202);
	expect((await remove(`+${ana}`, '+15550999999')).body).toMatchObject({ ...product });
	expect((await told(1))[0]).toMatchObject({
		type: 'group_participants_remove',
		initiated_by: 'business',
		removed_participants: [{ input: `+${ana}`, wa_id: ana }],
		failed_participants: [{ wa_id: '15550999999', errors: [{ code: 131212 }] }],
	});
	await expect(opens(ids.group)).rejects.toThrow('was removed');
});

test('a suspended group can be read, not changed; a deleted one is gone', async () => {
	await simulator.admin('/account', { groups: { [ids.group]: { suspended: true } } }, 'PATCH');
	expect(codeOf(await post(`/${ids.group}`, { subject: 'x' }))).toBe(131207);
	expect(codeOf(await simulator.graph(`/${ids.group}?fields=suspended`))).toBe(200);
	const id = await create();
	expect((await simulator.graph(`/${id}`, { method: 'DELETE' })).body).toEqual({ success: true });
	expect((await told(2))[1]).toMatchObject({ type: 'group_delete', group_id: id });
	expect((await simulator.graph(`/${id}`)).status).toBe(400);
});
