import { createHmac } from 'node:crypto';
import { useEngine } from '../harness';
import { fixtureEnv } from './processes';

const engine = useEngine(fixtureEnv);

const node = 'probeTrigger';
const sign = (body: string | Buffer, secret: string): string =>
	`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('the request', () => {
	const body = '{ "text": "Grüße 👋" }\n';

	it('reaches the node with its bytes, its parsed body and its query', async () => {
		const { status, outputs } = await engine.replayWebhook({ node, body, query: 'a[b]=1&c=2&c=3' });
		expect(status).toBe(200);
		expect(outputs?.[0]?.[0]?.json).toEqual({
			webhook: 'default',
			mode: 'webhook',
			rawText: body,
			rawBytes: Buffer.byteLength(body),
			readRawBody: 'function',
			body: { text: 'Grüße 👋' },
			query: { a: { b: '1' }, c: ['2', '3'] },
			contentType: 'application/json',
			encoding: 'utf-8',
			parameter: 'default label',
			signature: null,
			urlEndsWithPath: true,
		});
	});

	it('is signed over the bytes as given', async () => {
		const { outputs } = await engine.replayWebhook({ node, body, secret: 'the secret' });
		expect(outputs?.[0]?.[0]?.json).toMatchObject({ signature: sign(body, 'the secret') });
	});

	it('keeps a signature that it is given', async () => {
		const { outputs } = await engine.replayWebhook({
			node,
			body,
			secret: 'the secret',
			headers: [['x-hub-signature-256', 'sha256=00']],
		});
		expect(outputs?.[0]?.[0]?.json).toMatchObject({ signature: 'sha256=00' });
	});

	it('arrives decompressed, with the signature of what was compressed', async () => {
		const { outputs } = await engine.replayWebhook({ node, body, secret: 's', gzip: true });
		expect(outputs?.[0]?.[0]?.json).toMatchObject({
			rawText: body,
			body: { text: 'Grüße 👋' },
			signature: sign(body, 's'),
		});
	});

	it('may be bytes that are no text', async () => {
		const bytes = Buffer.from([0, 255, 254, 10]);
		const { outputs } = await engine.replayWebhook({
			node,
			body: { base64: bytes.toString('base64') },
			headers: [['Content-Type', 'application/octet-stream']],
		});
		expect(outputs?.[0]?.[0]?.json).toMatchObject({ rawBytes: 4, body: null });
	});

	it('goes by GET to the webhook for GET', async () => {
		const { outputs } = await engine.replayWebhook({
			node,
			method: 'GET',
			query: 'hub.mode=subscribe&hub.challenge=1158201444',
		});
		expect(outputs?.[0]?.[0]?.json).toMatchObject({
			webhook: 'setup',
			query: { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' },
			rawBytes: 0,
			body: null,
		});
	});
});

// n8n 2.40.7 gave each of these answers with a node that does the same.
describe('the answer is that of n8n', () => {
	const withAnswer = (answer: string, more: Record<string, unknown> = {}) =>
		engine.replayWebhook({ node, body: '{"a":1}', parameters: { answer, ...more } });

	it('when the node answers by itself and starts the workflow', async () => {
		expect(await withAnswer('ownAnswer')).toMatchObject({
			status: 200,
			body: 'EVENT_RECEIVED',
			headers: { 'content-type': 'text/html; charset=utf-8' },
			outputs: [[{ json: { webhook: 'default' } }]],
		});
	});

	it('when the node refuses', async () => {
		const refused = await withAnswer('refuse');
		expect(refused).toMatchObject({ status: 401, body: 'no', outputs: [] });
		expect(refused.logs).toEqual([
			{ level: 'warn', message: 'Refused, because the probe was told so' },
		]);
		expect(await withAnswer('refuseAsJson')).toMatchObject({
			status: 403,
			body: { error: { code: 1 } },
			outputs: [],
		});
	});

	it('when the node only gives items', async () => {
		expect(await withAnswer('items')).toMatchObject({ status: 200, body: 'firstEntryJson' });
		const lastNode = await withAnswer('items', { responseMode: 'lastNode', responseCode: 202 });
		expect(lastNode).toMatchObject({ status: 202, body: { webhook: 'default' } });
		expect(lastNode.outputs?.[0]).toHaveLength(2);
	});

	it('when the node gives nothing, a text or an object', async () => {
		expect(await withAnswer('nothing')).toMatchObject({
			status: 200,
			body: { message: 'Webhook call received' },
			outputs: [],
		});
		expect(await withAnswer('text')).toMatchObject({ status: 200, body: 'plain' });
		expect(await withAnswer('object')).toMatchObject({ status: 200, body: { a: 1 } });
	});

	it('when the node throws', async () => {
		expect(await withAnswer('fail')).toMatchObject({
			status: 500,
			body: { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' },
			outputs: [],
			error: { message: 'The probe fails' },
		});
	});

	it('to broken JSON, which never reaches the node', async () => {
		const { status, body, outputs } = await engine.replayWebhook({ node, body: '{"a":' });
		expect({ status, body, outputs }).toEqual({
			status: 422,
			body: {
				code: 422,
				message: 'Failed to parse request body',
				hint: 'Unexpected end of JSON input',
			},
			outputs: [],
		});
	});

	it('to an empty body', async () => {
		const { status, outputs } = await engine.replayWebhook({ node, body: '' });
		expect(status).toBe(200);
		expect(outputs?.[0]?.[0]?.json).toMatchObject({ rawBytes: 0, body: null });
	});

	const notExecuted = { code: 0, message: 'There was a problem executing the workflow' };
	const tooLong = `"${'x'.repeat(17 * 1024 * 1024)}"`;

	it.each([
		['as it is', {}],
		['in chunks', { headers: [['Transfer-Encoding', 'chunked'] as [string, string]] }],
		['compressed', { gzip: true }],
	])('to a body of 17 MB, %s', async (_how, more) => {
		const { status, body, outputs } = await engine.replayWebhook({ node, body: tooLong, ...more });
		expect({ status, body, outputs }).toEqual({ status: 500, body: notExecuted, outputs: [] });
	});

	it('to what is not gzip but says so', async () => {
		const headers: [string, string][] = [['Content-Encoding', 'gzip']];
		expect(await engine.replayWebhook({ node, body: '{"a":1}', headers })).toMatchObject({
			status: 500,
			body: notExecuted,
		});
	});

	it('to a method that the node does not take', async () => {
		expect(await engine.replayWebhook({ node, body: '{}', method: 'PUT' })).toMatchObject({
			status: 404,
			body: {
				message:
					'This webhook is not registered for PUT requests. Did you mean to make a GET or POST request?',
			},
			outputs: [],
		});
	});
});

it('reports a node that never answers', async () => {
	const silent = await engine.replayWebhook({
		node,
		body: '{}',
		parameters: { answer: 'silence' },
		timeoutMs: 200,
	});
	expect(silent).toMatchObject({ error: { message: expect.stringContaining('0.2 s') } });
	expect(silent.status).toBeUndefined();
});

it('passes its credentials and the files of its items to the node', async () => {
	const { body } = await engine.replayWebhook({
		node,
		body: '{}',
		parameters: { answer: 'credential' },
		credentials: { probeApi: { token: 'given' } },
	});
	expect(body).toEqual({ token: 'given', version: 'v1' });
	const { outputs } = await engine.replayWebhook({
		node,
		body: '{}',
		parameters: { answer: 'file' },
	});
	expect(outputs?.[0]?.[0]?.binary?.['data']).toMatchObject({ fileName: 'a.txt', fileSize: 4 });
});

it('handles many requests at once', async () => {
	const all = await Promise.all(
		Array.from({ length: 20 }, (_, n) => engine.replayWebhook({ node, body: `{"n":${n}}` })),
	);
	const numbers = all.map(
		({ outputs }) => (outputs?.[0]?.[0]?.json['body'] as { n: number } | undefined)?.n,
	);
	expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

describe('the trigger of this package', () => {
	const credentials = {
		whatsAppCloudApi: { appSecret: 'a secret of the app', verifyToken: 'verify me' },
	};
	beforeAll(async () => await engine.reload({}));

	it('accepts what is signed and refuses what is not', async () => {
		const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
		const signed = await engine.replayWebhook({ body, secret: 'a secret of the app', credentials });
		expect(signed.status).toBe(200);
		const forged = await engine.replayWebhook({ body, secret: 'another secret', credentials });
		expect(forged).toMatchObject({ status: 401, outputs: [] });
	});

	it('echoes the challenge', async () => {
		const query = 'hub.mode=subscribe&hub.verify_token=verify%20me&hub.challenge=1158201444';
		const verified = await engine.replayWebhook({ method: 'GET', query, credentials });
		expect(verified).toMatchObject({ status: 200, body: '1158201444', outputs: [] });
	});
});
