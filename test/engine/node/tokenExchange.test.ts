import { useSimulator } from '../harness';
import { ids, itemsOf, onlyJson, tokens, withoutStatuses } from './account';
import { operationsOf } from './management/call';

const simulator = useSimulator(withoutStatuses);

const health = async (
	account: Record<string, unknown> = {},
	parameters: Record<string, unknown> = {},
) => onlyJson(await operationsOf(simulator, 'token', account)('checkHealth', parameters));

async function addToken(token: string, parts: Record<string, unknown>): Promise<void> {
	await simulator.admin('PATCH', '/account', { tokens: { [token]: parts } });
}

const inDays = (days: number): number => Math.floor(Date.now() / 1000 + days * 86_400);

describe('refreshing', () => {
	const token = operationsOf(simulator, 'token');

	test.each(['SYSTEM_USER', 'USER'])('a token of the type %s that expires', async (type) => {
		await addToken('OLD', {
			type,
			expiresAt: inDays(5),
			businessAccountIds: [ids.businessAccount],
		});
		const item = onlyJson(await token('refresh', { token: 'pasted', pastedToken: 'OLD' }));
		expect(item).toEqual({
			accessToken: expect.stringMatching(/^SIMULATOR_EXCHANGED_TOKEN_/),
			expiresAt: expect.any(String),
			type,
		});
		const days = (Date.parse(String(item['expiresAt'])) - Date.now()) / 86_400_000;
		expect(Math.round(days)).toBe(60);
		const checked = await health({ accessToken: item['accessToken'] });
		expect(checked).toMatchObject({ ok: true, tokens: [{ type, daysLeft: expect.any(Number) }] });
	});

	test.each<[string, Record<string, unknown>, string]>([
		['never ends', {}, '"Token" never expires, so that there is nothing to refresh'],
		[
			'has ended',
			{ token: 'pasted', pastedToken: tokens.expired },
			'"Token" has expired or is not valid',
		],
		['is not there', { token: 'standby' }, '"Token" is set to the standby token'],
		['is empty', { token: 'pasted' }, '"Token to Refresh" is empty; paste the token'],
	])('one that %s is refused', async (_name, parameters, problem) => {
		const { error } = await token('refresh', parameters);
		expect(error?.message).toContain(problem);
	});

	test('needs the app', async () => {
		const { error } = await operationsOf(simulator, 'token', { appSecret: '' })('refresh');
		expect(error?.message).toContain('"App Secret" is empty in the credential');
	});
});

describe('a code of Embedded Signup', () => {
	const token = operationsOf(simulator, 'token');

	test('becomes a token', async () => {
		const [item] = itemsOf(await token('exchangeCode', { code: ' AQB-code ' }));
		expect(item?.json).toEqual({
			accessToken: expect.stringMatching(/^SIMULATOR_EXCHANGED_TOKEN_/),
			expiresAt: expect.any(String),
		});
	});

	test('is in no error', async () => {
		const wrong = operationsOf(simulator, 'token', { appSecret: 'wrong-secret' });
		const { error } = await wrong('exchangeCode', { code: 'AQB-code' });
		const shown = JSON.stringify(error);
		expect(shown).toContain('Error validating client secret');
		expect(shown).not.toMatch(/AQB-code|wrong-secret/);
	});
});
