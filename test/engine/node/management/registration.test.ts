import { at } from '../../../simulator/support/json';
import { useSimulator } from '../../harness';
import { onlyJson, requests, withoutStatuses } from '../account';
import { byId, operationsOf } from './call';

const simulator = useSimulator(withoutStatuses);
const phoneNumber = operationsOf(simulator, 'phoneNumber');

const adding = { newNumber: '+49 30 901820', displayName: 'Kakteen Berlin' };
const add = async () => {
	const { phoneNumberId } = onlyJson(await phoneNumber('add', adding));
	return byId(String(phoneNumberId));
};
const codeOf = async (id: string) =>
	String(
		at(await simulator.admin('GET', '/account'), 'phoneNumbers', id, 'verificationCode', 'code'),
	);

test('a number: added, verified, registered, asked about, and deregistered', async () => {
	const phoneNumberId = await add();
	const id = phoneNumberId.value;
	expect((await requests(simulator)).at(-1)?.body).toEqual({
		cc: '49',
		phone_number: '30901820',
		verified_name: 'Kakteen Berlin',
	});
	const asked = await phoneNumber('requestCode', {
		phoneNumberId,
		codeMethod: 'VOICE',
		language: 'de-DE',
	});
	expect(onlyJson(asked)).toEqual({ success: true, phoneNumberId: id, codeMethod: 'VOICE' });
	const digits = await codeOf(id);
	const code = `${digits.slice(0, 3)}-${digits.slice(3)}`;
	expect(onlyJson(await phoneNumber('verifyCode', { phoneNumberId, code }))).toEqual({
		success: true,
		phoneNumberId: id,
	});
	const registered = await phoneNumber('register', { phoneNumberId, pin: '012345' });
	expect(onlyJson(registered)).toEqual({ success: true, phoneNumberId: id });
	expect(onlyJson(await phoneNumber('get', { phoneNumberId }))).toMatchObject({
		phoneNumberId: id,
		displayPhoneNumber: '+49 30901820',
		status: 'CONNECTED',
		codeVerificationStatus: 'VERIFIED',
		throughput: 'STANDARD',
		messagingLimit: 'TIER_250',
		nameStatus: 'PENDING_REVIEW',
		isPinEnabled: true,
		canSendMessages: 'AVAILABLE',
		healthProblems: [],
	});
	const gone = await phoneNumber('deregister', { phoneNumberId });
	expect(onlyJson(gone)).toEqual({ success: true, phoneNumberId: id });
	expect(onlyJson(await phoneNumber('get', { phoneNumberId }))).toMatchObject({
		status: 'DISCONNECTED',
		canSendMessages: 'BLOCKED',
		healthProblems: [{ entity: 'PHONE_NUMBER', code: 141000, solution: expect.any(String) }],
	});
});

test('a display name waits for its review', async () => {
	const changed = await phoneNumber('setDisplayName', { displayName: 'Lucky Cactus' });
	expect(onlyJson(changed)).toMatchObject({ displayName: 'Lucky Cactus' });
	expect(onlyJson(await phoneNumber('get'))).toMatchObject({
		verifiedName: 'Lucky Shrub',
		newDisplayName: 'Lucky Cactus',
		newNameStatus: 'PENDING_REVIEW',
	});
});

describe('what Meta refuses is told with the way out', () => {
	test('a code that has expired', async () => {
		const phoneNumberId = await add();
		await phoneNumber('requestCode', { phoneNumberId });
		const code = await codeOf(phoneNumberId.value);
		await simulator.admin('POST', '/clock', { ms: 11 * 60_000 });
		const { error } = await phoneNumber('verifyCode', { phoneNumberId, code });
		expect(error?.message).toContain('The code is wrong or has expired (136024)');
		expect(error?.description).toMatch(/Request a new one.*The verification code has expired/);
	});

	test('a registration before the code', async () => {
		const phoneNumberId = await add();
		const { error } = await phoneNumber('register', { phoneNumberId, pin: '123456' });
		expect(error?.message).toContain('The number has to be verified again (133006)');
	});

	test('a PIN that is not the one of the number', async () => {
		onlyJson(await phoneNumber('setPin', { pin: '111111' }));
		const { error } = await phoneNumber('register', { pin: '222222' });
		expect(error?.message).toContain('The PIN is not the one of the number (133005)');
	});

	test('a number that is on the list already', async () => {
		const { error } = await phoneNumber('add', { ...adding, newNumber: '+1 555 010 0001' });
		expect(error?.message).toContain('list of phone numbers already');
	});
});

test('a registration whose answer was lost is not repeated: Meta counts them', async () => {
	await simulator.admin('POST', '/faults', { kind: 'reset', when: 'after', count: 1 });
	const { error } = await phoneNumber('register', { pin: '123456' });
	expect(error?.description).toContain('Meta may have acted on it, so it was not repeated');
	expect(await requests(simulator)).toHaveLength(1);
});

test('a code that became a number on its way gets its leading zeros back', async () => {
	await phoneNumber('verifyCode', { code: '={{ 1234 }}' });
	expect((await requests(simulator)).at(-1)?.body).toEqual({ code: '001234' });
});

test.each([
	['register', { pin: '12345' }, '"PIN" must have six digits, but has 5'],
	['verifyCode', { code: '12 34' }, '"Code" must consist of six digits'],
	['verifyCode', { code: '={{ "" }}' }, '"Code" is empty; enter the six digits'],
	['requestCode', { language: 'German' }, '"Language" must be a code such as en_US'],
	['add', { ...adding, newNumber: '={{ "call me" }}' }, '"Number to Add" "call me" is neither'],
	[
		'add',
		{ ...adding, newNumber: 'US.13491208655302741918' },
		'"Number to Add" is no phone number',
	],
	['setDisplayName', { displayName: 'K' }, '"Display Name" needs at least 2 characters'],
	['setDisplayName', { displayName: 'K'.repeat(76) }, '"Display Name" can have at most 75'],
])('%s with %j is refused before it is sent', async (operation, parameters, problem) => {
	const { error } = await phoneNumber(operation, parameters);
	expect(error?.message).toContain(problem);
	expect(await requests(simulator)).toEqual([]);
});
