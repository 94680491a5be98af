import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import { makeCertificate } from '../certificate';
import { startEngine, useEngine, type Engine } from '../engine/harness';
import { credentials, detailed, onlyJson } from '../engine/node/account';
import { answerJson, startHost } from '../engine/node/ownHost';

/** Its proxy answers each CONNECT as the test wants. */
let behindProxy: Engine;
const direct = useEngine();
let answerConnect: (socket: Socket) => void;
let connects = 0;

const servers: (Server | TlsServer)[] = [];
const sockets: Socket[] = [];

async function listen(server: Server | TlsServer): Promise<number> {
	servers.push(server);
	server.on('connection', (socket: Socket) => sockets.push(socket));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
	const proxy = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', (head: Buffer) => {
			expect(head.toString()).toMatch(/^CONNECT graph\.test:443 HTTP/);
			connects++;
			answerConnect(socket);
		});
	});
	const port = await listen(proxy);
	const HTTPS_PROXY = `http://127.0.0.1:${port}`;
	behindProxy = await startEngine({
		env: { HTTPS_PROXY, https_proxy: HTTPS_PROXY, NO_PROXY: '', no_proxy: '' },
	});
});
beforeEach(() => {
	connects = 0;
});
afterAll(() => {
	for (const server of servers.splice(0)) server.close();
	// Those that nobody reads from would stay open.
	for (const socket of sockets.splice(0)) socket.destroy();
});

const sendTo = async (engine: Engine, url: string, delivery: Record<string, unknown> = {}) =>
	onlyJson(
		await engine.runNode({
			node: 'whatsAppCloud',
			parameters: detailed({
				recipient: '+15551234567',
				text: 'Hello',
				delivery: { maxAttempts: 2, timeoutSeconds: 5, ...delivery },
			}),
			credentials: credentials(url, { stateStore: 'off' }),
			items: [{}],
			onError: 'continueRegularOutput',
		}),
	);

/** Definitely not sent, after as many attempts as allowed. */
const neverLeft = (reason: RegExp) => ({
	outcome: 'failed',
	attempts: 2,
	error: {
		class: 'no_answer',
		message: expect.stringMatching(reason),
		advice: expect.stringContaining('was not sent'),
	},
});

describe('a proxy', () => {
	test.each([403, 407, 502])('that answers CONNECT with HTTP %i', async (status) => {
		answerConnect = (socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
		expect(await sendTo(behindProxy, 'https://graph.test')).toMatchObject(
			neverLeft(new RegExp(`graph\\.test cannot be reached: the proxy refused.*HTTP ${status}`)),
		);
		expect(connects).toBe(2);
	});

	test('that cuts CONNECT', async () => {
		answerConnect = (socket) => socket.resetAndDestroy();
		expect(await sendTo(behindProxy, 'https://graph.test')).toMatchObject(
			neverLeft(/graph\.test cannot be reached: .*cut/),
		);
		expect(connects).toBe(2);
	});

	test('that opens the way to nobody', async () => {
		answerConnect = (socket) => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.once('data', () => socket.resetAndDestroy());
		};
		expect(await sendTo(behindProxy, 'https://graph.test')).toMatchObject(
			neverLeft(/graph\.test cannot be reached/),
		);
		expect(connects).toBe(2);
	});

	test('that never answers', async () => {
		answerConnect = () => undefined;
		expect(await sendTo(behindProxy, 'https://graph.test', { timeoutSeconds: 1 })).toMatchObject(
			neverLeft(/did not take the connection in time/),
		);
	});
});

