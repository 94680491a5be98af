import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, withLock } from '../../../scripts/host/file-lock.ts';
import { present } from '../../present';

describe('the lock between processes', () => {
	let folder: string;
	let lockFile: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'lock-'));
		lockFile = join(folder, 'work.lock');
	});
	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	/** The ID of a process that has ended. */
	async function endedPid(): Promise<number> {
		const child = spawn(process.execPath, ['--eval', '']);
		await once(child, 'exit');
		return present(child.pid);
	}

	test('is held once, and free again after its release', async () => {
		const first = await tryLock(lockFile);
		expect(await tryLock(lockFile)).toBe(process.pid);
		if (typeof first === 'number') throw new Error('The lock was not free.');
		await first.release();
		expect(typeof (await tryLock(lockFile))).toBe('object');
	});

	test('lets one after the other work, even if the work fails', async () => {
		const running: string[] = [];
		const work = async (name: string, fails: boolean) =>
			await withLock(
				lockFile,
				() => undefined,
				async () => {
					running.push(`${name} begins`);
					await new Promise((resolve) => setTimeout(resolve, 50));
					running.push(`${name} ends`);
					if (fails) throw new Error(name);
				},
			);
		await Promise.allSettled([work('a', true), work('b', false), work('c', false)]);
		expect(running).toHaveLength(6);
		for (let index = 0; index < running.length; index += 2) {
			const [name] = present(running[index]).split(' ');
			expect(running.slice(index, index + 2)).toEqual([
				`${present(name)} begins`,
				`${present(name)} ends`,
			]);
		}
	});

	test('is taken over from a process that is gone', async () => {
		await writeFile(lockFile, String(await endedPid()));
		expect(typeof (await tryLock(lockFile))).toBe('object');
		expect(await readFile(lockFile, 'utf8')).toBe(String(process.pid));
	});

	test('is taken over when nobody has touched it for long, whoever has the number now', async () => {
		await writeFile(lockFile, String(process.pid));
		const long = new Date(Date.now() - 3_600_000);
		await utimes(lockFile, long, long);
		expect(typeof (await tryLock(lockFile))).toBe('object');
	});
});
