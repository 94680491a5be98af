import { Callback } from './support/callback';
import { at, type Json } from './support/json';
import { ana, ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const settings = `/${ids.phoneNumber}/settings`;

const change = async (json: Json): Promise<unknown> => {
	const { status, body } = await simulator.graph(settings, { json });
	return status === 200 ? 200 : at(body, 'error', 'code');
};

const calling = async (parts: Json): Promise<unknown> => await change({ calling: parts });

const hours = (...entries: [string, string, string][]): Json => ({
	status: 'ENABLED',
	timezone_id: 'Europe/Berlin',
	weekly_operating_hours: entries.map(([day_of_week, open_time, close_time]) => ({
		day_of_week,
		open_time,
		close_time,
	})),
});

test('settings are read and changed one feature at a time', async () => {
	expect((await simulator.graph(settings)).body).toEqual({
		calling: {
			status: 'ENABLED',
			call_icon_visibility: 'DEFAULT',
			callback_permission_status: 'DISABLED',
			sip: { status: 'DISABLED', servers: [] },
		},
		user_identity_change: { enable_identity_key_check: false },
		payload_encryption: { status: 'DISABLED' },
		storage_configuration: { status: 'DEFAULT' },
		id: ids.phoneNumber,
	});
	expect(await calling({ status: 'DISABLED', call_icon_visibility: 'DISABLE_ALL' })).toBe(200);
	expect(await change({ user_identity_change: { enable_identity_key_check: true } })).toBe(200);
	expect((await simulator.graph(settings)).body).toMatchObject({
		calling: { status: 'DISABLED', call_icon_visibility: 'DISABLE_ALL' },
		user_identity_change: { enable_identity_key_check: true },
	});
	expect(await change({})).toBe(100);
	expect(await change({ calling: { status: 'ENABLED' }, storage_configuration: {} })).toBe(100);
});

test.each<[string, Json]>([
	['status', { status: 'ON' }],
	['a member', { colour: 'red' }],
	['countries', { call_icons: { restrict_to_user_countries: ['Germany'] } }],
	['SIP without server', { sip: { status: 'ENABLED', servers: [] } }],
	['no hours', { call_hours: hours() }],
	['no time zone', { call_hours: { status: 'ENABLED', weekly_operating_hours: [] } }],
	['a day', { call_hours: hours(['FUNDAY', '0900', '1700']) }],
	['a time', { call_hours: hours(['MONDAY', '9:00', '1700']) }],
	['the order', { call_hours: hours(['MONDAY', '1700', '0900']) }],
	['an overlap', { call_hours: hours(['MONDAY', '0900', '1300'], ['MONDAY', '1200', '1700']) }],
	[
		'three spans',
		{
			call_hours: hours(
				['MONDAY', '0800', '0900'],
				['MONDAY', '1000', '1100'],
				['MONDAY', '1200', '1300'],
			),
		},
	],
	[
		'a past holiday',
		{
			call_hours: {
				...hours(['MONDAY', '0900', '1700']),
				holiday_schedule: [{ date: '2020-12-25', start_time: '0000', end_time: '2359' }],
			},
		},
	],
])('call settings that Meta refuses: %s', async (_name, parts) => {
	expect(await calling(parts)).toBe(100);
});

test('hours are replaced as a whole', async () => {
	const both = hours(['MONDAY', '0900', '1200'], ['MONDAY', '1300', '1700']);
	expect(await calling({ call_hours: both })).toBe(200);
	const one = hours(['FRIDAY', '0900', '1200']);
	expect(await calling({ call_hours: one })).toBe(200);
	expect((await simulator.graph(settings)).body).toMatchObject({ calling: { call_hours: one } });
});

test('calling needs somebody who receives the calls', async () => {
	const callback = await new Callback().start();
	try {
		const webhook = { callbackUrl: callback.url, fields: ['messages', 'account_settings_update'] };
		await simulator.admin('/account', { webhook }, 'PATCH');
		expect(await calling({ status: 'ENABLED' })).toBe(138018);
		const sip = { status: 'ENABLED', servers: [{ hostname: 'sip.example.com' }] };
		expect(await calling({ status: 'ENABLED', sip })).toBe(200);
		await callback.until((received) => received.length > 0);
		expect(callback.received[0]).toMatchObject({
			field: 'account_settings_update',
			value: { phone_number_settings: { calling: { status: 'ENABLED', sip } } },
		});
	} finally {
		await callback.stop();
	}
});

describe('permission to call', () => {
	const permissions = async (query = `user_wa_id=${ana}`): Promise<unknown> =>
		(await simulator.graph(`/${ids.phoneNumber}/call_permissions?${query}`)).body;

	const answers = async (reply: Json): Promise<string> =>
		await simulator.say({
			type: 'interactive',
			interactive: { type: 'call_permission_reply', call_permission_reply: reply },
		});

	const ask = async (): Promise<unknown> =>
		await simulator.outcome({
			type: 'interactive',
			interactive: {
				type: 'call_permission_request',
				action: { name: 'call_permission_request' },
			},
		});

	test('is none before somebody has answered', async () => {
		expect(await permissions()).toEqual({
			messaging_product: 'whatsapp',
			permission: { status: 'no_permission' },
			actions: [
				{
					action_name: 'send_call_permission_request',
					can_perform_action: true,
					limits: [
						{ time_period: 'PT24H', max_allowed: 1, current_usage: 0 },
						{ time_period: 'P7D', max_allowed: 2, current_usage: 0 },
					],
				},
				{
					action_name: 'start_call',
					can_perform_action: false,
					limits: [{ time_period: 'PT24H', max_allowed: 100, current_usage: 0 }],
				},
			],
		});
	});

	test('a request uses up the limit of a day', async () => {
		expect(await ask()).toBe(200);
		expect(await permissions()).toMatchObject({
			actions: [
				{
					can_perform_action: false,
					limits: [
						{ current_usage: 1, limit_expiration_time: expect.any(Number) },
						{ current_usage: 1 },
					],
				},
				{},
			],
		});
	});

	test('for a week, for good, or not', async () => {
		await answers({ response: 'accept' });
		expect(await permissions()).toMatchObject({
			permission: { status: 'temporary', expiration_time: expect.any(Number) },
			actions: [{}, { action_name: 'start_call', can_perform_action: true }],
		});
		await simulator.admin('/clock', { ms: 8 * 86_400_000 });
		expect(await permissions()).toMatchObject({ permission: { status: 'no_permission' } });
		await answers({ response: 'accept', is_permanent: true });
		expect(await permissions()).toMatchObject({
			permission: { status: 'permanent' },
			actions: [{ can_perform_action: false }, { can_perform_action: true }],
		});
		await answers({ response: 'reject' });
		expect(await permissions()).toMatchObject({ permission: { status: 'no_permission' } });
	});

	test('by user ID, and by nothing', async () => {
		await answers({ response: 'accept' });
		expect(await permissions('recipient=US.15288242639991490287')).toMatchObject({
			permission: { status: 'temporary' },
		});
		expect(await permissions('x=1')).toMatchObject({ error: { code: 100 } });
	});
});
