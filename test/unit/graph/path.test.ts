import { pathOf } from '../../../nodes/WhatsAppCloud/graph/path';
import type { NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';

const group = 'Y2FwaV9ncm91cDoxNTU1MDEwMDAwMToxMjAzNjM0MDQ2OTQyMzM4MjAZD';

describe('the path of a request', () => {
	test.each([
		['106540352242922', 'messages', '/106540352242922/messages'],
		['106540352242922', 'marketing_messages', '/106540352242922/marketing_messages'],
		['102290129340398', undefined, '/102290129340398'],
		['102290129340398', 'message_templates', '/102290129340398/message_templates'],
		['debug_token', undefined, '/debug_token'],
		['oauth', 'access_token', '/oauth/access_token'],
		['me', undefined, '/me'],
		[group, undefined, `/${group}`],
		[group, 'invite_link', `/${group}/invite_link`],
		['upload:MTphdHRhY2htZW50OmFiYw==', undefined, '/upload:MTphdHRhY2htZW50OmFiYw=='],
	])('%s with the edge %s is %s', (node, edge, path) =>
		expect(pathOf({ node, ...(edge === undefined ? {} : { edge }) })).toBe(path),
	);

	test.each([
		['123', '../456/messages', 'no edge'],
		['123', 'messages?fields=x', 'no edge'],
		['123', 'messages#x', 'no edge'],
		['123', 'messages/456', 'no edge'],
		['123', '', 'no edge'],
		['123/messages', undefined, 'no ID'],
		['123/../456', 'messages', 'no ID'],
		['123%2Fmessages', undefined, 'no ID'],
		['..', undefined, 'no ID'],
		['123 ', undefined, 'no ID'],
		['+15550100001', 'messages', 'no ID'],
		['wamid.HBgL', undefined, 'no ID'],
		['1.5', 'media', 'no ID'],
		['1\r\nHost: x', undefined, 'no ID'],
		['@evil.example', 'x', 'no ID'],
		['/evil.example', 'x', 'no ID'],
		['/123', 'messages', 'no ID'],
		['', 'messages', 'empty'],
		['', undefined, 'empty'],
		['undefined', 'messages', 'no ID'],
		['1'.repeat(33), undefined, 'no ID'],
	])('%j with the edge %j is none', (node, edge, problem) => {
		const path = pathOf({ node, ...(edge === undefined ? {} : { edge }) }) as NoAnswerError;
		expect(path.message).toMatch(new RegExp(problem));
		expect(path).toMatchObject({ reason: 'unsendable', mayHaveBeenProcessed: false });
	});

	test.each(['ABC123xyz', 'upi-main_1', 'v1.2'])('%s may stand below an edge', (entry) =>
		expect(pathOf({ node: '1', edge: 'message_qrdls', entry })).toBe(`/1/message_qrdls/${entry}`),
	);

	test.each(['', '.', '..', 'a/b', 'a?b', 'a#b', 'a%2Fb', 'ä', 'x'.repeat(129)])(
		'%j may not',
		(entry) => {
			const path = pathOf({ node: '1', edge: 'message_qrdls', entry }) as NoAnswerError;
			expect(path.message).toContain('is no entry of the edge "message_qrdls"');
		},
	);

	test('an error names the field that the ID came from, and shows no more than its beginning', () => {
		const problemOf = (node: string) => pathOf({ node, idField: 'Media ID' }) as NoAnswerError;
		expect(problemOf('x').message).toBe(`"Media ID" is "x", which is no ID of Meta's`);
		expect(problemOf('é'.repeat(500)).message.length).toBeLessThan(120);
	});
});
