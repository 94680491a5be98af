import { Callback } from './support/callback';
import {
	body,
	create,
	footer,
	sampleHandle,
	templatesPath as path,
	type Parts,
} from './support/definitions';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const subcode = (answer: Answer): unknown => at(answer.body, 'error', 'error_subcode');
const named = async (name: string): Promise<Parts[]> =>
	listAt((await simulator.graph(`${path}?name=${name}`)).body, 'data');
const idNamed = async (name: string): Promise<string> => textAt((await named(name))[0], 'id');
const patch = async (id: string, change: Parts): Promise<unknown> =>
	await simulator.admin(`/templates/${id}`, change, 'PATCH');
const remove = async (query: string): Promise<Answer> =>
	await simulator.graph(`${path}?${query}`, { method: 'DELETE' });
const pass = async (hours: number): Promise<unknown> =>
	await simulator.admin('/clock', { ms: hours * 3_600_000 + 1 });
const send = async (name: string, language = 'en_US'): Promise<unknown> =>
	await simulator.outcome({ type: 'template', template: { name, language: { code: language } } });

const fields = [
	'message_template_status_update',
	'message_template_quality_update',
	'message_template_components_update',
	'template_category_update',
];

/** What the webhooks said after the actions, in their order. */
async function noticesOf(count: number, act: () => Promise<void>): Promise<Parts[]> {
	const callback = await new Callback().start();
	try {
		await simulator.admin('/account', { webhook: { callbackUrl: callback.url, fields } }, 'PATCH');
		// One after the other, so that they arrive in their order.
		await simulator.admin('/settings', { webhooks: { concurrency: 1 } }, 'PATCH');
		await act();
		await callback.until((received) => received.length >= count);
		expect(callback.received).toHaveLength(count);
		return callback.received.map(({ field, value }) => ({ field, ...value }));
	} finally {
		await callback.stop();
	}
}

test('lists with filters', async () => {
	const names = async (query: string): Promise<unknown[]> =>
		listAt((await simulator.graph(`${path}?fields=name&limit=50${query}`)).body, 'data').map(
			(template) => template['name'],
		);
	await patch(await idNamed('coupon'), { quality: 'YELLOW' });
	await patch(await idNamed('hello_world'), { correctCategory: 'MARKETING' });
	expect(await names('')).toHaveLength(22);
	expect(await names('&status=PAUSED,REJECTED')).toEqual(['paused_offer', 'rejected_offer']);
	expect(await names('&category=AUTHENTICATION')).toEqual(['login_code']);
	expect(await names('&language=de')).toEqual(['invoice_document', 'spring_sale']);
	expect(await names('&name=offer')).toHaveLength(4);
	expect(await names('&name_or_content=gets%20nothing')).toEqual([]);
	expect(await names('&content=verification')).toEqual(['login_code']);
	expect(await names('&quality=yellow')).toEqual(['coupon']);
	expect(await names('&quality_score=YELLOW,RED')).toEqual(['coupon']);
	expect(await names('&correct_category=MARKETING')).toEqual(['hello_world']);
});

test('a summary counts what matches and what there is', async () => {
	const answer = await simulator.graph(`${path}?status=PAUSED&limit=1&summary=true`);
	expect(at(answer.body, 'summary')).toEqual({
		total_count: 1,
		message_template_count: 22,
		message_template_limit: 250,
		are_translations_complete: false,
	});
	expect(code(await simulator.graph(`${path}?summary=weight`))).toBe(100);
});

test('every field can be asked for, and no other', async () => {
	const [template] = listAt(
		(await simulator.graph(`${path}?name=paused_offer&fields=health_status,quality_score,source`))
			.body,
		'data',
	);
	expect(template).toMatchObject({
		quality_score: { score: 'GREEN' },
		health_status: {
			can_send_message: 'BLOCKED',
			entities: [{ entity_type: 'MESSAGE_TEMPLATE', errors: [{ error_code: 132015 }] }, {}],
		},
	});
	expect(template).not.toHaveProperty('source');
	expect(code(await simulator.graph(`${path}?fields=weight`))).toBe(100);
});

