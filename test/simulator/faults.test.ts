import { Agent, request } from 'node:http';
import { at, textAt } from './support/json';
import { ana, ids, message, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=never,read=never']);

const fault = async (rule: object): Promise<unknown> => await simulator.admin('/faults', rule);
const accepted = async (): Promise<unknown> =>
	at(await simulator.admin('/counters'), 'acceptedMessages');

/** Sends over its own socket; returns the error's code if no answer came. */
async function sendRaw(timeoutMs?: number): Promise<string> {
	const body = JSON.stringify(message({ biz_opaque_callback_data: 'op' }));
	return await new Promise((resolve) => {
		const call = request(`${simulator.url}/v25.0/${ids.phoneNumber}/messages`, {
			method: 'POST',
			agent: new Agent(),
			headers: {
				authorization: 'Bearer SIMULATOR_ACCESS_TOKEN',
				'content-type': 'application/json',
			},
		});
		call.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
		call.once('response', (response) => {
			response.on('error', () => resolve('broken body'));
			response.resume().on('end', () => resolve(String(response.statusCode)));
		});
		if (timeoutMs !== undefined) {
			setTimeout(() => call.destroy(new Error('timeout')), timeoutMs);
		}
		call.end(body);
	});
}

test.each([
	['before', 0],
	['after', 1],
])('a connection reset %s acceptance', async (when, count) => {
	await fault({ kind: 'reset', when, match: { path: '/messages$' }, count: 1 });
	expect(await sendRaw()).toBe('ECONNRESET');
	expect(await accepted()).toBe(count);
	expect(await sendRaw()).toBe('200');
	expect(await simulator.admin('/counters')).toMatchObject({
		acceptedMessages: count + 1,
		byOperationId: { op: count + 1 },
		byRecipient: { [ana]: count + 1 },
	});
});

test.each([
	['before', 0],
	['after', 1],
])('an answer that never comes, %s acceptance', async (when, count) => {
	await fault({ kind: 'noResponse', when, match: { path: '/messages$' } });
	expect(await sendRaw(300)).toBe('timeout');
	expect(await accepted()).toBe(count);
});

test.each([
	['before', 0],
	['after', 1],
])('a server error %s acceptance', async (when, count) => {
	await fault({ kind: 'error', code: 131000, when });
	const answer = await simulator.send();
	expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([500, 131000]);
	await simulator.admin('/faults', undefined, 'DELETE');
	expect(await accepted()).toBe(count);
});

test.each([4, 80007, 130429, 131056])('throttling with %d', async (code) => {
	await fault({ kind: 'error', code, retryAfterSeconds: 3, count: 1 });
	const answer = await simulator.send();
	expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([400, code]);
	expect(answer.headers.get('retry-after')).toBe('3');
	expect((await simulator.send()).status).toBe(200);
	expect(await accepted()).toBe(1);
});

test.each([
	[200, 403, 'Permissions error'],
	[299, 403, 'API Permission'],
	[131061, 400, 'maximum price'],
	[131201, 206, 'partially'],
	[132018, 400, 'parameters in your template'],
	[132021, 400, 'already exists'],
	[139200, 400, 'Direct Send'],
	[2388024, 400, 'Already Exists'],
	[2388318, 400, 'cannot be edited'],
	[2494191, 400, 'Thread control'],
	[77_777, 400, 'Unknown error'],
])('the error %i comes with its status and title', async (code, status, title) => {
	await fault({ kind: 'error', code, count: 1 });
	const answer = await simulator.send();
	expect(answer.status).toBe(status);
	expect(answer.body).toMatchObject({
		error: { code, type: 'OAuthException', fbtrace_id: expect.any(String) },
	});
	expect(textAt(answer.body, 'error', 'message')).toContain(title);
});

test('an error comes with a subcode and words for people', async () => {
	await fault({ kind: 'error', code: 100, subcode: 2388024, count: 1 });
	expect(at((await simulator.send()).body, 'error')).toMatchObject({
		code: 100,
		error_subcode: 2388024,
		error_user_title: 'Content in This Language Already Exists',
	});
	const words = { userTitle: 'No', userMessage: 'Not today.' };
	await fault({ kind: 'error', code: 100, subcode: 1, ...words, count: 1 });
	expect(at((await simulator.send()).body, 'error')).toMatchObject({
		error_subcode: 1,
		error_user_title: 'No',
		error_user_msg: 'Not today.',
	});
});

test('an error can say anything', async () => {
	await fault({
		kind: 'error',
		code: 131016,
		httpStatus: 429,
		message: 'Busy',
		details: 'Come back later',
		isTransient: true,
	});
	const answer = await simulator.send();
	expect(answer.status).toBe(429);
	expect(answer.body).toMatchObject({
		error: {
			message: '(#131016) Busy',
			code: 131016,
			is_transient: true,
			error_data: { messaging_product: 'whatsapp', details: 'Come back later' },
		},
	});
});

test('broken JSON after acceptance, HTML before it', async () => {
	await fault({ kind: 'brokenJson', count: 1 });
	const broken = await simulator.send();
	expect([broken.status, broken.body]).toEqual([200, null]);
	expect(broken.text).toContain('messaging_product');
	expect(await accepted()).toBe(1);
	await fault({ kind: 'html', count: 1 });
	const html = await simulator.send();
	expect(html.status).toBe(502);
	expect(html.headers.get('content-type')).toContain('text/html');
	expect(html.text).toContain('Bad Gateway');
	expect(await accepted()).toBe(1);
});

test('a slow body comes in full', async () => {
	await fault({ kind: 'slowBody', latencyMs: 200 });
	const answer = await simulator.send();
	expect(answer.body).toMatchObject({ messages: [{ id: expect.any(String) }] });
});

test('a token expires in the middle', async () => {
	await fault({ kind: 'tokenExpired', after: 2, count: 1, match: { path: '/messages$' } });
	const codes = [];
	for (let turn = 0; turn < 5; turn++) {
		const answer = await simulator.send();
		codes.push(answer.status === 200 ? 200 : at(answer.body, 'error', 'code'));
	}
	expect(codes).toEqual([200, 200, 190, 190, 190]);
	const standby = await simulator.send({}, { token: 'SIMULATOR_STANDBY_TOKEN' });
	expect(standby.status).toBe(200);
});

test('rules match what they name', async () => {
	await simulator.admin(
		'/faults',
		{
			rules: [
				{ id: 'ben', kind: 'error', code: 131000, match: { recipient: '+15550200002' } },
				{ id: 'op', kind: 'error', code: 131016, match: { operationId: 'bad' } },
				{ id: 'image', kind: 'error', code: 1, match: { messageType: 'image' } },
				{ id: 'second', kind: 'error', code: 2, match: { phoneNumberId: ids.secondPhoneNumber } },
				{ id: 'get', kind: 'error', code: 4, match: { method: 'get', path: '^/me$' } },
			],
		},
		'PUT',
	);
	const codeOf = async (parts: object): Promise<unknown> =>
		at((await simulator.send({ ...parts })).body, 'error', 'code');
	expect(await codeOf({})).toBeUndefined();
	expect(await codeOf({ to: '+1 555 020-0002' })).toBe(131000);
	expect(await codeOf({ biz_opaque_callback_data: 'bad' })).toBe(131016);
	expect(await codeOf({ type: 'image', image: { link: 'https://example.com/a.png' } })).toBe(1);
	const second = await simulator.graph(`/${ids.secondPhoneNumber}/messages`, { json: message() });
	expect(at(second.body, 'error', 'code')).toBe(2);
	expect(at((await simulator.graph('/me')).body, 'error', 'code')).toBe(4);
	expect(await simulator.admin('/faults')).toMatchObject({
		rules: [
			{ id: 'ben', matched: 1, fired: 1 },
			{ id: 'op', matched: 1, fired: 1 },
			{ id: 'image', matched: 1, fired: 1 },
			{ id: 'second', matched: 1, fired: 1 },
			{ id: 'get', matched: 1, fired: 1 },
		],
	});
	await simulator.admin('/faults/ben', undefined, 'DELETE');
	expect(await codeOf({ to: '+15550200002' })).toBeUndefined();
	await expect(simulator.admin('/faults/ben', undefined, 'DELETE')).rejects.toThrow('404');
});

test("connections are counted, those of the simulator's own API apart", async () => {
	await Promise.all([sendRaw(), sendRaw(), sendRaw()]);
	expect(await simulator.admin('/counters')).toMatchObject({ graphConnections: 3 });
});

test('every, after, count and probability', async () => {
	const pattern = async (rule: object): Promise<string> => {
		await simulator.admin('/faults', { seed: 7, rules: [{ kind: 'error', ...rule }] }, 'PUT');
		let result = '';
		for (let turn = 0; turn < 12; turn++) {
			result += (await simulator.send()).status === 200 ? '.' : 'x';
		}
		return result;
	};
	expect(await pattern({ every: 3 })).toBe('..x..x..x..x');
	expect(await pattern({ after: 4, every: 2, count: 2 })).toBe('.....x.x....');
	const dice = await pattern({ probability: 0.5 });
	expect(dice).toMatch(/x/);
	expect(dice).toMatch(/\./);
	expect(await pattern({ probability: 0.5 })).toBe(dice);
	expect(await pattern({ probability: 0 })).toBe('............');
});

test('wrong rules are refused with words', async () => {
	for (const [rule, words] of [
		[{ kind: 'meteorite' }, 'kind'],
		[{ kind: 'error', probability: 2 }, 'probability'],
		[{ kind: 'error', unknown: 1 }, 'unknown'],
		[{ kind: 'error', match: { path: '(' } }, 'Invalid regular expression'],
	] as const) {
		await expect(fault(rule)).rejects.toThrow(words);
	}
});

test('a hundred messages at once, every tenth reset after acceptance: the count is exact', async () => {
	// Long enough for the requests to be under way at the same time on a busy machine.
	await fault({ kind: 'latency', latencyMs: 100, match: { path: '/messages$' } });
	await fault({ kind: 'reset', when: 'after', every: 10, match: { path: '/messages$' } });
	const results = await Promise.all(Array.from({ length: 100 }, async () => await sendRaw()));
	expect(results.filter((result) => result === '200')).toHaveLength(90);
	expect(results.filter((result) => result === 'ECONNRESET')).toHaveLength(10);
	expect(await accepted()).toBe(100);
	expect(at(await simulator.admin('/counters'), 'peakConcurrency')).toBeGreaterThan(1);
});

test('the numbers +1998… are refused at once', async () => {
	const answer = await simulator.send({ to: '+19980131048' });
	expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([400, 131048]);
	expect(await accepted()).toBe(0);
});

test('outside the service window free-form messages fail, once that is switched on', async () => {
	await simulator.admin('/settings', { enforceServiceWindow: true }, 'PATCH');
	const statusAfter = async (parts: object): Promise<unknown> => {
		await simulator.send({ ...parts });
		await simulator.admin('/clock', { ms: 1000 });
		const { data, total } = (await simulator.admin('/messages')) as {
			data: unknown[];
			total: number;
		};
		return [at(data[total - 1], 'status'), at(data[total - 1], 'errors', 0, 'code')];
	};
	expect(await statusAfter({})).toEqual(['failed', 131047]);
	const template = { name: 'hello_world', language: { code: 'en_US' } };
	expect(await statusAfter({ type: 'template', template })).toEqual(['sent', undefined]);
	await simulator.admin('/chat/messages', {
		phoneNumberId: ids.phoneNumber,
		customer: ana,
		message: { type: 'text', text: { body: 'hi' } },
	});
	expect(await statusAfter({})).toEqual(['sent', undefined]);
	await simulator.admin('/clock', { ms: 24 * 3_600_000 });
	expect(await statusAfter({})).toEqual(['failed', 131047]);
});
