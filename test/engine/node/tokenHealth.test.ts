import { useSimulator } from '../harness';
import { ids, onlyJson, requests, tokens, withoutStatuses } from './account';
import { operationsOf } from './management/call';

const simulator = useSimulator(withoutStatuses);

const health = async (
	account: Record<string, unknown> = {},
	parameters: Record<string, unknown> = {},
) => onlyJson(await operationsOf(simulator, 'token', account)('checkHealth', parameters));

interface Check {
	token: string;
	check: string;
	subject: string | null;
	verdict: string;
	finding: string;
	advice: string | null;
	page: string | null;
}

const checksOf = (item: Record<string, unknown>): Check[] => item['checks'] as Check[];

/** The checks that are neither ok nor unknown. */
const bad = (item: Record<string, unknown>): Check[] =>
	checksOf(item).filter(({ verdict }) => verdict === 'failed' || verdict === 'warning');

async function addToken(token: string, parts: Record<string, unknown>): Promise<void> {
	await simulator.admin('PATCH', '/account', { tokens: { [token]: parts } });
}

const inDays = (days: number): number => Math.floor(Date.now() / 1000 + days * 86_400);

const systemUsers = 'https://business.facebook.com/latest/settings/system_users';

describe('a credential in good health', () => {
	test('passes each check of both tokens', async () => {
		const item = await health({ standbyAccessToken: tokens.standby });
		expect(item).toMatchObject({
			ok: true,
			verdict: 'ok',
			problem: null,
			advice: null,
			page: null,
			tokens: [
				{
					token: 'active',
					type: 'SYSTEM_USER',
					appId: ids.app,
					expiresAt: null,
					daysLeft: null,
					neverExpires: true,
					businessAccountIds: [ids.businessAccount],
				},
				{ token: 'standby', neverExpires: true },
			],
		});
		const ofOne = [
			['token', null],
			['expiry', null],
			['permission', 'whatsapp_business_management'],
			['permission', 'whatsapp_business_messaging'],
			['app', ids.app],
			['appSecret', null],
			['businessAccount', `Lucky Shrub (${ids.businessAccount})`],
			['phoneNumber', `Lucky Shrub, +1 555-010-0001 (${ids.phoneNumber})`],
			['phoneNumber', `Lucky Shrub Support, +1 555-010-0002 (${ids.secondPhoneNumber})`],
		];
		expect(checksOf(item).map(({ token, check, subject }) => [token, check, subject])).toEqual(
			['active', 'standby'].flatMap((token) => ofOne.map((each) => [token, ...each])),
		);
		expect(new Set(checksOf(item).map(({ verdict }) => verdict))).toEqual(new Set(['ok']));
		expect(checksOf(item).every(({ advice, page }) => advice === null && page === null)).toBe(true);
	});

	test('needs no standby token, unless that is what is asked for', async () => {
		expect(await health()).toMatchObject({ ok: true, tokens: [{ token: 'active' }] });
		expect(checksOf(await health()).at(-1)).toMatchObject({
			token: 'standby',
			verdict: 'unknown',
			finding: 'The credential has no standby token',
			page: systemUsers,
		});
		expect(await health({}, { tokens: 'standby' })).toMatchObject({
			ok: false,
			problem: 'Standby token, validity: The credential has no standby token',
		});
	});

	test('asks each thing once', async () => {
		await health({ standbyAccessToken: tokens.standby });
		expect(await requests(simulator)).toHaveLength(8);
	});
});

describe('a token that ends', () => {
	test('soon is a warning', async () => {
		await addToken('ENDING', { type: 'USER', expiresAt: inDays(3.5) });
		const item = await health({ accessToken: 'ENDING' });
		expect(item).toMatchObject({
			ok: false,
			verdict: 'warning',
			problem: expect.stringMatching(
				/^Active token, expiry: It expires in 3 days, on \d{4}-\d\d-\d\d$/,
			),
			advice: expect.stringContaining('Refresh it with Token › Refresh'),
			page: systemUsers,
			tokens: [{ daysLeft: 3, neverExpires: false }],
		});
		// The data of its user, too.
		expect(bad(item)).toHaveLength(2);
		expect(await health({ accessToken: 'ENDING' }, { warningDays: 2 })).toMatchObject({ ok: true });
	});

	test('has ended: the standby is told apart from the active one', async () => {
		const item = await health({ standbyAccessToken: tokens.expired });
		expect(item).toMatchObject({
			ok: false,
			verdict: 'failed',
			problem: expect.stringMatching(/^Standby token, validity: It expired on \d{4}-/),
			page: systemUsers,
		});
		expect(bad(item)).toHaveLength(1);
		expect(checksOf(item).filter(({ token }) => token === 'standby')).toHaveLength(1);
	});

	test('nobody knows it', async () => {
		expect(await health({ accessToken: 'NOT_A_TOKEN' })).toMatchObject({
			ok: false,
			problem: expect.stringContaining('Meta does not accept it: Invalid OAuth access token'),
		});
		const alone = { accessToken: 'NOT_A_TOKEN', appId: '', appSecret: '' };
		expect(await health(alone)).toMatchObject({ ok: false, verdict: 'failed' });
	});
});

