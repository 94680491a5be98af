import { endpointFlow, flowWithMistake, validFlow } from '../fixtures/flowJson';
import { Callback } from './support/callback';
import { at, listAt, textAt, type Json } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const flows = `/${ids.businessAccount}/flows`;

const create = async (parts: Json = {}): Promise<Answer> =>
	await simulator.graph(flows, { json: { name: 'Booking', categories: ['OTHER'], ...parts } });

const newFlow = async (parts: Json = {}): Promise<string> =>
	textAt((await create(parts)).body, 'id');

const withJson = { flow_json: JSON.stringify(validFlow()) };

const read = async (id: string, fields: string): Promise<unknown> =>
	(await simulator.graph(`/${id}?fields=${encodeURIComponent(fields)}`)).body;

async function upload(id: string, json: string, fields: Json = {}): Promise<Answer> {
	const form = new FormData();
	const all: Json = { name: 'flow.json', asset_type: 'FLOW_JSON', ...fields };
	for (const [name, value] of Object.entries(all)) form.set(name, String(value));
	form.set('file', new Blob([json], { type: 'application/json' }), 'flow.json');
	return await simulator.graph(`/${id}/assets`, { body: form });
}

const outcome = async (path: string, method = 'POST'): Promise<unknown> => {
	const { status, body } = await simulator.graph(path, { method });
	return status === 200 ? 200 : [at(body, 'error', 'code'), at(body, 'error', 'error_user_title')];
};

test('a draft is made, filled, published, deprecated', async () => {
	const created = await create();
	expect(created.body).toEqual({ id: expect.stringMatching(/^\d+$/), success: true });
	const id = textAt(created.body, 'id');
	expect(await outcome(`/${id}/publish`)).toEqual([
		139002,
		'Publishing Flow with validation errors',
	]);
	expect((await upload(id, flowWithMistake())).body).toMatchObject({
		success: true,
		validation_errors: [
			{ error: 'MISSING_REQUIRED_PROPERTY' },
			{ error: 'INVALID_PROPERTY_KEY', line_start: 12, column_start: 13 },
		],
	});
	expect(await outcome(`/${id}/publish`)).toEqual([
		139002,
		'Publishing Flow with validation errors',
	]);
	expect((await upload(id, JSON.stringify(validFlow()))).body).toEqual({
		success: true,
		validation_errors: [],
	});
	expect(await outcome(`/${id}/deprecate`)).toEqual([139003, "Can't deprecate unpublished Flow"]);
	expect(await outcome(`/${id}/publish`)).toBe(200);
	expect(await outcome(`/${id}/publish`)).toEqual([139002, 'Publishing Flow in invalid state']);
	expect(await outcome(`/${id}`, 'DELETE')).toEqual([139004, "Can't delete published Flow"]);
	expect((await upload(id, '{}')).status).toBe(400);
	expect(await outcome(`/${id}/deprecate`)).toBe(200);
	expect(await outcome(`/${id}/deprecate`)).toEqual([139003, 'Flow is already deprecated']);
	expect(await read(id, 'status,json_version')).toEqual({
		id,
		status: 'DEPRECATED',
		json_version: '7.3',
	});
});

test('a change of status is told to whoever subscribes to flows', async () => {
	const callback = await new Callback().start();
	try {
		const webhook = { callbackUrl: callback.url, fields: ['flows'] };
		await simulator.admin('/account', { webhook }, 'PATCH');
		const id = await newFlow({ ...withJson, publish: true });
		await callback.until((received) => received.length > 0);
		expect(callback.received[0]).toMatchObject({
			field: 'flows',
			value: { event: 'FLOW_STATUS_CHANGE', flow_id: id, new_status: 'PUBLISHED' },
		});
	} finally {
		await callback.stop();
	}
});

test('an invalid one asked to be published stays a draft', async () => {
	const { body } = await create({ flow_json: '{', publish: true });
	expect(body).toMatchObject({
		success: false,
		validation_errors: [{ error: 'INVALID_FLOW_JSON' }],
	});
	expect(await read(textAt(body, 'id'), 'status')).toMatchObject({ status: 'DRAFT' });
});

test.each<[string, Json, unknown]>([
	['a name that is taken', { name: 'feedback_form' }, 'Flow name is not unique'],
	['no name', { name: '' }, undefined],
	['no category', { categories: [] }, undefined],
	['an unknown category', { categories: ['FUN'] }, undefined],
	['an endpoint without https', { endpoint_uri: 'http://x.example' }, 'Invalid Endpoint URI'],
	['a copy of nothing', { clone_flow_id: '1' }, undefined],
])('%s is refused', async (_name, parts, title) => {
	const { status, body } = await create(parts);
	expect([status, at(body, 'error', 'code')]).toEqual([400, 100]);
	expect(at(body, 'error', 'error_user_title')).toBe(title);
});

test('a copy has the Flow JSON of its source', async () => {
	const id = await newFlow({ clone_flow_id: ids.flow });
	const assets = (await simulator.graph(`/${id}/assets`)).body;
	const [asset] = listAt(assets, 'data');
	expect(asset).toMatchObject({ name: 'flow.json', asset_type: 'FLOW_JSON' });
	const token = { authorization: 'Bearer SIMULATOR_ACCESS_TOKEN' };
	const file = await fetch(textAt(asset, 'download_url'), { headers: token });
	expect(await file.json()).toMatchObject({ version: '7.3', screens: [{ id: 'DETAILS' }] });
});