test('a new template is looked at, approved and announced', async () => {
	const notices = await noticesOf(1, async () => {
		const answer = await create(simulator, [body('Say hello to {{1}} for me.', 'Ann')]);
		const id = textAt(answer.body, 'id');
		expect(answer.body).toEqual({ id, status: 'PENDING', category: 'UTILITY' });
		expect(await send('greeting', 'en')).toBe(132001);
		await pass(1);
		expect(await send('greeting', 'en')).toBe(132000);
		expect((await simulator.graph(`/${id}`)).body).toMatchObject({ id, status: 'APPROVED' });
	});
	expect(notices).toMatchObject([
		{
			field: 'message_template_status_update',
			event: 'APPROVED',
			message_template_name: 'greeting',
			message_template_language: 'en',
			message_template_id: expect.any(Number),
		},
	]);
});

test('a review takes as long as the settings say, or until the test ends it', async () => {
	await simulator.admin('/settings', { templates: { reviewAfterMs: null } }, 'PATCH');
	const notices = await noticesOf(2, async () => {
		const { body: made } = await create(simulator, [body('Hi')], { language: 'en_GB' });
		await pass(1000);
		expect(await named('greeting')).toMatchObject([{ status: 'PENDING' }]);
		const id = textAt(made, 'id');
		await patch(id, { status: 'REJECTED', reason: 'PROMOTIONAL', recommendation: 'Sell less' });
		await simulator.graph(`/${id}`, { json: { components: [body('Hello')] } });
	});
	expect(notices).toMatchObject([
		{
			event: 'REJECTED',
			reason: 'PROMOTIONAL',
			message_template_language: 'en-GB',
			rejection_info: { reason: 'PROMOTIONAL', recommendation: 'Sell less' },
		},
		{ field: 'message_template_components_update', message_template_element: 'Hello' },
	]);
});

test('a template whose name says so is rejected', async () => {
	await create(simulator, [body('Hi')], { name: 'please_reject_me' });
	await pass(1);
	const [template] = listAt(
		(await simulator.graph(`${path}?name=reject_me&fields=status,rejected_reason`)).body,
		'data',
	);
	expect(template).toMatchObject({ status: 'REJECTED', rejected_reason: 'INVALID_FORMAT' });
});

test('a template is edited and looked at again', async () => {
	const id = await idNamed('hello_world');
	const edit = async (json: Parts): Promise<Answer> => await simulator.graph(`/${id}`, { json });
	expect((await edit({ components: [body('Good day.')] })).body).toMatchObject({ success: true });
	expect(await named('hello_world')).toMatchObject([
		{ status: 'PENDING', components: [{ text: 'Good day.' }] },
	]);
	expect(subcode(await edit({ components: [body('Too early.')] }))).toBe(2388039);
	await pass(1);
	expect(code(await edit({ category: 'MARKETING' }))).toBe(100);
	expect(await named('hello_world')).toMatchObject([{ status: 'APPROVED' }]);
	expect(subcode(await edit({ components: [body('Good day.'), footer('{{1}}')] }))).toBe(2388073);
	expect(code(await edit({}))).toBe(100);
});

test('an approved template is edited once a day and ten times in thirty', async () => {
	const id = await idNamed('hello_world');
	const outcomes = [];
	for (let day = 0; day < 11; day++) {
		const json = { components: [body(`Day ${day}.`)] };
		outcomes.push((await simulator.graph(`/${id}`, { json })).status);
		await pass(1);
		if (day === 0) outcomes.push((await simulator.graph(`/${id}`, { json })).status);
		await pass(23);
	}
	expect(outcomes).toEqual([200, 400, ...Array<number>(9).fill(200), 400]);
});

test('a rejected template is edited as often as it takes, its category too', async () => {
	const id = await idNamed('rejected_offer');
	for (const category of ['UTILITY', 'MARKETING', 'UTILITY']) {
		const json = { category, components: [body('Buy now.')] };
		expect((await simulator.graph(`/${id}`, { json })).status).toBe(200);
		// Its name sends it back each time.
		await pass(1);
	}
	expect(await named('rejected_offer')).toMatchObject([
		{ status: 'REJECTED', category: 'UTILITY' },
	]);
});

