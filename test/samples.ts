import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Names the folder of the samples, absolute or from the root of the repository. */
const folderVariable = 'WHATSAPP_SAMPLES';

/**
 * What others have written is no part of this repository: `requests/` and `webhooks/` with bodies in
 * JSON, and Meta's specification in `openapi/`.
 *
 * @param root of the repository
 * @throws Error where a folder is named that is not there
 */
export function samplesFolder(root: string): string {
	const named = process.env[folderVariable] ?? '';
	const folder = resolve(root, named === '' ? '../shared/corpus' : named);
	if (named !== '' && !existsSync(folder)) {
		throw new Error(`${folderVariable} names ${folder}, which is not there.`);
	}
	return folder;
}

/**
 * Adds tests that need samples. Where these are absent it adds none, and a line on standard error
 * says what is not checked.
 *
 * @param path in the folder of the samples
 * @param what is checked, for its name
 */
export function withSamples(path: string, what: string, tests: () => void): void {
	if (existsSync(path)) {
		describe(what, tests);
		return;
	}
	const reason = `${path} is not there, and ${folderVariable} names no other folder of samples.`;
	process.stderr.write(`NOT CHECKED: ${what}. ${reason}\n`);
}
