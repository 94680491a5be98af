import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ReplayRequest } from '../../../scripts/engine/request';
import { useEngine } from '../harness';
import { recent } from './recent';

const SECRET = 'the-app-secret';
const VERIFY_TOKEN = 'the-verify-token';
// Without state, so that a test can deliver the same webhook again and again.
const credentials = {
	whatsAppCloudApi: {
		appSecret: SECRET,
		verifyToken: VERIFY_TOKEN,
		advancedSettings: true,
		stateStore: 'off',
	},
};
const fixture = (name: string) =>
	recent(readFileSync(join(__dirname, '../../unit/events/fixtures', `${name}.json`), 'utf8'));

const engine = useEngine({ N8N_LOG_LEVEL: 'debug' });

const post = async (request: ReplayRequest) =>
	await engine.replayWebhook({ credentials, secret: SECRET, ...request });
const get = async (query: string) =>
	await engine.replayWebhook({ credentials, method: 'GET', query });

describe('GET', () => {
	it('echoes the challenge as plain text', async () => {
		const answer = await get(
			`hub.mode=subscribe&hub.challenge=%3Cb%3E42&hub.verify_token=${VERIFY_TOKEN}`,
		);
		expect(answer).toMatchObject({ status: 200, body: '<b>42', outputs: [] });
		expect(answer.headers?.['content-type']).toMatch(/^text\/plain/);
		expect(answer.headers?.['x-content-type-options']).toBe('nosniff');
	});

	it.each([
		['', 'hub.mode'],
		['hub.mode=subscribe&hub.challenge=42&hub.verify_token=other', 'hub.verify_token'],
		[`hub.mode=subscribe&hub.verify_token=${VERIFY_TOKEN}`, 'hub.challenge'],
	])('refuses "%s" and logs why', async (query, reason) => {
		const answer = await get(query);
		expect(answer).toMatchObject({ status: 403, body: 'Verification refused', outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({ level: 'warn', message: expect.stringContaining(reason) }),
		);
	});

	it('refuses everything without credential', async () => {
		const query = 'hub.mode=subscribe&hub.challenge=42&hub.verify_token=';
		expect(await engine.replayWebhook({ method: 'GET', query })).toMatchObject({ status: 403 });
	});
});

describe('POST', () => {
	it('makes an item of a message and answers 200', async () => {
		const answer = await post({ body: fixture('text') });
		expect(answer).toMatchObject({
			status: 200,
			outputs: [[{ json: { event: 'message', type: 'text', from: '4915112345678' } }]],
		});
	});

	it('makes an item of each part of a batch', async () => {
		const { outputs } = await post({ body: fixture('mixed-batch') });
		expect(outputs?.[0]?.map(({ json }) => json['event'])).toEqual([
			'message',
			'other',
			'message',
			'status',
			'other',
			'account_update',
			'other',
			'message',
		]);
	});

	it('verifies what was signed, though it came compressed', async () => {
		expect(await post({ body: fixture('text'), gzip: true })).toMatchObject({
			status: 200,
			outputs: [[{ json: { id: 'wamid.TEXT1' } }]],
		});
	});

	it('verifies bytes, not text: Meta escapes what is beyond ASCII', async () => {
		const body = fixture('text').replace('blue', 'bl\\u00fce \\/ gr\\u00fcn');
		const { outputs } = await post({ body });
		expect(outputs?.[0]?.[0]?.json['text']).toBe('Is the blüe / grün one in stock?');
	});

	const right = createHmac('sha256', SECRET).update(fixture('text')).digest('hex');
	it.each<[string, string | null]>([
		['no signature', null],
		['an empty one', ''],
		['a short one', `sha256=${right.slice(1)}`],
		['a long one', `sha256=${right}0`],
		['one of other digits', `sha256=${'x'.repeat(64)}`],
		['a wrong one', `sha256=${'0'.repeat(64)}`],
		['one without prefix', right],
		['one by SHA-1', `sha1=${right.slice(0, 40)}`],
	])('refuses %s with 401 and logs why', async (_, header) => {
		const headers: [string, string][] = header === null ? [] : [['X-Hub-Signature-256', header]];
		const answer = await engine.replayWebhook({ credentials, headers, body: fixture('text') });
		expect(answer).toMatchObject({ status: 401, body: 'Signature refused', outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({ level: 'warn', message: expect.stringContaining('signature') }),
		);
	});

	it.each<[string, ReplayRequest['credentials']]>([
		['without credential', {}],
		['without app secret', { whatsAppCloudApi: { appSecret: '' } }],
	])('refuses everything %s', async (_, none) => {
		const answer = await engine.replayWebhook({
			credentials: none ?? {},
			headers: [
				['X-Hub-Signature-256', `sha256=${createHmac('sha256', '').update('{}').digest('hex')}`],
			],
			body: '{}',
		});
		expect(answer).toMatchObject({ status: 401, outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({ message: expect.stringContaining('no app secret') }),
		);
	});

	it.each(['text/plain', 'application/octet-stream'])(
		'answers 400 to a signed body that is no JSON (%s)',
		async (contentType) => {
			const answer = await post({
				body: '{"object": "whatsapp',
				headers: [['Content-Type', contentType]],
			});
			expect(answer).toMatchObject({ status: 400, body: 'Not JSON', outputs: [] });
			expect(answer.logs).toContainEqual(
				expect.objectContaining({ level: 'warn', message: expect.stringContaining('is not JSON') }),
			);
		},
	);

	it('lets n8n refuse a broken body of type JSON without a stack trace', async () => {
		const answer = await post({
			body: '{"object": "whatsapp',
			headers: [['Content-Type', 'application/json']],
		});
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(answer.status).toBeLessThan(500);
		expect(answer.outputs).toEqual([]);
		expect(JSON.stringify(answer.body)).not.toMatch(/\bat \w+ \(|\.js:\d|node_modules/);
	});

	it('logs why a body cannot be read', async () => {
		const answer = await post({
			body: 'no gzip',
			headers: [
				['Content-Type', 'application/octet-stream'],
				['Content-Encoding', 'gzip'],
			],
		});
		expect(answer).toMatchObject({ status: 400, body: 'Not readable', outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringContaining('the body cannot be read: incorrect header check'),
			}),
		);
	});

	it('takes ten thousand messages of 3 MB at once', async () => {
		const messages = Array.from({ length: 10_000 }, (_, index) => ({
			id: `wamid.${index}`,
			from: '4915112345678',
			timestamp: recent('1793620800'),
			type: 'text',
			text: { body: 'x'.repeat(200) },
		}));
		const body = JSON.stringify({
			object: 'whatsapp_business_account',
			entry: [{ id: '1', changes: [{ field: 'messages', value: { messages } }] }],
		});
		expect(body.length).toBeGreaterThan(3_000_000);
		const { status, outputs } = await post({ body });
		expect(status).toBe(200);
		expect(outputs?.[0]?.map(({ json }) => json['id'])).toEqual(messages.map(({ id }) => id));
	});

	it('survives 100,000 levels of nesting', async () => {
		const deep = '['.repeat(100_000) + ']'.repeat(100_000);
		const body = fixture('text').replace('"Is the blue one in stock?"', deep);
		expect(await post({ body })).toMatchObject({
			status: 200,
			outputs: [[{ json: { id: 'wamid.TEXT1', text: null } }]],
		});
	});

	it('is quiet about another object but passes it on', async () => {
		expect(await post({ body: '{"object":"page","entry":[]}' })).toMatchObject({
			status: 200,
			outputs: [[{ json: { event: 'other', type: 'page' } }]],
		});
	});
});

describe('choosing', () => {
	it('starts no execution for what was not chosen, and logs which filter', async () => {
		const answer = await post({
			parameters: { events: ['message'] },
			body: fixture('status-failed'),
		});
		expect(answer).toMatchObject({ status: 200, body: 'EVENT_RECEIVED', outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({
				level: 'debug',
				message: expect.stringContaining('1 by "Events"'),
			}),
		);
	});

	it('takes expressions', async () => {
		const parameters = { events: '={{ ["sta", "tus"].join("") }}' };
		expect(await post({ parameters, body: fixture('status-failed') })).toMatchObject({
			outputs: [[{ json: { event: 'status' } }]],
		});
	});

	it('splits outputs', async () => {
		const parameters = { settings: { splitOutputs: true } };
		const { outputs } = await post({ parameters, body: fixture('mixed-batch') });
		expect(outputs?.map((items) => items.length)).toEqual([3, 1, 4]);
	});

	it('redacts', async () => {
		const parameters = { settings: { redact: true } };
		const { outputs } = await post({ parameters, body: fixture('text') });
		expect(JSON.stringify(outputs)).not.toMatch(/4915112345678|Ada|blue/);
	});

	it('takes the time zone of the workflow for hours', async () => {
		// The message was written at 12:00 UTC, which is 21:00 in Tokyo.
		const request = {
			parameters: { settings: { hours: { inside: { from: '20:00', to: '22:00' } } } },
			body: fixture('text'),
		};
		expect((await post({ ...request, timezone: 'Asia/Tokyo' })).outputs).toHaveLength(1);
		expect((await post({ ...request, timezone: 'UTC' })).outputs).toEqual([]);
	});

	it('asks Meta to come again while an option cannot be used', async () => {
		const answer = await post({
			parameters: { settings: { senders: ['nobody'] } },
			body: fixture('text'),
		});
		expect(answer).toMatchObject({ status: 500, body: 'Try again', outputs: [] });
		expect(answer.logs).toContainEqual(
			expect.objectContaining({
				level: 'error',
				message: expect.stringContaining('"Options › Senders"'),
			}),
		);
	});
});