describe('permissions and reach', () => {
	const all = [
		'business_management',
		'whatsapp_business_management',
		'whatsapp_business_messaging',
	];

	test.each(all)('without %s, that one fails', async (missing) => {
		await addToken('NARROW', {
			scopes: all.filter((scope) => scope !== missing),
			businessAccountIds: [ids.businessAccount],
		});
		const item = await health({ accessToken: 'NARROW' }, { requiredScopes: all });
		expect(bad(item).filter(({ check }) => check === 'permission')).toEqual([
			{
				token: 'active',
				check: 'permission',
				subject: missing,
				verdict: 'failed',
				finding: `It lacks the permission ${missing}`,
				advice: expect.stringContaining(missing),
				page: systemUsers,
			},
		]);
	});

	test('a token that reads but may not send', async () => {
		await addToken('READER', {
			scopes: ['whatsapp_business_management'],
			businessAccountIds: [ids.businessAccount],
		});
		const item = await health({ accessToken: 'READER' }, { requiredScopes: [] });
		expect(bad(item).map(({ check, finding }) => [check, finding])).toEqual([
			[
				'businessAccount',
				'It can read the account, but may not send from it: whatsapp_business_messaging does not cover it',
			],
			['phoneNumber', 'It is readable, but cannot send'],
			['phoneNumber', 'It is readable, but cannot send'],
		]);
	});

	test('an account that the token cannot read', async () => {
		const item = await health({ accessToken: tokens.withoutAccount }, { requiredScopes: [] });
		expect(bad(item)[0]).toMatchObject({
			check: 'businessAccount',
			subject: ids.businessAccount,
			verdict: 'failed',
			finding: expect.stringMatching(/^It cannot be read with this token \(\d+\): /),
			page: 'https://business.facebook.com/latest/settings/whatsapp_account',
		});
	});

	test('several accounts, each with its numbers', async () => {
		const other = '200000000000009';
		await simulator.admin('PATCH', '/account', {
			businessAccounts: { [other]: { name: 'Second' } },
			phoneNumbers: { '300000000000009': { businessAccountId: other } },
		});
		await addToken('WIDE', { businessAccountIds: [ids.businessAccount, other] });
		const item = await health({ accessToken: 'WIDE' });
		expect(checksOf(item).filter(({ check }) => check === 'phoneNumber')).toHaveLength(3);
		expect(checksOf(item).map(({ subject }) => subject)).toContain(`Second (${other})`);
	});

	test("Meta's own verdict on a number, with its words", async () => {
		await simulator.admin('PATCH', '/account', {
			phoneNumbers: {
				[ids.phoneNumber]: {
					health: {
						canSend: 'BLOCKED',
						errors: [
							{
								error_code: 141000,
								error_description: 'The quality is too low.',
								possible_solution: 'Wait until the quality has risen.',
							},
						],
					},
				},
			},
		});
		expect(bad(await health())).toEqual([
			expect.objectContaining({
				check: 'phoneNumber',
				verdict: 'failed',
				finding: 'It can be read, but Meta blocks sending: The quality is too low.',
				advice: 'Wait until the quality has risen.',
				page: 'https://business.facebook.com/latest/whatsapp_manager/phone_numbers',
			}),
		]);
	});

	test('a default number that is in no account of the token', async () => {
		const item = await health({ phoneNumberId: '399999999999999' });
		expect(bad(item)).toMatchObject([{ check: 'phoneNumber', subject: '399999999999999' }]);
	});
});

describe('the app', () => {
	const secretPage = `https://developers.facebook.com/apps/${ids.app}/settings/basic/`;

	test('a secret of another app', async () => {
		const item = await health({ appSecret: 'another-app-secret' });
		const [check] = bad(item);
		expect(check).toMatchObject({
			check: 'appSecret',
			verdict: 'failed',
			finding: 'App ID and App Secret do not fit together',
			page: secretPage,
		});
		expect(JSON.stringify(item)).not.toContain('another-app-secret');
	});

	test('a secret of another app, without App ID to ask as', async () => {
		const [check] = bad(await health({ appId: '', appSecret: 'another-app-secret' }));
		expect(check).toMatchObject({
			check: 'appSecret',
			finding: "App Secret is not the secret of the token's app",
		});
	});

	test('a token of another app', async () => {
		const item = await health({ accessToken: tokens.ofOtherApp });
		expect(bad(item).map(({ check }) => check)).toContain('app');
		expect(item).toMatchObject({ ok: false, verdict: 'failed' });
	});

	test('no secret at all is told and no failure', async () => {
		const item = await health({ appSecret: '' });
		expect(item).toMatchObject({ ok: true });
		expect(checksOf(item).find(({ check }) => check === 'appSecret')).toMatchObject({
			verdict: 'unknown',
			advice: expect.stringContaining('webhooks cannot be verified'),
		});
	});
});

test('a Meta that cannot be reached is an error, not a verdict', async () => {
	const { error } = await operationsOf(simulator, 'token', { graphBaseUrl: 'http://127.0.0.1:9' })(
		'checkHealth',
	);
	expect(error?.message).toContain('cannot be reached');
});
