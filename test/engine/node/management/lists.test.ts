import { useSimulator } from '../../harness';
import { ids, itemsOf, requests, withoutStatuses } from '../account';
import { operationsOf, withScopes } from './call';

const simulator = useSimulator(withoutStatuses);
const phoneNumber = operationsOf(simulator, 'phoneNumber');

/** More numbers than fit on a page. */
const withNumbers = async (count: number) => {
	const phoneNumbers = Object.fromEntries(
		Array.from({ length: count }, (_, index) => [
			String(310_000_000_000_000 + index),
			{ businessAccountId: ids.businessAccount, displayPhoneNumber: `+1 555-020-${index}` },
		]),
	);
	await simulator.admin('PATCH', '/account', { phoneNumbers });
};

describe('a list of the management API', () => {
	test.each(['PAUSED', 'PAUSED, APPROVED', 'paused;approved', '["PAUSED","APPROVED"]'])(
		'takes its choices as the text %s',
		async (status) => {
			const template = operationsOf(simulator, 'template');
			const items = itemsOf(
				await template('getMany', { returnAll: true, filters: { status: `={{ '${status}' }}` } }),
			);
			const statuses = new Set(items.map(({ json }) => json['status']));
			expect(statuses).toEqual(
				new Set(/approved/i.test(status) ? ['PAUSED', 'APPROVED'] : ['PAUSED']),
			);
		},
	);

	test('gives an item per entry, in names of the editor', async () => {
		const items = itemsOf(await phoneNumber('getMany', { returnAll: true }));
		expect(items.map(({ json }) => json)).toMatchObject([
			{
				phoneNumberId: ids.phoneNumber,
				displayPhoneNumber: '+1 555-010-0001',
				qualityRating: 'GREEN',
				throughput: 'STANDARD',
				newDisplayName: null,
			},
			{ phoneNumberId: ids.secondPhoneNumber },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	test('asks for no more than the limit', async () => {
		const items = itemsOf(await phoneNumber('getMany', { returnAll: false, limit: 1 }));
		expect(items).toHaveLength(1);
		const [request, ...others] = await requests(simulator);
		expect(request?.path).toContain('limit=1&');
		expect(others).toEqual([]);
	});

	test('is read to its end, however many pages it has', async () => {
		await withNumbers(230);
		const items = itemsOf(await phoneNumber('getMany', { returnAll: true }));
		expect(new Set(items.map(({ json }) => json['phoneNumberId'])).size).toBe(232);
		expect(await requests(simulator)).toHaveLength(3);
	});

	test('ends with the limit in the middle of a page', async () => {
		await withNumbers(230);
		const items = itemsOf(await phoneNumber('getMany', { returnAll: false, limit: 150 }));
		expect(items).toHaveLength(150);
	});

	test('with a page that fails tells which, and what was read before', async () => {
		await withNumbers(230);
		await simulator.admin('POST', '/faults', {
			kind: 'error',
			code: 131059,
			match: { path: '/phone_numbers' },
			after: 2,
		});
		const { error } = await phoneNumber('getMany', { returnAll: true });
		expect(error?.message).toMatch(/^Page 3 of the list could not be read: .*\(131059\)/);
		expect(error?.description).toContain('The 200 results of the pages before it are not returned');
	});

	test('names the permission that the token lacks', async () => {
		await withScopes(simulator, ['whatsapp_business_messaging']);
		const { error } = await phoneNumber('getMany');
		expect(error?.message).toContain(
			'The access token lacks the permission whatsapp_business_management',
		);
		expect(error?.description).toContain('Give the system user whatsapp_business_management');
	});

	test.each([
		[{ limit: '={{ 0 }}' }, '"Limit" must be at least 1 results, but is 0'],
		[
			{ businessAccountId: { __rl: true, mode: 'id', value: '={{ "abc" }}' } },
			'"Business Account" must be the ID of an account',
		],
	])('with %j is refused before anything is asked', async (parameters, problem) => {
		const { error } = await phoneNumber('getMany', parameters);
		expect(error?.message).toContain(problem);
		expect(await requests(simulator)).toEqual([]);
	});
});

describe('a change', () => {
	test('that sets a value is repeated although the answer was lost', async () => {
		await simulator.admin('POST', '/faults', { kind: 'reset', count: 1, when: 'after' });
		const [item] = itemsOf(await phoneNumber('setPin', { pin: '123456' }));
		expect(item?.json).toEqual({ success: true, phoneNumberId: ids.phoneNumber });
		expect(await requests(simulator)).toHaveLength(2);
	});

	test.each([
		['12345', '"PIN" must have six digits, but has 5'],
		['={{ 12345 }}', 'A number loses the zeros at its beginning: give the PIN as text'],
		['={{ "secret" }}', '"PIN" must consist of six digits'],
		['={{ "" }}', '"PIN" is empty'],
	])('with the PIN %s is refused, and the PIN is in no error', async (pin, problem) => {
		const { error } = await phoneNumber('setPin', { pin });
		expect(error?.message).toContain(problem);
		expect(error?.message).not.toMatch(/12345|secret/);
		expect(await requests(simulator)).toEqual([]);
	});
});
