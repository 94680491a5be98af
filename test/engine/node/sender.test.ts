import { runNode, useSimulator } from '../harness';
import { accepted, credentials, ids, itemsOf, problemOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const sendFrom = async (phoneNumberId: unknown, account: Record<string, unknown> = {}) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: {
			recipient: '+15551234567',
			text: 'Hello',
			...(phoneNumberId === undefined ? {} : { phoneNumberId }),
		},
		credentials: credentials(simulator.url, account),
		items: [{ json: { number: ids.secondPhoneNumber } }],
	});

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

test.each([
	['not touched', undefined, ids.phoneNumber],
	['empty', locator('list', ''), ids.phoneNumber],
	['an empty text', '', ids.phoneNumber],
	['picked from the list', locator('list', ids.secondPhoneNumber), ids.secondPhoneNumber],
	['typed', locator('id', ids.secondPhoneNumber), ids.secondPhoneNumber],
	['typed as a number', locator('id', Number(ids.secondPhoneNumber)), ids.secondPhoneNumber],
	['an expression', locator('id', '={{ $json.number }}'), ids.secondPhoneNumber],
	['an expression without a value', locator('id', '={{ $json.missing }}'), ids.phoneNumber],
])('%s', async (_how, phoneNumberId, expected) => {
	const [item] = itemsOf(await sendFrom(phoneNumberId));
	expect(item?.json['phoneNumberId']).toBe(expected);
	const [message] = await accepted(simulator);
	expect(message?.phoneNumberId).toBe(expected);
});

test('none anywhere is reported, with both places to set it', async () => {
	const { error } = await sendFrom(undefined, { phoneNumberId: '' });
	expect(error).toMatchObject({
		message: expect.stringContaining('"Sender" is empty'),
		description: expect.stringMatching(/list.*Default Phone Number ID/),
		itemIndex: 0,
	});
});

test.each(['+1 555 010 0001', 'Support', '300000000000001/messages?x='])(
	'%s is no ID, and is not sent anywhere',
	async (phoneNumberId) => {
		const { error } = await sendFrom(`={{ '${phoneNumberId}' }}`);
		expect(error?.message).toContain('"Sender" must be a phone number ID');
		expect((await simulator.counters())['requests']).toBe(0);
	},
);

test('a number that the token does not reach is reported, with the fields to correct', async () => {
	const { error } = await sendFrom(locator('id', '999999999999999'));
	expect(error?.message).toMatch(
		/^The Sender 999999999999999 does not exist, or belongs to an account that .* \(100\) \[item 0\]$/,
	);
	expect(error?.description).toMatch(
		/^Pick a Sender from the list; .*Default Phone Number ID in the credential.* Meta says: Unsup/,
	);
});

test.each([
	['a wrong app secret', { appSecret: 'another' }, /^App Secret in the credential is not /],
	[
		'a version that has ended',
		{ graphVersion: 'v19.0' },
		/Graph Version of the credential.*v25\.0/,
	],
	['a version of the future', { graphVersion: 'v99.0' }, /Graph Version of the credential.*v25\.0/],
])('%s: the advice names the field', async (_what, account, advice) => {
	const { error } = await sendFrom(undefined, account);
	expect(`${error?.message ?? ''} ${error?.description ?? ''}`).toMatch(advice);
});

test('each item can have its own', async () => {
	const result = await runNode({
		node: 'whatsAppCloud',
		parameters: {
			recipient: '+15551234567',
			text: 'Hello',
			phoneNumberId: locator('id', '={{ $json.from }}'),
		},
		credentials: credentials(simulator.url),
		items: [ids.phoneNumber, ids.secondPhoneNumber, ''].map((from) => ({ json: { from } })),
	});
	expect(itemsOf(result).map((item) => [item.json['phoneNumberId'], problemOf(item)])).toEqual([
		[ids.phoneNumber, undefined],
		[ids.secondPhoneNumber, undefined],
		[ids.phoneNumber, undefined],
	]);
});