describe('a server with TLS', () => {
	const withServer = async (server: Server | TlsServer, delivery = {}) => {
		let connections = 0;
		server.on('connection', (socket: Socket) => {
			connections++;
			socket.on('error', () => undefined);
		});
		const port = await listen(server);
		const sent = await sendTo(direct, `https://127.0.0.1:${port}`, delivery);
		return { sent, connections };
	};

	test('that resets each connection', async () => {
		const server = createServer((socket) => socket.resetAndDestroy());
		const { sent, connections } = await withServer(server);
		expect(sent).toMatchObject(neverLeft(/the connection was cut before the request had left/));
		expect(connections).toBe(2);
	});

	test('that cuts the handshake', async () => {
		const server = createServer((socket) => socket.once('data', () => socket.destroy()));
		const { sent } = await withServer(server);
		expect(sent).toMatchObject(neverLeft(/the connection was cut before the request had left/));
	});

	test('that never answers the handshake', async () => {
		const { sent } = await withServer(createServer(), { timeoutSeconds: 1 });
		expect(sent).toMatchObject(neverLeft(/did not take the connection in time/));
	});

	test.each([
		['version', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
		['cipher', {}],
	] as const)('that shares no %s', async (_what, options) => {
		const { sent, connections } = await withServer(createTlsServer(options));
		expect(sent).toMatchObject(neverLeft(/no encrypted connection could be agreed on/));
		expect(connections).toBe(2);
	});

	test('that is too slow gets nothing once it is there: the next try alone is sent', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'never-left-'));
		const { keyFile, certFile } = await makeCertificate(folder, ['IP:127.0.0.1']);
		const trusting = await startEngine({ env: { NODE_EXTRA_CA_CERTS: certFile } });
		const received: string[] = [];
		const tls = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
		const target = await listen(
			createHttpsServer(tls, (request, response) => {
				received.push(request.url ?? '');
				answerJson(response, { messages: [{ id: 'wamid.second' }] });
			}),
		);
		const front = new EventEmitter();
		let connections = 0;
		// In front of it, the first connection gets through only after the second has been served.
		const server = createServer((socket) => {
			const letThrough = (): void => {
				const through = connect(target, '127.0.0.1');
				socket.pipe(through).pipe(socket);
				through.once('data', () => front.emit('answered'));
			};
			if (connections++ === 0) front.once('open', letThrough);
			else letThrough();
		});
		const url = `https://127.0.0.1:${await listen(server)}`;
		expect(await sendTo(trusting, url, { timeoutSeconds: 2 })).toMatchObject({
			outcome: 'sent',
			attempts: 2,
			messageId: 'wamid.second',
		});
		front.emit('open');
		await once(front, 'answered');
		// Enough time for a request to follow the handshake, if there were one.
		await sleep(500);
		expect(received).toHaveLength(1);
		await trusting.stop();
		rmSync(folder, { recursive: true });
	});

	test('that speaks no TLS at all', async () => {
		const server = createServer((socket) =>
			socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
		);
		const { sent } = await withServer(server);
		expect(sent).toMatchObject(neverLeft(/no encrypted connection could be agreed on/));
	});
});

describe('what has left stays unknown, and is not sent again', () => {
	const accept = { messages: [{ id: 'wamid.first' }] };
	const unknown = {
		outcome: 'unknown',
		attempts: 1,
		error: { advice: expect.stringContaining('may have taken the message') },
	};

	test('a server that resets the connection once it has the request', async () => {
		const host = await startHost((_request, _response, socket) => socket.resetAndDestroy());
		expect(await sendTo(direct, host.url)).toMatchObject(unknown);
		expect(host.received).toHaveLength(1);
	});

	test('a kept-alive connection that dies as the request is written', async () => {
		let requests = 0;
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.on('data', () => {
				requests++;
				if (requests > 1) return void socket.resetAndDestroy();
				const body = JSON.stringify(accept);
				socket.write(
					`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
				);
			});
		});
		const url = `http://127.0.0.1:${await listen(server)}`;
		expect(await sendTo(direct, url)).toMatchObject({ outcome: 'sent' });
		expect(await sendTo(direct, url)).toMatchObject(unknown);
		expect(requests).toBe(2);
	});

	test('an answer that does not come', async () => {
		const host = await startHost(() => undefined);
		expect(await sendTo(direct, host.url, { timeoutSeconds: 1 })).toMatchObject(unknown);
	});

	test('while a host that comes up in the meantime gets the message, once', async () => {
		const host = await startHost((_request, response) => answerJson(response, accept));
		expect(await sendTo(direct, host.url)).toMatchObject({ outcome: 'sent', attempts: 1 });
		expect(host.received).toHaveLength(1);
	});
});
