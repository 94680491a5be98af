import { readResumeAnswer } from '../../../../nodes/WhatsAppCloud/trigger/dispatch/resumeAnswer';
import { ResumeCaller } from '../../../../nodes/WhatsAppCloud/trigger/dispatch/resumeCaller';

const json = (message: string) => JSON.stringify({ code: 0, message });

test.each([
	[200, 'waiting', 'waiting'],
	[200, 'taken', 'taken'],
	[200, 'over', 'over'],
	[200, 'busy', 'busy'],
	[200, '<html><title>No action required</title></html>', 'over'],
	[404, json('The execution "7" does not exist.'), 'over'],
	[404, json('Cannot find workflow'), 'over'],
	[409, json('The execution "7" is running already.'), 'busy'],
	[409, json('The execution "7" has finished with error.'), 'over'],
	[409, json('The execution "7 has finished already.'), 'over'],
	[500, json('Execution is already being resumed by another process'), 'taken'],
	[200, 'problem: the state cannot be written', { problem: 'the state cannot be written' }],
	[200, '<html><title>Sign in</title></html>', null],
	[401, '<html><title>Invalid Form Link</title></html>', null],
	[404, '<html>Cannot POST /webhook-waiting/7/abc</html>', null],
	[502, 'Bad Gateway', null],
	[502, 'waiting', null],
])('%s %s', (status, text, answer) => {
	expect(readResumeAnswer({ status, text })).toEqual(answer);
});

const path = '/webhook-waiting/7/node?wait=w&signature=s';

/** A caller, and the addresses that it has called. */
function callerOn(answers: Record<string, { status: number; text: string }>) {
	const urls: string[] = [];
	const caller = new ResumeCaller({
		post: async (url) => {
			urls.push(url);
			return await Promise.resolve(answers[new URL(url).origin] ?? { problem: 'no answer' });
		},
		timeoutMs: 1_000,
		ownServer: 'http://127.0.0.1:5678',
	});
	return { caller, urls };
}

const waiting = { status: 200, text: 'waiting' };

test('n8n is called at its public address', async () => {
	const { caller, urls } = callerOn({ 'https://n8n.example.com': waiting });
	expect(await caller.call(`https://n8n.example.com${path}`)).toBe('waiting');
	expect(urls).toEqual([`https://n8n.example.com${path}`]);
});

test('where that leads nowhere, it is called on this machine, from then on at once', async () => {
	const { caller, urls } = callerOn({ 'http://127.0.0.1:5678': waiting });
	for (let time = 0; time < 2; time++) {
		expect(await caller.call(`https://n8n.example.com${path}`)).toBe('waiting');
	}
	expect(urls).toEqual([
		`https://n8n.example.com${path}`,
		`http://127.0.0.1:5678${path}`,
		`http://127.0.0.1:5678${path}`,
	]);
});

test('a problem that the node tells is not asked for twice', async () => {
	const answer = { status: 200, text: 'problem: the disk is full' };
	const { caller, urls } = callerOn({ 'https://n8n.example.com': answer });
	expect(await caller.call(`https://n8n.example.com${path}`)).toEqual({
		problem: 'the disk is full',
	});
	expect(urls).toHaveLength(1);
});

test('a refused signature and a strange page are problems that say who answered', async () => {
	const { caller } = callerOn({
		'https://n8n.example.com': { status: 401, text: '' },
		'http://127.0.0.1:5678': { status: 404, text: 'Cannot POST' },
	});
	expect(await caller.call(`https://n8n.example.com${path}`)).toEqual({
		problem:
			'https://n8n.example.com, which refuses the signature, answered with 401 and not as n8n does; http://127.0.0.1:5678 answered with 404 and not as n8n does',
	});
});

test('an address that cannot be read is a problem', async () => {
	const { caller, urls } = callerOn({});
	expect(await caller.call('')).toHaveProperty('problem');
	expect(urls).toEqual([]);
});
