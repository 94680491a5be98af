/**
 * Writes docs/coverage.md: which request bodies of the corpus the node can express. Does nothing
 * without the corpus; test/samples.ts says where it is.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunNodeResult } from '../scripts/engine/result.ts';
import type { WorkerMessage } from '../scripts/engine/worker.ts';
import { corpusFolder, readCorpus, rebuild, startRecorder } from './engine/corpus.ts';
import { coveragePage } from './engine/coverage.ts';

const root = join(import.meta.dirname, '..');
const files = readCorpus(root);
if (files === null) {
	console.error(`There is no corpus at ${corpusFolder(root)}.`);
	process.exit(1);
}

const worker = fork(join(root, 'scripts/engine/worker.ts'), {
	cwd: root,
	// It logs what it could not send; the page lists that anyway.
	stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
const waiting = new Map<number, (result: RunNodeResult) => void>();
worker.on('message', (message: WorkerMessage) => {
	if (message.kind === 'failed') throw new Error(message.message);
	if (message.kind === 'result') waiting.get(message.id)?.(message.result);
});
await once(worker, 'message');

let calls = 0;
const recorder = await startRecorder();
const results = [];
for (const [index, file] of files.entries()) {
	const result = await rebuild(file, index, recorder, async (request) => {
		const id = ++calls;
		worker.send({ id, kind: 'runNode', request });
		return await new Promise<RunNodeResult>((resolve) => waiting.set(id, resolve));
	});
	results.push(result);
}
recorder.close();
worker.kill();

writeFileSync(join(root, 'docs/coverage.md'), coveragePage(results));
const expressed = results.filter(({ way }) => way !== null).length;
console.log(`docs/coverage.md: ${expressed} of ${results.length} bodies are expressed.`);
