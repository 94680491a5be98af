import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { WhatsAppCloudApi } from '../../../credentials/WhatsAppCloudApi.credentials';
import { CredentialProblem, parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';

const all = new WhatsAppCloudApi().properties;
const properties = all.filter(({ type }) => type !== 'notice');

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
				'postgresDatabase',
				'postgresHost',
				'postgresPassword',
				'postgresPort',
				'postgresTls',
				'postgresUser',
				'retentionDays',
				'standbyAccessToken',
				'stateStore',
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

	test('says what Advanced Settings, switched off, resets', () => {
		const shownFor = (values: INodeParameters): string[] =>
			all
				.filter(({ name }) => name.endsWith('IsOff'))
				.filter((notice) => NodeHelpers.displayParameter(values, notice, null, null))
				.map(({ displayName }) => displayName.replace(/ Saving .*/, ''));
		const defaults = Object.fromEntries(
			properties.map(({ name, default: value }) => [name, value]),
		);
		expect(shownFor({ ...defaults, advancedSettings: false })).toEqual([]);
		// n8n stores nothing that is hidden.
		expect(shownFor({ accessToken: 'a', advancedSettings: false })).toEqual([]);
		const changed = { stateStore: 'postgres', hashIdentifiers: true, retentionDays: 30 };
		expect(shownFor({ ...changed, advancedSettings: true })).toEqual([]);
		expect(shownFor({ ...changed, advancedSettings: false })).toEqual([
			'Without Advanced Settings, <b>Keep State In</b> is File on This Machine (SQLite).',
			'Without Advanced Settings, <b>Hash Recipients</b> is off.',
			'Without Advanced Settings, <b>Keep State For</b> is 90.',
		]);
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
