import { pathProblem } from '../../../nodes/WhatsAppCloud/graph/path';

const group = 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

describe('the path of a request', () => {
	test.each([
		'/106540352242922/messages',
		'/106540352242922/marketing_messages',
		'/102290129340398',
		'/102290129340398/message_templates',
		'/debug_token',
		'/oauth/access_token',
		'/me',
		`/${group}`,
		`/${group}/invite_link`,
		'/upload:MTphdHRhY2htZW50OmFiYw==',
	])('%s may be asked', (path) => expect(pathProblem(path, undefined)).toBeNull());

	test.each([
		['/123/../456/messages', 'no path'],
		['/123/messages?fields=x', 'no path'],
		['/123/messages#x', 'no path'],
		['/123%2Fmessages', 'no ID'],
		['/..', 'no ID'],
		['/123 ', 'no ID'],
		['/+15550100001/messages', 'no ID'],
		['/wamid.HBgL', 'no ID'],
		['/1.5/media', 'no ID'],
		['/1\r\nHost: x', 'no ID'],
		['/@evil.example/x', 'no ID'],
		['//evil.example/x', 'empty'],
		['/', 'empty'],
		['', 'empty'],
		['123/messages', 'empty|no ID'],
		['/undefined/messages', 'no ID'],
		[`/${'1'.repeat(33)}`, 'no ID'],
	])('%j may not', (path, told) => {
		const problem = pathProblem(path, undefined);
		expect(problem?.message).toMatch(new RegExp(told));
		expect(problem).toMatchObject({ reason: 'unsendable', mayHaveBeenProcessed: false });
	});

	test('names the field that the ID came from, and shows no more than its beginning', () => {
		const { message } = pathProblem(`/${'x/'.repeat(500)}`, 'Media ID') ?? {};
		expect(message).toBe(`"Media ID" is "x", which is no ID of Meta's`);
		expect(pathProblem(`/${'é'.repeat(500)}`, undefined)?.message.length).toBeLessThan(120);
	});
});
