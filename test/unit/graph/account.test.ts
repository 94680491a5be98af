import { CredentialProblem, parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';

const credential = {
	accessToken: 'token',
	appId: '1',
	appSecret: 'secret',
	businessAccountId: '2',
	hashIdentifiers: true,
};

describe('Hash Recipients without an app secret', () => {
	test.each([[''], ['  '], [undefined]])('%j: is refused, and says what to do', (appSecret) => {
		const parse = () => parseAccount({ ...credential, appSecret });
		expect(parse).toThrow(CredentialProblem);
		expect(parse).toThrow(
			/Hash Recipients is on, but App Secret is empty.*Enter App Secret, or switch/,
		);
	});

	test('is no trouble where no state is kept', () => {
		const account = parseAccount({ ...credential, appSecret: '', stateStore: 'off' });
		expect(account.appSecret).toBe('');
	});
});