test('tracking of links and the time to live change without review', async () => {
	const id = await idNamed('hello_world');
	const query = 'cta_url_link_tracking_opted_out=true&category=UTILITY&message_send_ttl_seconds=60';
	expect((await simulator.graph(`/${id}?${query}`, { method: 'POST' })).status).toBe(200);
	const shown = `/${id}?fields=status,message_send_ttl_seconds,cta_url_link_tracking_opted_out`;
	expect((await simulator.graph(shown)).body).toEqual({
		id,
		status: 'APPROVED',
		message_send_ttl_seconds: 60,
		cta_url_link_tracking_opted_out: true,
	});
	const json = { message_send_ttl_seconds: 50_000 };
	expect(code(await simulator.graph(`/${id}`, { json }))).toBe(100);
});

test('deleting by name takes all languages, by ID one', async () => {
	await create(simulator, [body('Hello.')]);
	const german = textAt((await create(simulator, [body('Hallo.')], { language: 'de' })).body, 'id');
	await remove(`name=greeting&hsm_id=${german}`);
	expect(await named('greeting')).toMatchObject([{ language: 'en' }]);
	await create(simulator, [body('Hallo.')], { language: 'de' });
	expect((await remove('name=greeting')).body).toEqual({ success: true });
	expect(await named('greeting')).toEqual([]);
	expect(code(await remove('name=greeting'))).toBe(100);
	expect(code(await remove('hsm_id=1'))).toBe(100);
});

test('up to a hundred templates are deleted by their IDs, all or none', async () => {
	const [coupon, hello] = [await idNamed('coupon'), await idNamed('hello_world')];
	const list = (...some: string[]): string => `hsm_ids=${JSON.stringify(some)}`;
	expect(code(await remove(list(coupon, '1')))).toBe(100);
	expect(await named('coupon')).toHaveLength(1);
	expect((await remove(list(coupon, hello))).body).toEqual({ success: true });
	expect([await named('coupon'), await named('hello_world')]).toEqual([[], []]);
	expect(code(await remove(list(...Array.from({ length: 101 }, (_, id) => String(id)))))).toBe(100);
	expect(code(await remove(list(await idNamed('disabled_offer'))))).toBe(100);
});

test('the name of an approved template stays blocked for thirty days', async () => {
	await remove('name=hello_world');
	const again = async (parts: Parts = {}): Promise<Answer> =>
		await create(simulator, [body('Hi')], { name: 'hello_world', language: 'en_US', ...parts });
	const answer = await again();
	expect(subcode(answer)).toBe(2388023);
	expect(textAt(answer.body, 'error', 'error_user_msg')).toContain('Try again in 4 weeks');
	expect(subcode(await again({ language: 'de' }))).toBe(2388023);
	await pass(30 * 24);
	expect((await again()).status).toBe(200);
});

test('a template whose messages are on their way stays until they are delivered', async () => {
	await simulator.admin(
		'/settings',
		{ statuses: { enabled: true, sentAfterMs: 1, deliveredAfterMs: null, readAfterMs: null } },
		'PATCH',
	);
	expect(await send('hello_world')).toBe(200);
	await remove('name=hello_world');
	expect(await named('hello_world')).toMatchObject([{ status: 'PENDING_DELETION' }]);
	expect(await send('hello_world')).toBe(132001);
	await pass(30 * 24);
	expect(await named('hello_world')).toEqual([]);
});

test('low quality pauses a template for three hours, for six, and then for good', async () => {
	const id = await idNamed('hello_world');
	const notices = await noticesOf(6, async () => {
		await patch(id, { status: 'PAUSED' });
		expect(await send('hello_world')).toBe(132015);
		await pass(3);
		expect(await send('hello_world')).toBe(200);
		await patch(id, { status: 'PAUSED' });
		await pass(3);
		expect(await send('hello_world')).toBe(132015);
		await pass(3);
		await patch(id, { status: 'PAUSED' });
		expect(await send('hello_world')).toBe(132016);
	});
	expect(notices.map(({ field, event }) => event ?? field)).toEqual([
		'message_template_quality_update',
		'PAUSED',
		'APPROVED',
		'PAUSED',
		'APPROVED',
		'DISABLED',
	]);
	expect(notices.map((notice) => at(notice, 'other_info', 'title'))).toEqual([
		undefined,
		'FIRST_PAUSE',
		'UNPAUSE',
		'SECOND_PAUSE',
		'UNPAUSE',
		'DISABLED',
	]);
});

