import { createHmac } from 'node:crypto';
import { png } from '../../simulator/support/files';
import { useEngine } from '../harness';
import { appSecret, credentials, detailed, itemsOf, onlyJson, problemOf, tokens } from './account';
import { binaryFile } from './files';
import { answerJson, startHost, type OwnHost } from './ownHost';

const engine = useEngine();

type Answer = Parameters<typeof startHost>[0];
const picture = png();
const withFile = () => ({ binary: { data: binaryFile(picture, 'image/png', 'picture.png') } });
const standby = { standbyAccessToken: tokens.standby, stateStore: 'off' };

const run = async (
	host: OwnHost,
	parameters: Record<string, unknown>,
	items: object[] = [{}],
	account: Record<string, unknown> = { stateStore: 'off' },
) =>
	await engine.runNode({
		node: 'whatsAppCloud',
		parameters: detailed(parameters),
		credentials: credentials(host.url, account),
		items,
		onError: 'continueRegularOutput',
	});

const image = {
	operation: 'sendMedia',
	mediaType: 'image',
	recipient: '+15551234567',
	delivery: { messagesPerSecond: 80 },
};
const upload = { resource: 'media', operation: 'upload', mediaKind: 'image' };

const metaError = (code: number, parts: Record<string, unknown> = {}) => ({
	error: { code, message: `Error ${code}`, type: 'OAuthException', ...parts },
});

/** Meta, as far as sending a picture needs it. */
const takesAll: Answer = ({ path }, response) =>
	answerJson(
		response,
		path.endsWith('/media') ? { id: '4711' } : { messages: [{ id: 'wamid.1' }] },
	);

/** Gives another answer to the first `count` requests to an edge. */
const butFirst = (count: number, edge: string, answer: Answer): Answer => {
	let seen = 0;
	return (request, ...rest) =>
		request.path.endsWith(edge) && ++seen <= count
			? answer(request, ...rest)
			: takesAll(request, ...rest);
};

const edgesOf = ({ received }: OwnHost): string[] =>
	received.map(({ path }) => path.split('/').at(-1) ?? '');
const tokensOf = ({ received }: OwnHost): string[] =>
	received.map(({ headers }) => String(headers.authorization).replace('Bearer ', ''));

// Each waits between its attempts.
describe('an upload', () => {
	test.concurrent(
		'whose token has ended goes with the standby, and so does its message',
		async () => {
			const host = await startHost((request, response, socket) =>
				request.headers.authorization === `Bearer ${tokens.active}`
					? answerJson(response, metaError(190), 401)
					: takesAll(request, response, socket),
			);
			expect(onlyJson(await run(host, image, [withFile()], standby))).toMatchObject({
				outcome: 'sent',
				attempts: 1,
				token: 'standby',
			});
			expect(edgesOf(host)).toEqual(['media', 'media', 'messages']);
			expect(tokensOf(host)).toEqual([tokens.active, tokens.standby, tokens.standby]);
		},
	);

	test.concurrent(
		'goes with the standby from the start where a message has found out',
		async () => {
			const host = await startHost((request, response, socket) =>
				request.headers.authorization === `Bearer ${tokens.active}`
					? answerJson(response, metaError(190), 401)
					: takesAll(request, response, socket),
			);
			const byId = {
				...image,
				mediaSource: "={{ $json.id ? 'id' : 'binary' }}",
				mediaId: '={{ $json.id }}',
			};
			const result = await run(
				host,
				byId,
				[{ json: { id: '17' } }, { json: {}, ...withFile() }],
				standby,
			);
			expect(itemsOf(result).map(({ json }) => [json['outcome'], json['token']])).toEqual([
				['sent', 'standby'],
				['sent', 'standby'],
			]);
			expect(edgesOf(host)).toEqual(['messages', 'messages', 'media', 'messages']);
			expect(tokensOf(host).filter((token) => token === tokens.active)).toHaveLength(1);
		},
	);

	test.concurrent.each<[string, Answer]>([
		['throttled', (_, response) => answerJson(response, metaError(130429), 400)],
		[
			'answered with a temporary error',
			(_, response) => answerJson(response, metaError(131000), 500),
		],
		['answered by a proxy', (_, response) => void response.writeHead(502).end('<html>')],
		['cut before the answer', (_request, _response, socket) => socket.resetAndDestroy()],
	])('that is %s is made again, with the whole file', async (_what, answer) => {
		const host = await startHost(butFirst(2, '/media', answer));
		expect(onlyJson(await run(host, image, [withFile()]))).toMatchObject({
			outcome: 'sent',
			attempts: 1,
		});
		expect(edgesOf(host)).toEqual(['media', 'media', 'media', 'messages']);
		const sizes = host.received.slice(0, 3).map(({ body }) => body.length);
		expect(new Set(sizes).size).toBe(1);
		expect(sizes[0]).toBeGreaterThan(100);
	});

	test.concurrent.each<[string, Answer, RegExp]>([
		[
			'lost',
			(_request, _response, socket) => socket.resetAndDestroy(),
			/broke before the answer was complete/,
		],
		[
			'a passing trouble',
			(_, response) => answerJson(response, metaError(131000), 500),
			/^Meta had a passing problem \(131000\)/,
		],
	])(
		'whose answer stays %s has sent no message, and says nothing else',
		async (_what, answer, message) => {
			const host = await startHost(butFirst(99, '/media', answer));
			const [item] = itemsOf(await run(host, image, [withFile()]));
			expect(problemOf(item)).toMatch(message);
			expect(JSON.stringify(item)).not.toMatch(/may have/);
			expect(edgesOf(host)).toEqual(Array(5).fill('media'));
		},
	);

	test.concurrent('that Meta refuses for good is made once', async () => {
		const host = await startHost(
			butFirst(99, '/media', (_, response) => answerJson(response, metaError(131053), 400)),
		);
		const [item] = itemsOf(await run(host, upload, [withFile()]));
		expect(problemOf(item)).toContain('131053');
		expect(host.received).toHaveLength(1);
	});

	test.concurrent('without an ID says that the answer was unexpected', async () => {
		const host = await startHost((_, response) => answerJson(response, {}));
		const result = await run(host, upload, [withFile()]);
		expect(problemOf(itemsOf(result)[0])).toContain('gave no media ID');
	});
});

