import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync, chownSync, existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Debian and its derivatives keep the programs of each version. */
const versionsFolder = '/usr/lib/postgresql';

const startTimeoutMs = 60_000;

/** How to reach the server; fits a `PostgresConfig`. */
export interface PostgresConnection {
	host: string;
	port: number;
	database: string;
	user: string;
	password: string;
}

/** The fields of a credential that keeps its state on this server. */
export const postgresFields = ({ host, port, database, user, password }: PostgresConnection) => ({
	stateStore: 'postgres',
	postgresHost: host,
	postgresPort: port,
	postgresDatabase: database,
	postgresUser: user,
	postgresPassword: password,
});

/** A database that is empty at first. */
export interface PostgresDatabase {
	readonly connection: PostgresConnection;
	/** Runs SQL as the server's owner. */
	sql(text: string): Promise<string>;
}

/**
 * A PostgreSQL server of the test's own, on a free port, in a folder that is removed with it. Tests
 * that let it run need no server of their own: see `usedDatabase`.
 */
export interface PostgresServer extends PostgresDatabase {
	/** Runs SQL as the server's owner, in its first database or the given one. */
	sql(text: string, database?: string): Promise<string>;
	/** Restarts the server on the same port with its data. */
	restart(): Promise<void>;
	/** Stops it and cuts all connections. */
	stop(): Promise<void>;
	/** Starts it again after `stop` or `kill`. */
	start(): Promise<void>;
	/** Kills it, like a power cut. */
	kill(): Promise<void>;
	/** Stops it and removes its folder. */
	remove(): Promise<void>;
}

/** @param settings lines for `postgresql.conf`, such as `fsync = off` (the default here). */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
	const programs = findPrograms();
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	const data = join(folder, 'data');
	const user = userForServer();
	if (user !== null) chownSync(folder, user.uid, user.gid);

	const connection: PostgresConnection = {
		host: '127.0.0.1',
		port: await freePort(),
		database: 'postgres',
		user: 'tester',
		password: 'not-a-secret',
	};
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, connection.password);
	if (user !== null) chownSync(passwordFile, user.uid, user.gid);
	await run(
		join(programs, 'initdb'),
		['-D', data, '-U', connection.user, '-A', 'scram-sha-256', '-E', 'UTF8', '--no-sync'].concat([
			`--pwfile=${passwordFile}`,
		]),
		{ ...user, cwd: folder },
	);

	let server: ChildProcess | null = null;
	const psql = async (text: string, database = connection.database): Promise<string> =>
		await sqlOn({ ...connection, database })(text);

	const start = async (): Promise<void> => {
		const options = [
			`port=${connection.port}`,
			`listen_addresses=${connection.host}`,
			`unix_socket_directories=${folder}`,
			'fsync=off',
			...settings.map((line) => line.replace(/\s*=\s*/, '=')),
		];
		const launch = (): ChildProcess =>
			spawn(
				join(programs, 'postgres'),
				['-D', data, ...options.flatMap((option) => ['-c', option])],
				{ ...user, cwd: folder, stdio: 'ignore' },
			);
		server = launch();
		const deadline = performance.now() + startTimeoutMs;
		for (;;) {
			try {
				await psql('SELECT 1');
				return;
			} catch (error) {
				if (performance.now() > deadline) throw error;
				await sleep(50);
				// After a kill, the old helper processes hold on to the data for a moment.
				if (server.exitCode !== null) server = launch();
			}
		}
	};
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		if (server?.exitCode !== null || server.signalCode !== null) return;
		const ended = once(server, 'exit');
		server.kill(signal);
		await ended;
	};

	await start();
	return {
		connection,
		sql: psql,
		start,
		// SIGINT is PostgreSQL's "fast" shutdown.
		stop: () => end('SIGINT'),
		kill: () => end('SIGKILL'),
		async restart() {
			await end('SIGINT');
			await start();
		},
		async remove() {
			await end('SIGINT');
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Runs SQL in a database, each time with a connection of its own. */
export function sqlOn(connection: PostgresConnection): PostgresDatabase['sql'] {
	const { host, port, user, password, database } = connection;
	const place = ['-h', host, '-p', String(port), '-U', user, database];
	return (text) =>
		run(
			join(findPrograms(), 'psql'),
			['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', text, ...place],
			{ env: { ...process.env, PGPASSWORD: password } },
		);
}

/** The newest installed version. */
function findPrograms(): string {
	const versions = existsSync(versionsFolder) ? readdirSync(versionsFolder) : [];
	const newest = versions
		.filter((version) => existsSync(join(versionsFolder, version, 'bin', 'initdb')))
		.sort((a, b) => Number(b) - Number(a))[0];
	if (newest === undefined) {
		throw new Error('The tests need PostgreSQL: apt-get install postgresql');
	}
	return join(versionsFolder, newest, 'bin');
}

/** PostgreSQL refuses to run as root. */
function userForServer(): { uid: number; gid: number } | null {
	if (process.getuid?.() !== 0) return null;
	const nobody = 65_534;
	return { uid: nobody, gid: nobody };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

/** @returns the program's output; fails with its error output */
async function run(
	program: string,
	args: readonly string[],
	options: { cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<string> {
	const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let complaint = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${complaint}`);
	return output.trim();
}