test('a business lifts the pause of pacing, and no other', async () => {
	const id = await idNamed('hello_world');
	const unpause = async (): Promise<unknown> =>
		(await simulator.graph(`/${id}/unpause`, { method: 'POST' })).body;
	expect(await unpause()).toEqual({ success: false, reason: 'The template is not paused' });
	await patch(id, { status: 'PAUSED' });
	expect(await unpause()).toMatchObject({ success: false });
	await patch(id, { status: 'APPROVED' });
	await patch(id, { status: 'PAUSED', pause: 'pacing' });
	await pass(100);
	expect(await send('hello_world')).toBe(132015);
	expect(await unpause()).toEqual({ success: true });
	expect(await send('hello_world')).toBe(200);
});

test('pacing holds messages back until it is known whether people like them', async () => {
	const callback = await new Callback().start();
	try {
		await simulator.admin('/account', { webhook: { callbackUrl: callback.url } }, 'PATCH');
		const settings = { statuses: { enabled: true }, webhooks: { concurrency: 1 } };
		await simulator.admin('/settings', settings, 'PATCH');
		const id = await idNamed('hello_world');
		const ask = {
			type: 'template',
			template: { name: 'hello_world', language: { code: 'en_US' } },
		};
		await patch(id, { pacing: 'hold' });
		const held = await simulator.send(ask);
		expect(at(held.body, 'messages', 0, 'message_status')).toBe('held_for_quality_assessment');
		await pass(1);
		expect(callback.received).toEqual([]);
		await patch(id, { pacing: 'deliver' });
		await callback.until((received) => received.length === 3);
		await patch(id, { pacing: 'hold' });
		await simulator.send(ask);
		await patch(id, { pacing: 'drop' });
		await callback.until((received) => received.length === 4);
		const [status] = listAt(callback.received[3]?.value, 'statuses');
		expect(status).toMatchObject({ status: 'failed', errors: [{ code: 132015 }] });
		expect(await send('hello_world')).toBe(132015);
		expect(at((await simulator.graph(`/${id}/unpause`, { method: 'POST' })).body, 'success')).toBe(
			true,
		);
	} finally {
		await callback.stop();
	}
});

test('quality and category change with notices, the category a day ahead', async () => {
	const id = await idNamed('hello_world');
	const notices = await noticesOf(3, async () => {
		await patch(id, { quality: 'YELLOW' });
		await patch(id, { correctCategory: 'MARKETING' });
		await pass(24);
	});
	expect(notices).toMatchObject([
		{ previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' },
		{ new_category: 'UTILITY', correct_category: 'MARKETING' },
		{ previous_category: 'UTILITY', new_category: 'MARKETING' },
	]);
	expect(await named('hello_world')).toMatchObject([
		{ category: 'MARKETING', previous_category: 'UTILITY' },
	]);
});

test('warnings change nothing, an appeal takes the template out of use', async () => {
	const id = await idNamed('hello_world');
	await patch(id, { status: 'FLAGGED' });
	expect(await send('hello_world')).toBe(200);
	await patch(id, { status: 'IN_APPEAL' });
	expect(await send('hello_world')).toBe(132001);
	await patch(id, { status: 'REINSTATED' });
	expect(await send('hello_world')).toBe(200);
	await expect(patch(id, { status: 'LOVELY' })).rejects.toThrow('400');
	await expect(patch('1', { status: 'PAUSED' })).rejects.toThrow('404');
});

test('an upload that breaks off goes on where it stopped', async () => {
	const session = await simulator.graph(
		`/${ids.app}/uploads?file_name=a.png&file_length=10&file_type=image/png`,
		{ method: 'POST' },
	);
	const id = textAt(session.body, 'id');
	const put = async (offset: number, bytes: number): Promise<Answer> =>
		await simulator.graph(`/${id}`, {
			method: 'POST',
			headers: { file_offset: String(offset) },
			body: Buffer.alloc(bytes),
		});
	expect((await put(0, 4)).status).toBe(400);
	expect((await simulator.graph(`/${id}`)).body).toEqual({ id, file_offset: 4 });
	expect((await put(0, 10)).status).toBe(400);
	expect((await put(4, 7)).status).toBe(400);
	expect(textAt((await put(4, 6)).body, 'h')).toMatch(/^4::/);
	expect(await sampleHandle(simulator, 'image/png')).not.toBe(
		await sampleHandle(simulator, 'image/png'),
	);
});
