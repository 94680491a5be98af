import { chownSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PostgresConfig } from '../../../nodes/WhatsAppCloud/store/config';
import { toPostgresProblem } from '../../../nodes/WhatsAppCloud/store/engine/postgres/postgresProblem';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { startPostgres, type PostgresServer } from '../../postgres';
import { serverTimeoutMs } from '../../usedDatabase';
import { intent, lease, sent, start } from './samples';

describe('a state database', () => {
	let server: PostgresServer;
	let folder = '';
	let count = 0;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'certificate-'));
		server = await startPostgres(encryption(folder));
	}, serverTimeoutMs);
	afterAll(async () => {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	});

	const config = (changes: Partial<PostgresConfig> = {}): PostgresConfig => ({
		engine: 'postgres',
		...server.connection,
		tls: 'off',
		schema: `problems_${++count}`,
		...changes,
	});
	/** Fails to open, and never reveals the password. */
	async function expectProblem(changed: PostgresConfig, kind: string, text: RegExp) {
		const error: unknown = await openStore(changed).then(
			() => null,
			(problem: unknown) => problem,
		);
		expect(error).toMatchObject({
			name: 'StateProblem',
			kind,
			message: expect.stringMatching(text),
		});
		expect(String(error)).not.toContain(changed.password);
		expect(JSON.stringify(error)).not.toContain(changed.password);
	}

	test('with a wrong password, user or database is refused', async () => {
		await expectProblem(config({ password: 'wrong-password' }), 'refused', /password/);
		await expectProblem(config({ user: 'nobody-known' }), 'refused', /Check user/);
		await expectProblem(config({ database: 'none' }), 'refused', /"none" does not exist/);
	});

	test('where nobody listens is unreachable, at once', async () => {
		const port = await closedPort();
		await expectProblem(config({ port }), 'unreachable', new RegExp(`127.0.0.1:${port}/postgres`));
	});

	test('that takes the connection and never answers is slow', async () => {
		const silent = createServer(() => undefined).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const port = portOf(silent);
		await expectProblem(config({ port, timeoutMs: 200 }), 'slow', /did not answer in time/);
		silent.close();
	});

	test('that is no PostgreSQL does not bring anything down', async () => {
		const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		other.listen(0, '127.0.0.1');
		await once(other, 'listening');
		await expect(
			openStore(config({ port: portOf(other), timeoutMs: 1_000 })),
		).rejects.toMatchObject({ name: 'StateProblem' });
		other.close();
	});

	test('is encrypted as asked, and checked against the certificate', async () => {
		const caCertificate = readFileSync(join(folder, 'certificate.pem'), 'utf8');
		const host = 'localhost';
		for (const tls of [
			{ tls: 'unverified' as const },
			{ tls: 'verified' as const, caCertificate, host },
		]) {
			const store = await openStore(config(tls));
			await store.check(start);
			await store.close();
		}
		await expectProblem(config({ tls: 'verified', host }), 'refused', /self.signed/);
		const otherName = config({ tls: 'verified', caCertificate });
		await expectProblem(otherName, 'refused', /127\.0\.0\.1 is not in the cert's list/);
	});

	test('without the right to make tables tells what is needed; made beforehand it works', async () => {
		await server.sql("CREATE ROLE guest LOGIN PASSWORD 'guest-password'");
		await server.sql('REVOKE CREATE ON DATABASE postgres FROM PUBLIC');
		const guest = config({ user: 'guest', password: 'guest-password', schema: 'prepared' });
		await expectProblem(guest, 'no_rights', /CREATE SCHEMA … AUTHORIZATION/);
		await server.sql('CREATE SCHEMA prepared AUTHORIZATION guest');
		const store = await openStore(guest);
		await store.check(start);
		await store.close();
	});

	test('that can only be read says so', async () => {
		await server.sql('CREATE DATABASE standby');
		await server.sql('ALTER DATABASE standby SET default_transaction_read_only = on');
		await expectProblem(config({ database: 'standby' }), 'read_only', /primary server/);
	});

	test('where another transaction holds on to a row is slow, and goes on afterwards', async () => {
		const locked = config({ timeoutMs: 600 });
		const store = await openStore(locked);
		await store.outbox.enqueue([intent('a')], lease(), start, { start: true });
		const schema = locked.schema ?? '';
		const holding = server.sql(
			`BEGIN; SELECT 1 FROM ${schema}.operations FOR UPDATE; SELECT pg_sleep(3); COMMIT`,
		);
		// Until the other transaction holds the row, settling would still succeed.
		for (let held = ''; held !== '1';) {
			held = await server.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
		}
		await expect(store.outbox.complete([sent('a')], start)).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'slow',
		});
		await holding;
		expect(await store.outbox.complete([sent('a')], start)).toMatchObject([{ state: 'sent' }]);
		await store.close();
	});

	test('whose tables are gone says so, and does not stop at that', async () => {
		const lost = config();
		const store = await openStore(lost);
		await server.sql(`DROP SCHEMA ${lost.schema ?? ''} CASCADE`);
		await expect(store.check(start)).rejects.toMatchObject({
			kind: 'other',
			message: expect.stringContaining('does not exist'),
		});
		await store.close();
	});

	test.each([
		['a whole address as host', { host: 'postgres://user:secret@host/db' }],
		['user and password in the host', { host: 'user:secret@host' }],
		['port 0', { port: 0 }],
	])('%s is refused before anything is tried', async (_, changes) => {
		const attempt = openStore(config(changes));
		await expect(attempt).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'refused',
			message: expect.stringMatching(/^In the credential, PostgreSQL (Host|Port) must be/),
		});
		await expect(attempt).rejects.not.toThrow('secret');
	});

	test('a schema that would need quotes is refused before anything is tried', async () => {
		const attempt = openStore(config({ schema: 'a"; DROP TABLE x; --' }));
		await expect(attempt).rejects.toThrow(RangeError);
	});
});

