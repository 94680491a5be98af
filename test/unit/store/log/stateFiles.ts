import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { dirname, join } from 'node:path';

import { openStore } from '../../../../nodes/WhatsAppCloud/store/open';
import type { Store } from '../../../../nodes/WhatsAppCloud/store/store';
import { temporaryFolder } from '../engines';
import { childProcesses } from '../processes';
import { intent, lease, start } from '../samples';

/** What tests do with SQLite state files. */
interface StateFiles {
	/** A path in a folder of its own, where no file is yet. */
	readonly freshPath: () => string;
	/** Opens a file; it is closed after the test. */
	readonly open: (path: string) => Promise<Store>;
	/** Enqueues a message for each number of the range. */
	readonly record: (store: Store, from: number, to: number) => Promise<void>;
	/** How many messages a file holds that were enqueued and not started. */
	readonly recordedIn: (path: string) => Promise<number>;
	/** How many messages a file holds that were started. */
	readonly startedIn: (path: string) => Promise<number>;
	/** What a killed process leaves: file and log as they are, or the file alone. */
	readonly copy: (path: string, parts: { withLog: boolean }) => string;
	/** Expects that the file is refused, with the reason, and stays as it is. */
	readonly expectLoss: (path: string, text?: RegExp) => Promise<void>;
	/**
	 * Lets a process send until it is killed.
	 *
	 * @returns how many sends it has reported; it may have made more
	 */
	readonly killedAfter: (path: string, sends: number, name?: string) => Promise<number>;
	readonly startChild: ReturnType<typeof childProcesses>;
}

/** The state files of a test file, removed after it; call it at the top. */
export function stateFiles(): StateFiles {
	const folder = temporaryFolder();
	const startChild = childProcesses();
	let count = 0;
	let stores: Store[] = [];
	afterEach(async () => {
		for (const store of stores) await store.close();
		stores = [];
	});

	const freshPath = (): string => {
		const path = join(folder(), String(++count), 'state.sqlite');
		mkdirSync(dirname(path), { recursive: true });
		return path;
	};
	const countsIn = async (path: string) => {
		const store = await openStore({ engine: 'sqlite', path });
		const counts = await store.outbox.countByState({ accountKey: 'account' });
		await store.close();
		return counts;
	};
	return {
		freshPath,
		startChild,
		async open(path) {
			const store = await openStore({ engine: 'sqlite', path });
			stores.push(store);
			return store;
		},
		async record(store, from, to) {
			const keys = Array.from({ length: to - from }, (_, index) => `key ${from + index}`);
			await store.outbox.enqueue(
				keys.map((key) => intent(key)),
				lease(),
				start,
			);
		},
		recordedIn: async (path) => (await countsIn(path)).recorded,
		async startedIn(path) {
			const { sent, sending } = await countsIn(path);
			return sent + sending;
		},
		copy(path, { withLog }) {
			const target = freshPath();
			copyFileSync(path, target);
			if (withLog) copyFileSync(`${path}-wal`, `${target}-wal`);
			return target;
		},
		async expectLoss(path, text = /has lost its log/) {
			const before = readFileSync(path);
			await expect(openStore({ engine: 'sqlite', path })).rejects.toMatchObject({
				name: 'StateProblem',
				kind: 'log_lost',
				message: expect.stringMatching(text),
			});
			await expect(openStore({ engine: 'sqlite', path })).rejects.toThrow(
				`In the credential, Keep State In is "File on This Machine (SQLite)", and the state file ${path}`,
			);
			expect(readFileSync(path).equals(before)).toBe(true);
		},
		async killedAfter(path, sends, name = 'process') {
			const worker = await startChild({
				do: 'keepSending',
				config: { engine: 'sqlite', path },
				owner: name,
				outbox: join(folder(), 'outbox.txt'),
				now: start,
			});
			worker.go();
			await worker.untilSent(sends);
			await worker.kill();
			expect(await worker.end()).toBeNull();
			return worker.sends;
		},
	};
}

/** Puts the state into a moment that lasts no longer than one SQLite call. */
export function setMark(database: DatabaseSync, phase: string): void {
	const row = database.prepare("SELECT value FROM meta WHERE name = 'log'").get();
	const mark = JSON.parse(String(row?.['value'])) as { id: string; bases: string[] };
	const next = { ...mark, phase, id: `${mark.id}'`, bases: [mark.id, ...mark.bases] };
	database.prepare("UPDATE meta SET value = ? WHERE name = 'log'").run(JSON.stringify(next));
}
