import {
	copyFileSync,
	existsSync,
	readFileSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';

import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import { stateFiles } from './stateFiles';

jest.setTimeout(60_000);

const sqlite = () => process.getBuiltinModule('node:sqlite');

describe('the log of a state file', () => {
	const { freshPath, open, record, recordedIn, startedIn, copy, expectLoss, killedAfter } =
		stateFiles();
	/** What a process leaves that is killed right after its last write. */
	const abandoned = async (): Promise<string> => {
		const path = freshPath();
		await record(await open(path), 0, 30);
		return copy(path, { withLog: true });
	};

	test('of a process that was killed is read, and everything is there', async () => {
		const path = freshPath();
		const sends = await killedAfter(path, 30);
		expect(await startedIn(path)).toBeGreaterThanOrEqual(sends);
	});

	test.each<[string, (file: string) => void]>([
		['missing', (file) => rmSync(file)],
		['empty', (file) => truncateSync(file, 0)],
	])('without its file, which is %s, is reported and kept', async (_, damage) => {
		const path = await abandoned();
		const whole = copy(path, { withLog: true });
		damage(path);
		const log = readFileSync(`${path}-wal`);
		expect(log.length).toBeGreaterThan(0);
		for (const attempt of [1, 2]) {
			await expect(openStore({ engine: 'sqlite', path })).rejects.toMatchObject({
				name: 'StateProblem',
				kind: 'log_lost',
				message: expect.stringMatching(
					attempt === 1 ? /is missing or empty, but its log/ : /restore both from one backup/,
				),
			});
		}
		expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);

		copyFileSync(whole, path);
		expect(await recordedIn(path)).toBe(30);
	});

	test('of a file behind a link is not missed', async () => {
		const path = await abandoned();
		truncateSync(path, 0);
		const link = freshPath();
		symlinkSync(path, link);
		await expect(openStore({ engine: 'sqlite', path: link })).rejects.toThrow(
			`state file ${path} is missing or empty`,
		);
	});

	test.each<[string, (log: string) => void]>([
		['is gone', (log) => rmSync(log)],
		['is empty', (log) => truncateSync(log, 0)],
		['is no log', (log) => writeFileSync(log, 'no log at all '.repeat(1_000))],
		['is cut off in its head', (log) => truncateSync(log, 20)],
	])(
		'of a process that was killed %s: it is reported, and nothing is changed',
		async (_, damage) => {
			const path = await abandoned();
			damage(`${path}-wal`);
			await expectLoss(path);
		},
	);

	test('is missed when the file of a running process is copied alone', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await expectLoss(copy(path, { withLog: false }));
		expect(await recordedIn(copy(path, { withLog: true }))).toBe(10);
	});

	test('that goes on from another file is reported, and neither is changed', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await store.close();
		const older = copy(path, { withLog: false });
		await killedAfter(path, 5);
		const log = readFileSync(`${path}-wal`);
		copyFileSync(older, path);
		rmSync(`${path}-shm`);
		// The first log after the backup does continue from it.
		expect(log.length).toBeGreaterThan(0);
		await killedAfter(older, 5);
		copyFileSync(`${older}-wal`, `${path}-wal`);
		await expectLoss(path, /do not belong together.*remove .*-wal and .*-shm/);
		expect(readFileSync(`${path}-wal`).equals(readFileSync(`${older}-wal`))).toBe(true);
		// What the message says to do after restoring a backup.
		rmSync(`${path}-wal`);
		rmSync(`${path}-shm`, { force: true });
		expect(await recordedIn(path)).toBe(10);
	});

	test('that is lost can be given up on purpose, once', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		const alone = copy(path, { withLog: false });
		writeFileSync(`${alone}-accept-loss`, '');
		expect(await recordedIn(alone)).toBe(0);
		expect(existsSync(`${alone}-accept-loss`)).toBe(false);
		expect(await recordedIn(alone)).toBe(0);
		const again = await open(alone);
		await record(again, 0, 10);
		await expectLoss(copy(alone, { withLog: false }));
	});

	test('of a version without marks is taken as it is', async () => {
		const path = freshPath();
		const store = await open(path);
		await record(store, 0, 10);
		await store.close();
		const old = new (sqlite().DatabaseSync)(path);
		old.exec("DELETE FROM meta WHERE name = 'log'");
		old.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		old.exec(
			'DELETE FROM operations WHERE operation_id IN (SELECT operation_id FROM operations LIMIT 4)',
		);
		const withLog = copy(path, { withLog: true });
		const alone = copy(path, { withLog: false });
		old.close();
		expect(await recordedIn(withLog)).toBe(6);
		expect(await recordedIn(alone)).toBe(10);
		expect(await recordedIn(path)).toBe(6);
	});

	test('of a version without marks, which kept everything in the log', async () => {
		const path = freshPath();
		const old = new (sqlite().DatabaseSync)(path);
		old.exec('PRAGMA journal_mode = WAL; CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT)');
		const alone = copy(path, { withLog: false });
		old.close();
		await expectLoss(alone);
		writeFileSync(`${alone}-accept-loss`, '');
		expect(await recordedIn(alone)).toBe(0);
		expect(await recordedIn(alone)).toBe(0);
	});
});