describe('errors of PostgreSQL', () => {
	const config: PostgresConfig = {
		engine: 'postgres',
		host: 'db',
		port: 5432,
		database: 'n8n',
		user: 'n8n',
		password: 'not-a-secret',
		tls: 'off',
	};

	test.each([
		[{ code: '53100' }, 'disk_full'],
		[{ code: '53300' }, 'unreachable'],
		[{ code: '57P03' }, 'unreachable'],
		[{ code: '55P03' }, 'locked'],
		[{ code: '40P01' }, 'locked'],
		[{ code: 'XX001' }, 'damaged'],
		[{ code: '42P01' }, 'other'],
		[{ code: 'ECONNREFUSED' }, 'unreachable'],
		[{ errors: [{ code: 'ECONNREFUSED' }] }, 'unreachable'],
		[{ code: 'ENOTFOUND' }, 'unreachable'],
		[{ code: 'ETIMEDOUT' }, 'slow'],
		[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'refused'],
		[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'refused'],
		[{ message: 'The server does not support SSL connections' }, 'refused'],
		[{ message: 'Connection terminated unexpectedly' }, 'unreachable'],
		[{ message: 'Query read timeout' }, 'slow'],
		[{ message: 'anything' }, 'other'],
	])('%j is %s', (error, kind) => {
		expect(toPostgresProblem(error, config)).toMatchObject({ kind });
	});

	test('the password is taken out of whatever the server says', () => {
		const problem = toPostgresProblem({ message: 'no pg_hba entry for not-a-secret' }, config);
		expect(String(problem)).toContain('no pg_hba entry for ***');
	});
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function closedPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	server.close();
	await once(server, 'close');
	return port;
}

/** Settings for a server with its own certificate for `localhost`. */
function encryption(folder: string): string[] {
	const key = join(folder, 'key.pem');
	const certificate = join(folder, 'certificate.pem');
	const made = spawnSync(
		'openssl',
		'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost'
			.split(' ')
			.concat(['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate]),
		{ encoding: 'utf8' },
	);
	if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}`);
	chmodSync(key, 0o600);
	if (process.getuid?.() === 0) {
		for (const file of [folder, key, certificate]) chownSync(file, 65_534, 65_534);
	}
	return ['ssl = on', `ssl_key_file = ${key}`, `ssl_cert_file = ${certificate}`];
}
