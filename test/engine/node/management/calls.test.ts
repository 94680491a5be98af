import { useSimulator } from '../../harness';
import { ids, onlyJson, requests, withoutStatuses } from '../account';
import { operationsOf } from './call';

const simulator = useSimulator(withoutStatuses);
const call = operationsOf(simulator, 'call');

const ana = '15550200001';

/** Ana answers whether the business may call. */
const answers = async (reply: Record<string, unknown>) =>
	await simulator.admin('POST', '/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: {
			type: 'interactive',
			interactive: { type: 'call_permission_reply', call_permission_reply: reply },
		},
	});

describe('permission to call', () => {
	test('is told with what may still be done', async () => {
		expect(onlyJson(await call('getPermission', { person: '+1 555 020 0001' }))).toEqual({
			person: '+1 555 020 0001',
			phoneNumberId: ids.phoneNumber,
			status: 'no_permission',
			expiresAt: null,
			canCall: false,
			canAsk: true,
			callLimits: [{ timePeriod: 'PT24H', maxAllowed: 100, currentUsage: 0, limitExpiresAt: null }],
			askLimits: [
				{ timePeriod: 'PT24H', maxAllowed: 1, currentUsage: 0, limitExpiresAt: null },
				{ timePeriod: 'P7D', maxAllowed: 2, currentUsage: 0, limitExpiresAt: null },
			],
		});
	});

	test('for a week, and for good, by number and by user ID', async () => {
		await answers({ response: 'accept' });
		expect(onlyJson(await call('getPermission', { person: `+${ana}` }))).toMatchObject({
			status: 'temporary',
			expiresAt: expect.stringMatching(/Z$/),
			canCall: true,
		});
		await answers({ response: 'accept', is_permanent: true });
		const person = 'US.15288242639991490287';
		expect(onlyJson(await call('getPermission', { person }))).toMatchObject({
			status: 'permanent',
			expiresAt: null,
			canCall: true,
			canAsk: false,
		});
	});

	test.each([
		['={{ "" }}', '"Person" is empty'],
		['Ana', '"Person" "Ana" is neither a phone number nor a user ID'],
	])('of %s is refused before anything is asked', async (person, problem) => {
		const { error } = await call('getPermission', { person });
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

describe('call settings', () => {
	const get = async () => onlyJson(await call('getSettings'));
	const update = async (updateFields: Record<string, unknown>) =>
		await call('updateSettings', { updateFields });

	test('are read in names of the editor', async () => {
		expect(await get()).toEqual({
			phoneNumberId: ids.phoneNumber,
			status: 'ENABLED',
			callIconVisibility: 'DEFAULT',
			callbackPermissionStatus: 'DISABLED',
			callIcons: null,
			callHours: null,
			sip: { status: 'DISABLED', servers: [] },
			restrictions: null,
		});
	});

	test('change as far as they are named', async () => {
		const callHours = {
			timezone_id: 'Europe/Berlin',
			weekly_operating_hours: [
				{ day_of_week: 'monday', open_time: '9:00', close_time: '12:30' },
				{ day_of_week: 'MONDAY', open_time: '1330', close_time: '1700' },
			],
		};
		const done = await update({
			status: 'DISABLED',
			callIconVisibility: 'DISABLE_ALL',
			callbackPermissionStatus: 'ENABLED',
			countries: 'de, AT',
			callHours: JSON.stringify(callHours),
			others: { audio: { additional_codecs: ['PCMA'] } },
		});
		expect(onlyJson(done)).toEqual({ success: true, phoneNumberId: ids.phoneNumber });
		expect(await get()).toMatchObject({
			status: 'DISABLED',
			callIconVisibility: 'DISABLE_ALL',
			callbackPermissionStatus: 'ENABLED',
			callIcons: { restrictToUserCountries: ['DE', 'AT'] },
			callHours: {
				status: 'ENABLED',
				timezoneId: 'Europe/Berlin',
				weeklyOperatingHours: [
					{ dayOfWeek: 'MONDAY', openTime: '0900', closeTime: '1230' },
					{ dayOfWeek: 'MONDAY', openTime: '1330', closeTime: '1700' },
				],
			},
			audio: { additionalCodecs: ['PCMA'] },
		});
		await update({ status: 'ENABLED', countries: '' });
		expect(await get()).toMatchObject({
			status: 'ENABLED',
			callIcons: { restrictToUserCountries: [] },
		});
	});

	test('hold no passwords of servers', async () => {
		const servers = [{ hostname: 'sip.example.com', sip_user_password: 'secret' }];
		await update({ sip: { status: 'ENABLED', servers } });
		const item = await get();
		expect(item).toMatchObject({ sip: { servers: [{ hostname: 'sip.example.com' }] } });
		expect(JSON.stringify(item)).not.toContain('secret');
	});

	test('need somebody who receives the calls', async () => {
		await simulator.admin('PATCH', '/account', {
			webhook: { callbackUrl: 'http://127.0.0.1:9/', fields: ['messages'] },
		});
		const { error } = await update({ status: 'ENABLED' });
		expect(error?.message).toContain(
			'Calling cannot be switched on before something receives the calls (138018)',
		);
	});

	test.each<[Record<string, unknown>, string]>([
		[{}, '"Update Fields" is empty'],
		[{ status: 'on' }, '"Update Fields › Calls" must be one of On (ENABLED), Off (DISABLED)'],
		[{ countries: 'Germany' }, 'has "Germany", which is no two-letter code'],
		[{ callHours: '{' }, '"Update Fields › Call Hours (JSON)" is no valid JSON'],
		[{ callHours: {} }, 'needs "timezone_id"'],
		[{ callHours: { timezone_id: 'Europe/Berlin' } }, 'needs "weekly_operating_hours"'],
		[
			{
				callHours: {
					timezone_id: 'Europe/Berlin',
					weekly_operating_hours: [
						{ day_of_week: 'MONDAY', open_time: '17:00', close_time: '09:00' },
					],
				},
			},
			'has hours on MONDAY that are none',
		],
	])('%j are refused before anything is asked', async (fields, problem) => {
		const { error } = await update(fields);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});
