import {
	checkQuery,
	readGraphPath,
} from '../../../nodes/WhatsAppCloud/operations/account/graphPath';
import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';

const account = parseAccount({
	accessToken: 'token',
	phoneNumberId: '106540352242922',
	businessAccountId: '102290129340398',
	graphVersion: 'v25.0',
});

test.each([
	['123/settings', '123/settings', {}],
	['/123/settings/', '123/settings', {}],
	['v25.0/123', '123', {}],
	['{phoneNumber}/settings', '106540352242922/settings', {}],
	['{businessAccount}', '102290129340398', {}],
	['123?fields=id,name&limit=5', '123', { fields: 'id,name', limit: '5' }],
	['123/message_qrdls/ABC234', '123/message_qrdls/ABC234', {}],
	['upload:MTphdA==', 'upload:MTphdA==', {}],
	[' me/accounts ', 'me/accounts', {}],
])('%s is read', (given, path, query) =>
	expect(readGraphPath(given, account)).toEqual({ path, query }),
);

test.each([
	['https://graph.facebook.com/v25.0/123', 'is a whole web address'],
	['//evil.example/123', 'is a whole web address'],
	['file:///etc/passwd', 'is a whole web address'],
	['v24.0/123', 'begins with v24.0, but the credential uses v25.0'],
	['{app}/uploads', 'has {app}, but App ID is empty in the credential'],
	['{waba}', 'has {waba}, which stands for nothing'],
	['../v1.0/me', 'is no path of the Graph API'],
	['123/../456', 'is no path of the Graph API'],
	['123/./456', 'is no path of the Graph API'],
	['123//456', 'is no path of the Graph API'],
	['123%2f456', 'is no path of the Graph API'],
	['123#x', 'is no path of the Graph API'],
	['123\\456', 'is no path of the Graph API'],
	['a@evil.example', 'is no path of the Graph API'],
	['1\r\nHost: evil', 'is no path of the Graph API'],
	['', 'is no path of the Graph API'],
	['?fields=id', 'is no path of the Graph API'],
	['1/2/3/4/5/6/7/8/9', 'is no path of the Graph API'],
	['123?access_token=secret', 'has access_token'],
	['123?Access_Token=secret', 'has Access_Token'],
	['debug_token?input_token=secret', 'has input_token'],
])('%j is refused', (given, problem) =>
	expect(() => readGraphPath(given, account)).toThrow(problem),
);

test('a token in the query is refused, and is in no error', () => {
	const check = () => checkQuery({ fields: 'id', appsecret_proof: 'secret' });
	expect(check).toThrow('"Query Parameters" has appsecret_proof');
	expect(check).not.toThrow(/secret$/);
});
