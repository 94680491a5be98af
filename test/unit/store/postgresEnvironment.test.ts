import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PostgresConfig } from '../../../nodes/WhatsAppCloud/store/config';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { until } from '../../until';
import { usedDatabase } from '../../usedDatabase';
import { start } from './samples';

/** What a process may have in its environment for some other database. */
const foreign: Record<string, string> = {
	PGHOST: 'foreign-host.invalid',
	PGPORT: '1',
	PGUSER: 'foreign-user',
	PGDATABASE: 'foreign-database',
	PGPASSWORD: 'foreign-password',
	PGOPTIONS: '-c search_path=foreign_options',
	PGAPPNAME: 'foreign-application',
	PGREPLICATION: 'database',
	PGSERVICE: 'foreign-service',
	PGSSLMODE: 'verify-full',
	PGSSLNEGOTIATION: 'direct',
	PGSSLROOTCERT: '/foreign/root.pem',
	PGSSLCERT: '/foreign/cert.pem',
	PGSSLKEY: '/foreign/key.pem',
	PGCLIENT_ENCODING: 'latin1',
	PGBINARY: 'true',
	PGCONNECT_TIMEOUT: '1',
	USER: 'foreign-login',
};

/** A server that asks for a password, as PostgreSQL does, and keeps everything it receives. */
class Listener {
	received = '';
	connections = 0;
	/** Connections that are still open. */
	open = 0;
	private readonly server: Server;

	/** @param answer the password request that follows the start-up packet */
	constructor(answer: (socket: Socket) => void) {
		this.server = createServer((socket) => {
			this.connections++;
			this.open++;
			socket.on('close', () => this.open--);
			socket.on('error', () => undefined);
			socket.once('data', () => answer(socket));
			socket.on('data', (data) => (this.received += data.toString('latin1')));
		});
	}

	async listen(): Promise<number> {
		await once(this.server.listen(0, '127.0.0.1'), 'listening');
		return (this.server.address() as AddressInfo).port;
	}

	close(): void {
		this.server.close();
	}
}

/** `R`, length, kind: 3 is plain text, 5 is MD5 with salt, 10 is SCRAM. */
const requests: [string, Buffer][] = [
	['in plain', Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3])],
	['as MD5', Buffer.from([0x52, 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4])],
	[
		'by SCRAM',
		Buffer.concat([
			Buffer.from([0x52, 0, 0, 0, 23, 0, 0, 0, 10]),
			Buffer.from('SCRAM-SHA-256\0\0', 'latin1'),
		]),
	],
];

describe('a state database and the environment of n8n', () => {
	const before = { ...process.env };
	let folder = '';
	let listener: Listener | null = null;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'environment-'));
		const passwordFile = join(folder, 'pgpass');
		writeFileSync(passwordFile, '*:*:*:*:foreign-file\n', { mode: 0o600 });
		writeFileSync(join(folder, '.pgpass'), '*:*:*:*:foreign-home\n', { mode: 0o600 });
		Object.assign(process.env, foreign, { PGPASSFILE: passwordFile, HOME: folder });
	});
	afterEach(() => {
		for (const name of [...Object.keys(foreign), 'PGPASSFILE', 'HOME']) {
			if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = before[name];
		}
		listener?.close();
		listener = null;
		rmSync(folder, { recursive: true, force: true });
	});

	const config = (changes: Partial<PostgresConfig>): PostgresConfig => ({
		engine: 'postgres',
		host: '127.0.0.1',
		port: 5432,
		database: 'own-database',
		user: 'own-user',
		password: 'own-password',
		tls: 'off',
		timeoutMs: 2_000,
		...changes,
	});

	test.each(
		requests.flatMap(([way, request]) => [
			[way, 'PGPASSWORD', request] as const,
			[way, 'a password file', request] as const,
		]),
	)('asked for a password %s, an empty one is never filled from %s', async (_, source, request) => {
		if (source !== 'PGPASSWORD') delete process.env['PGPASSWORD'];
		listener = new Listener((socket) => socket.write(request));
		const port = await listener.listen();
		await expect(openStore(config({ port, password: '' }))).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'refused',
			message: expect.stringContaining('PostgreSQL Password is empty'),
		});
		expect(listener.connections).toBeGreaterThan(0);
		expect(listener.received).toContain('user\0own-user\0');
		expect(listener.received).not.toMatch(/foreign|md5|SCRAM/);
		await until('the connection is closed', () => listener?.open === 0);
	});

	test.each([
		['PostgreSQL Host', { host: '' }],
		['PostgreSQL Database', { database: '' }],
		['PostgreSQL User', { user: '' }],
	])('an empty field %s is refused by name before anything is tried', async (label, changes) => {
		listener = new Listener((socket) => socket.end());
		const port = await listener.listen();
		await expect(openStore(config({ port, ...changes }))).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'refused',
			message: expect.stringContaining(`In the credential, ${label} is empty`),
		});
		expect(listener.connections).toBe(0);
	});

	test('the packet of the start holds what the credential says, and nothing else', async () => {
		listener = new Listener((socket) => socket.end());
		const port = await listener.listen();
		await expect(openStore(config({ port }))).rejects.toMatchObject({ name: 'StateProblem' });
		const [, ...parameters] = listener.received.split(/^.{8}/s);
		expect(parameters.join('')).toBe(
			[
				...['user', 'own-user', 'database', 'own-database'],
				...['application_name', 'n8n-nodes-whatsapp-cloud', 'client_encoding', 'UTF8', '', ''],
			].join('\0'),
		);
	});

	describe('with a real server', () => {
		const database = usedDatabase();

		test('the state is kept where the credential says', async () => {
			const { connection } = database();
			const store = await openStore(config({ ...connection, timeoutMs: 30_000 }));
			expect(await store.check(start)).toMatchObject({
				location: `127.0.0.1:${connection.port}/${connection.database}`,
			});
			await store.close();
		});

		test('an empty password is refused by name', async () => {
			const attempt = openStore(config({ ...database().connection, password: '' }));
			await expect(attempt).rejects.toMatchObject({
				kind: 'refused',
				message: expect.stringContaining('PostgreSQL Password is empty'),
			});
		});
	});
});
