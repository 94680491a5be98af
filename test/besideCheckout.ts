import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

const rootFolder = join(__dirname, '..');

/** What others have written is no part of this repository; where it is at hand, it lies here. */
export const corpusFolder = join(rootFolder, '../shared/corpus');

/**
 * Runs tests that need something beside the checkout. Where that is absent, one test stands in
 * their place, whose name and a line on standard error say that they were left out, and why.
 *
 * @param what is checked, for its name
 */
export function whereThere(path: string, what: string, tests: () => void): void {
	if (existsSync(path)) {
		describe(what, tests);
		return;
	}
	const reason = `NOT CHECKED, because ${relative(rootFolder, path)} is not there: ${what}`;
	test(reason, () => {
		process.stderr.write(`${reason}\n`);
		expect(existsSync(path)).toBe(false);
	});
}
