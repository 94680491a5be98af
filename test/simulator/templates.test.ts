import {
	body,
	create,
	footer,
	sampleHandle,
	templatesPath as path,
	type Parts,
} from './support/definitions';
import { noticesOf } from './support/templateNotices';
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

test('lists with filters', async () => {
	const names = async (query: string): Promise<unknown[]> =>
		listAt((await simulator.graph(`${path}?fields=name&limit=50${query}`)).body, 'data').map(
			(template) => template['name'],
		);
	await patch(await idNamed('coupon'), { quality: 'YELLOW' });
	await patch(await idNamed('hello_world'), { correctCategory: 'MARKETING' });
	expect(await names('')).toHaveLength(23);
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
		message_template_count: 23,
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
	const notices = await noticesOf(simulator, 1, async () => {
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
	const notices = await noticesOf(simulator, 2, async () => {
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
