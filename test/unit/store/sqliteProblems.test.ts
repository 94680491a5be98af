import {
	chmodSync,
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	statSync,
	symlinkSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { migrations } from '../../../nodes/WhatsAppCloud/store/engine/migrations';
import { defaultSqlitePath } from '../../../nodes/WhatsAppCloud/store/engine/sqlite/sqlitePaths';
import {
	isLocked,
	toSqliteProblem,
} from '../../../nodes/WhatsAppCloud/store/engine/sqlite/sqliteProblem';
import { openStore } from '../../../nodes/WhatsAppCloud/store/open';
import { temporaryFolder } from './engines';
import { childProcesses } from './processes';
import { intent, lease, start } from './samples';

const timeoutMs = 60_000;

/** A user without root's rights, for tests that run as root. */
const userId = process.getuid?.() === 0 ? 65_534 : null;

describe('a state file', () => {
	const folder = temporaryFolder();
	const startChild = childProcesses();
	let count = 0;
	const freshPath = (): string => join(folder(), String(++count), 'deep', 'state.sqlite');
	const open = async (path: string) => await openStore({ engine: 'sqlite', path, timeoutMs: 150 });

	/** Has another process open it, and returns the result. */
	async function openElsewhere(path: string, execArgv: string[] = []) {
		const config = { engine: 'sqlite' as const, path, timeoutMs: 500 };
		const worker = await startChild({ do: 'open', config, userId }, { execArgv });
		worker.go();
		return await worker.end();
	}

	test('lies in the folder of n8n, also where that is elsewhere', () => {
		const before = process.env['N8N_USER_FOLDER'];
		process.env['N8N_USER_FOLDER'] = '/data';
		expect(defaultSqlitePath()).toBe('/data/.n8n/whatsapp-cloud/state.sqlite');
		delete process.env['N8N_USER_FOLDER'];
		expect(defaultSqlitePath()).toMatch(/^\/.+\/\.n8n\/whatsapp-cloud\/state\.sqlite$/);
		if (before !== undefined) process.env['N8N_USER_FOLDER'] = before;
	});

	test('is made with its folder, for its owner alone', async () => {
		const path = freshPath();
		const store = await open(path);
		await store.outbox.enqueue([intent('a')], lease(), start, { start: true });
		expect(await store.check(start)).toEqual({
			engine: 'sqlite',
			location: path,
			schemaVersion: migrations.length,
		});
		for (const file of [path, `${path}-wal`, `${path}-shm`]) {
			expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
		}
		expect((statSync(dirname(path)).mode & 0o777).toString(8)).toBe('700');
		await store.close();
	});

	test('that is there with its log and open for everybody is kept for its owner', async () => {
		const before = process.env['N8N_USER_FOLDER'];
		process.env['N8N_USER_FOLDER'] = join(folder(), String(++count));
		try {
			const path = defaultSqlitePath();
			mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
			chmodSync(dirname(path), 0o755);
			writeFileSync(path, '');
			const files = [path, `${path}-wal`, `${path}-shm`];
			chmodSync(path, 0o666);
			// Another process has it open, so its companion files exist.
			const other = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(path);
			other.exec('PRAGMA journal_mode = WAL; CREATE TABLE other (id)');
			for (const file of files) chmodSync(file, 0o644);
			const store = await openStore({ engine: 'sqlite' });
			for (const file of files) expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
			expect((statSync(dirname(path)).mode & 0o777).toString(8)).toBe('700');
			await store.close();
			other.close();
		} finally {
			if (before === undefined) delete process.env['N8N_USER_FOLDER'];
			else process.env['N8N_USER_FOLDER'] = before;
		}
	});

	test('behind a link is kept where the link leads', async () => {
		const target = freshPath();
		mkdirSync(dirname(target), { recursive: true });
		for (const isThere of [false, true]) {
			const path = freshPath();
			mkdirSync(dirname(path), { recursive: true });
			symlinkSync(target, path);
			expect(existsSync(target)).toBe(isThere);
			const store = await open(path);
			await store.outbox.enqueue([intent(`behind ${String(isThere)}`)], lease(), start, {
				start: true,
			});
			expect(existsSync(`${target}-wal`)).toBe(true);
			expect((statSync(target).mode & 0o777).toString(8)).toBe('600');
			await store.close();
		}
		const store = await open(target);
		const found = await store.outbox.findByOperationId(['behind false', 'behind true'], start);
		expect(found).not.toContain(null);
		await store.close();
	});

	test('whose place a folder has taken is told so', async () => {
		const path = freshPath();
		mkdirSync(path, { recursive: true });
		await expect(open(path)).rejects.toMatchObject({
			kind: 'other',
			message: expect.stringContaining('A folder or device lies in its place. Move it away.'),
		});
	});

	test('that is no database is called damaged and left as it is', async () => {
		const path = freshPath();
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, 'no database at all, just text that is long enough'.repeat(50));
		await expect(open(path)).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'damaged',
			message: expect.stringContaining(`The state file ${path} is damaged`),
		});
		expect(statSync(path).size).toBe(49 * 50);
	});

	test('whose inside is damaged is called so by the call that meets it', async () => {
		const path = freshPath();
		const store = await open(path);
		const intents = Array.from({ length: 500 }, (_, index) => intent(`k${index}`));
		await store.outbox.enqueue(intents, lease(), start, { start: true });
		await store.close();
		const file = openSync(path, 'r+');
		const pageSize = 4_096;
		for (let page = 60; page < statSync(path).size / pageSize; page++) {
			writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, page * pageSize);
		}
		closeSync(file);
		const again = await open(path);
		await expect(
			again.outbox.findByOperationId(
				intents.map(({ operationId }) => operationId),
				start,
			),
		).rejects.toMatchObject({ name: 'StateProblem', kind: 'damaged' });
		await again.close();
	});

	test('that another program keeps locked is called so, and works again when it lets go', async () => {
		const path = freshPath();
		const store = await open(path);
		const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
		const other = new DatabaseSync(path);
		other.exec('BEGIN IMMEDIATE');
		const claim = async () =>
			await store.outbox.enqueue([intent('a')], lease(), start, { start: true });
		await expect(claim()).rejects.toMatchObject({ name: 'StateProblem', kind: 'locked' });
		expect(await store.outbox.findByOperationId(['a'], start)).toEqual([null]);
		other.exec('ROLLBACK');
		expect(await claim()).toMatchObject([{ outcome: 'claimed' }]);
		other.close();
		await store.close();
	});

	test(
		'that belongs to somebody else, or a folder that does, tells of the missing right',
		async () => {
			const path = freshPath();
			await (await open(path)).close();
			if (userId === null) chmodSync(path, 0o400);
			expect(await openElsewhere(path)).toMatchObject({
				problem: 'no_rights',
				message: expect.stringContaining('The user that runs n8n needs the right'),
			});
			const closed = join(folder(), 'closed');
			mkdirSync(closed, { mode: userId === null ? 0o500 : 0o700 });
			expect(await openElsewhere(join(closed, 'inside', 'state.sqlite'))).toMatchObject({
				problem: 'no_rights',
			});
		},
		timeoutMs,
	);

	test('whose place is taken by a file says so', async () => {
		const path = join(folder(), 'file');
		writeFileSync(path, '');
		await expect(open(join(path, 'state.sqlite'))).rejects.toMatchObject({
			name: 'StateProblem',
			kind: 'other',
			message: expect.stringMatching(/A file lies in the place of .*(EEXIST|ENOTDIR)/),
		});
	});

	test(
		'that cannot grow is told from others',
		async () => {
			const path = freshPath();
			const config = { engine: 'sqlite' as const, path };
			const worker = await startChild(
				{ do: 'fill', config, now: start },
				// In blocks of 512 bytes: a "full disk" that the test can count on.
				{ shell: 'ulimit -f 4000' },
			);
			worker.go();
			expect(await worker.end()).toMatchObject({
				problem: 'disk_full',
				message: expect.stringContaining('Make room'),
			});
			const store = await open(path);
			const { recorded } = await store.outbox.countByState({ accountKey: 'account' });
			expect(recorded % 500).toBe(0);
			await store.close();
		},
		timeoutMs,
	);

	test(
		'without SQLite in Node.js says what to do, and nothing else fails',
		async () => {
			const path = freshPath();
			expect(await openElsewhere(path, ['--no-experimental-sqlite'])).toMatchObject({
				problem: 'no_sqlite',
				message: expect.stringContaining('keep the state in PostgreSQL'),
			});
			expect(existsSync(path)).toBe(false);
		},
		timeoutMs,
	);
});