test.concurrent(
	'a message is repeated only where Meta surely refused it, a read always',
	async () => {
		const host = await startHost((request, response, socket) =>
			request.method === 'GET'
				? host.received.length < 3
					? socket.resetAndDestroy()
					: answerJson(response, { id: '5', url: 'https://x', mime_type: 'image/png' })
				: socket.resetAndDestroy(),
		);
		const text = { recipient: '+15551234567', text: 'Hello' };
		const get = { resource: 'media', operation: 'get', mediaId: '5' };
		expect(onlyJson(await run(host, get))).toMatchObject({ mediaId: '5' });
		expect(host.received).toHaveLength(3);
		expect(onlyJson(await run(host, text))).toMatchObject({ outcome: 'unknown', attempts: 1 });
		expect(problemOf(itemsOf(await run(host, { ...get, operation: 'delete' }))[0])).toMatch(
			/broke/,
		);
		expect(host.received).toHaveLength(5);
	},
);

test.concurrent(
	'lists of the editor are asked for again, with the other token where one has ended',
	async () => {
		const host = await startHost((request, response) => {
			if (host.received.length === 1) {
				answerJson(response, metaError(80007), 400);
				return;
			}
			if (request.headers.authorization === `Bearer ${tokens.active}`) {
				answerJson(response, metaError(190), 401);
				return;
			}
			answerJson(response, { data: [{ id: '9', display_phone_number: '+1 555 010 0009' }] });
		});
		const { results } = await engine.searchList({
			node: 'whatsAppCloud',
			method: 'searchPhoneNumbers',
			credentials: credentials(host.url, standby),
		});
		expect(results).toEqual([{ name: '+1 555 010 0009', value: '9' }]);
		expect(host.received).toHaveLength(3);
	},
);

describe('"success": false is no success', () => {
	const declined = async (parameters: Record<string, unknown>) => {
		const host = await startHost((_, response) => answerJson(response, { success: false }));
		const [item] = itemsOf(await run(host, parameters));
		expect(host.received).toHaveLength(1);
		return item;
	};

	test.each([
		['mark as read', { operation: 'markAsRead', messageId: 'wamid.1' }],
		['media delete', { resource: 'media', operation: 'delete', mediaId: '5' }],
		['a message', { recipient: '+15551234567', text: 'Hello' }],
	])('of %s', async (_what, parameters) => {
		const item = await declined(parameters);
		expect(problemOf(item)).toMatch(/did not do it.*"success": false/);
		expect(item?.json['success']).toBeUndefined();
		expect(item?.json['deleted']).toBeUndefined();
	});
});

describe('an answer about a token', () => {
	test.each([{}, { data: null }, { data: {} }, { data: [] }, []])(
		'without data (%j) is unexpected, and the token not invalid for it',
		async (body) => {
			const host = await startHost((_, response) => answerJson(response, body));
			const debug = { resource: 'token', operation: 'debug' };
			const [item] = itemsOf(await run(host, debug));
			expect(problemOf(item)).toMatch(/answer was unexpected.*nothing about the token/);
			expect(item?.json['verdict']).toBeUndefined();
		},
	);
});

describe('secrets in an answer', () => {
	const proof = createHmac('sha256', appSecret).update(tokens.active).digest('hex');
	const secrets = [proof, tokens.active, appSecret];
	const text = { recipient: '+15551234567', text: 'Hello' };

	test.each<[string, Answer]>([
		[
			'in a content type',
			(_, response) =>
				void response
					.writeHead(502, { 'content-type': `text/html; ${secrets.join('-')}` })
					.end('<html>'),
		],
		[
			'in a trace header and the words of an error',
			(_, response) => {
				response.setHeader('x-fb-trace-id', secrets.join('-'));
				answerJson(response, metaError(100, { message: `Wrong: ${secrets.join(' ')}` }), 400);
			},
		],
		[
			'in the trace of an error',
			(_, response) => answerJson(response, metaError(100, { fbtrace_id: secrets.join('') }), 400),
		],
		[
			'in the trace header of a message that is accepted',
			(_, response) => {
				response.setHeader('x-fb-trace-id', secrets.join('-'));
				answerJson(response, { messages: [{ id: 'wamid.1' }] });
			},
		],
	])('%s are masked', async (_what, answer) => {
		const host = await startHost(answer);
		const shown = JSON.stringify(await run(host, text));
		for (const secret of secrets) expect(shown).not.toContain(secret);
		expect(shown).toContain('***');
		expect(host.received[0]?.query.get('appsecret_proof')).toBe(proof);
	});
});
