import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { WhatsAppCloudApi } from '../../../credentials/WhatsAppCloudApi.credentials';
import { CredentialProblem, parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';

const all = new WhatsAppCloudApi().properties;
const properties = all.filter(({ type }) => type !== 'notice' && type !== 'hidden');

describe('credential', () => {
	test('holds the permanent names', () => {
		expect(properties.map(({ name }) => name).sort()).toEqual(
			[
				'accessToken',
				'activeToken',
				'advancedSettings',
				'appId',
				'appSecret',
				'businessAccountId',
				'defaultCountry',
				'graphBaseUrl',
				'graphVersion',
				'hashIdentifiers',
				'messagingAccountId',
				'phoneNumberId',
				'postgresCaCertificate',
				'allowPrivateForwards',
				'postgresDatabase',
				'postgresHost',
				'postgresPassword',
				'postgresPort',
				'postgresTls',
				'postgresUser',
				'keepTexts',
				'retentionDays',
				'rulesIfClosed',
				'rulesMarketingCap',
				'rulesMarketingConsent',
				'rulesQuietHours',
				'standbyAccessToken',
				'stateStore',
				'textRetentionDays',
				'verifyToken',
			].sort(),
		);
	});

	test('masks every secret and nothing else', () => {
		const masked = properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(masked.map(({ name }) => name).sort()).toEqual([
			'accessToken',
			'appSecret',
			'postgresPassword',
			'standbyAccessToken',
			'verifyToken',
		]);
	});

	test('asks for few fields, one of them required, until Advanced Settings is on', () => {
		const basic = properties.filter(
			({ displayOptions }) => displayOptions?.show?.['advancedSettings'] === undefined,
		);
		expect(basic.map(({ name }) => name)).toEqual([
			'accessToken',
			'phoneNumberId',
			'businessAccountId',
			'defaultCountry',
			'appId',
			'appSecret',
			'verifyToken',
			'advancedSettings',
		]);
		expect(basic.filter(({ required }) => required).map(({ name }) => name)).toEqual([
			'accessToken',
		]);
	});

	/** What n8n hands to the nodes of a credential that is stored like this. */
	const handedOut = (stored: INodeParameters): INodeParameters =>
		NodeHelpers.getNodeParameters(all, stored, true, false, null, null) ?? {};

	const changed = {
		graphBaseUrl: 'http://127.0.0.1:4010',
		stateStore: 'postgres',
		postgresHost: 'db.example.com',
		hashIdentifiers: true,
		retentionDays: 30,
		standbyAccessToken: 'second',
	};

	test('Advanced Settings only hides: what is set there counts, also without the switch', () => {
		for (const advancedSettings of [{}, { advancedSettings: false }, { advancedSettings: true }]) {
			expect(handedOut({ accessToken: 'a', ...changed, ...advancedSettings })).toMatchObject(
				changed,
			);
		}
	});

	test('says what is set while it is hidden', () => {
		const shownFor = (values: INodeParameters): string[] =>
			all
				.filter(({ name }) => name.endsWith('IsSet'))
				.filter((notice) => NodeHelpers.displayParameter(values, notice, null, null))
				.map(({ displayName }) => displayName);
		expect(shownFor(handedOut({ accessToken: 'a' }))).toEqual([]);
		expect(shownFor({ ...changed, advancedSettings: true })).toEqual([]);
		expect(shownFor({ ...changed, advancedSettings: false })).toEqual([
			'<b>Standby Access Token</b> is set in Advanced Settings',
			'<b>Graph Base URL</b> is set in Advanced Settings',
			'<b>Keep State In</b> is set in Advanced Settings',
			'<b>Hash Recipients</b> is set in Advanced Settings',
			'<b>Keep State For</b> is set in Advanced Settings',
		]);
	});

	test('a secret that is hidden stays masked', () => {
		const kept = all.filter(({ type }) => type === 'hidden');
		const masked = kept.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(masked.map(({ name }) => name)).toEqual(['standbyAccessToken', 'postgresPassword']);
	});

	test('says of each field where it comes from or what it does', () => {
		for (const { description } of properties) expect(description?.length).toBeGreaterThan(20);
	});
});

describe('parseAccount', () => {
	test('fills in what is left out', () => {
		expect(parseAccount({ accessToken: ' token ' })).toMatchObject({
			accessToken: 'token',
			activeToken: 'primary',
			graphVersion: 'v25.0',
			graphBaseUrl: 'https://graph.facebook.com',
			phoneNumberId: '',
		});
	});

	test.each([
		[undefined, /Access Token is empty/],
		[{ accessToken: '' }, /Access Token is empty/],
		[{ accessToken: 'a', activeToken: 'standby' }, /Standby Access Token is empty/],
		[{ accessToken: 'a', activeToken: 'third' }, /Active Token must be/],
		[{ accessToken: 'a', graphVersion: '25' }, /Graph Version must look like v25\.0/],
		[{ accessToken: 'a', graphBaseUrl: 'graph.facebook.com' }, /Graph Base URL must be/],
		[{ accessToken: 'a', graphBaseUrl: 'file:///etc/passwd' }, /Graph Base URL must be/],
		[{ accessToken: 'a', phoneNumberId: '+1 555' }, /Default Phone Number ID must consist/],
		[{ accessToken: 'a', defaultCountry: 'Germany' }, /Default Country must be/],
	])('%j is refused', (credential, message) => {
		expect(() => parseAccount(credential)).toThrow(CredentialProblem);
		expect(() => parseAccount(credential)).toThrow(message);
	});

	test('takes a slash at the end of the base URL and an ID that is a number', () => {
		expect(
			parseAccount({
				accessToken: 'a',
				graphBaseUrl: 'http://127.0.0.1:4010/',
				phoneNumberId: 106540352242922,
			}),
		).toMatchObject({ graphBaseUrl: 'http://127.0.0.1:4010', phoneNumberId: '106540352242922' });
	});
});