describe('errors of SQLite', () => {
	const kindOf = (error: unknown): unknown =>
		(toSqliteProblem(error, '/x') as { kind?: unknown }).kind;

	test.each([
		[3, 'no_rights'],
		[5, 'locked'],
		[517, 'locked'],
		[6, 'locked'],
		[8, 'read_only'],
		[1_032, 'read_only'],
		[10, 'other'],
		[778, 'disk_full'],
		[4_874, 'disk_full'],
		[11, 'damaged'],
		[267, 'damaged'],
		[13, 'disk_full'],
		[14, 'no_rights'],
		[26, 'damaged'],
		[19, 'other'],
	])('result code %d is %s', (errcode, kind) => {
		expect(kindOf({ errcode, message: 'told by SQLite' })).toBe(kind);
		expect(isLocked({ errcode })).toBe(kind === 'locked');
	});

	test.each([
		['EROFS', 'read_only'],
		['EACCES', 'no_rights'],
		['ENOSPC', 'disk_full'],
		['EDQUOT', 'disk_full'],
		['EMFILE', 'other'],
	])('%s of the file system is %s', (code, kind) => {
		expect(kindOf({ code, syscall: 'open', message: '' })).toBe(kind);
	});

	test('what is no error of SQLite is left as it is', () => {
		const error = new RangeError('limit');
		expect(toSqliteProblem(error, '/x')).toBe(error);
		expect(toSqliteProblem(null, '/x')).toBeNull();
	});
});