test('drafts can be changed and deleted', async () => {
	const id = await newFlow();
	const changes = {
		name: 'Renamed',
		categories: '["SURVEY"]',
		endpoint_uri: 'https://x.example/f',
	};
	expect((await simulator.graph(`/${id}`, { json: changes })).body).toEqual({ success: true });
	expect(await read(id, 'name,categories,endpoint_uri,application')).toEqual({
		id,
		name: 'Renamed',
		categories: ['SURVEY'],
		endpoint_uri: 'https://x.example/f',
		application: expect.objectContaining({ id: ids.app }),
	});
	expect(await outcome(`/${id}`, 'DELETE')).toBe(200);
	expect((await simulator.graph(`/${id}`)).status).toBe(400);
	const published = await simulator.graph(`/${ids.flow}`, { json: { name: 'x' } });
	expect(at(published.body, 'error', 'code')).toBe(139001);
});

test('an endpoint is needed if the Flow JSON asks one, and a version that is not frozen', async () => {
	const id = await newFlow({ flow_json: JSON.stringify(endpointFlow()) });
	expect(await outcome(`/${id}/publish`)).toEqual([
		139002,
		'Publishing without specifying "endpoint_uri"',
	]);
	await simulator.graph(`/${id}`, { json: { endpoint_uri: 'https://x.example/f' } });
	expect(await outcome(`/${id}/publish`)).toBe(200);
	const old = JSON.stringify({ ...validFlow(), version: '5.0' });
	const frozen = await newFlow({ name: 'Old', flow_json: old });
	expect(await outcome(`/${frozen}/publish`)).toEqual([139002, 'Unsupported Flow JSON version']);
});

test('the preview lasts thirty days, or until a new one is asked for', async () => {
	const link = async (invalidate: boolean): Promise<string> =>
		textAt(
			await read(ids.flow, `preview.invalidate(${String(invalidate)})`),
			'preview',
			'preview_url',
		);
	const first = await link(false);
	expect(first).toMatch(/\/preview\/\?token=[0-9a-f]{32}$/);
	expect(await link(false)).toBe(first);
	const second = await link(true);
	expect(second).not.toBe(first);
	await simulator.admin('/clock', { ms: 31 * 86_400_000 });
	expect(await link(false)).not.toBe(second);
});

describe('metrics', () => {
	const day = (date: string, requests: number): Json => ({
		date,
		requests,
		errors: { timeout_error: 5 },
		seconds: { '1': requests - 5, '2': 5 },
	});
	const metric = async (text: string): Promise<unknown> =>
		at(await read(ids.flow, `metric.${text}`), 'metric');

	test('of too few requests are not shown', async () => {
		expect(await read(ids.flow, 'metric.name(ENDPOINT_REQUEST_COUNT)')).toMatchObject({
			error: { code: 139006 },
		});
	});

	test('by day, and over all', async () => {
		const today = new Date().toISOString().slice(0, 10);
		const flow = { [ids.flow]: { endpointDays: [day(today, 300)] } };
		await simulator.admin('/account', { flows: flow }, 'PATCH');
		expect(await metric('name(ENDPOINT_REQUEST_COUNT).granularity(DAY)')).toEqual({
			name: 'ENDPOINT_REQUEST_COUNT',
			granularity: 'DAY',
			data_points: [{ timestamp: `${today}T08:00:00+0000`, data: [{ key: 'value', value: 300 }] }],
		});
		expect(
			at(
				await metric('name(ENDPOINT_AVAILABILITY).granularity(LIFETIME)'),
				'data_points',
				0,
				'data',
			),
		).toEqual([
			{ key: 'succeeded', value: 295 },
			{ key: 'failed', value: 5 },
		]);
		const latency = await metric('name(ENDPOINT_REQUEST_LATENCY_SECONDS_CEIL)');
		expect(at(latency, 'data_points', 0, 'data', 1)).toEqual({ key: '2', value: 5 });
	});

	test.each([
		'name(FUN)',
		'name(ENDPOINT_REQUEST_COUNT).granularity(WEEK)',
		'name(ENDPOINT_REQUEST_COUNT).since(2020-01-01)',
	])('%s is refused', async (text) => {
		expect(await read(ids.flow, `metric.${text}`)).toMatchObject({ error: { code: 100 } });
	});
});

test('migrating copies by name and says what failed', async () => {
	const other = '200000000000009';
	await simulator.admin(
		'/account',
		{
			businessAccounts: { [other]: {} },
			tokens: { BOTH: { businessAccountIds: [ids.businessAccount, other] } },
		},
		'PATCH',
	);
	const { body } = await simulator.graph(
		`/${other}/migrate_flows?source_waba_id=${ids.businessAccount}&source_flow_names=feedback_form,nothing`,
		{ method: 'POST', token: 'BOTH' },
	);
	expect(body).toEqual({
		migrated_flows: [
			{
				source_name: 'feedback_form',
				source_id: '600000000000002',
				migrated_id: expect.any(String),
			},
		],
		failed_flows: [
			{ source_name: 'nothing', error_code: '4233041', error_message: expect.any(String) },
		],
	});
});
