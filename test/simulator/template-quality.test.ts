import { Callback } from './support/callback';
import { templatesPath as path, type Parts } from './support/definitions';
import { noticesOf } from './support/templateNotices';
import { at, listAt, textAt } from './support/json';
import { useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const named = async (name: string): Promise<Parts[]> =>
	listAt((await simulator.graph(`${path}?name=${name}`)).body, 'data');
const idNamed = async (name: string): Promise<string> => textAt((await named(name))[0], 'id');
const patch = async (id: string, change: Parts): Promise<unknown> =>
	await simulator.admin(`/templates/${id}`, change, 'PATCH');
const pass = async (hours: number): Promise<unknown> =>
	await simulator.admin('/clock', { ms: hours * 3_600_000 + 1 });
const send = async (name: string, language = 'en_US'): Promise<unknown> =>
	await simulator.outcome({ type: 'template', template: { name, language: { code: language } } });

test('low quality pauses a template for three hours, for six, and then for good', async () => {
	const id = await idNamed('hello_world');
	const notices = await noticesOf(simulator, 6, async () => {
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
	const notices = await noticesOf(simulator, 3, async () => {
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
