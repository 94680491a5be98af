/**
 * The cost of checking and building one message of each type, over all fixtures. Run:
 * `node scripts/bootstrap.mjs test/bench/messages.ts`. Target: at most 50 µs for any type.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;
const ROUND_US = 10_000;
/** Reading the processor time costs as much as a small message. */
const CALLS_AT_ONCE = 50;
const TARGET_US = 50;

const root = fileURLToPath(new URL('../..', import.meta.url));

type Fixtures = typeof import('../fixtures/messageFixtures') &
	typeof import('../../nodes/WhatsAppCloud/messages/mediaReference');

/** The nodes are written for a bundler, so they are bundled here, as in the build. */
async function load(): Promise<Fixtures> {
	const folder = join(root, '.cache', 'bench');
	mkdirSync(folder, { recursive: true });
	const outfile = join(folder, 'messages.cjs');
	await esbuild.build({
		stdin: {
			contents: `export * from './test/fixtures/messageFixtures';
				export * from './nodes/WhatsAppCloud/messages/mediaReference';`,
			resolveDir: root,
			loader: 'ts',
		},
		bundle: true,
		platform: 'node',
		// Node cannot load n8n-workflow's ESM build, but can load its CommonJS build.
		format: 'cjs',
		target: 'node22',
		external: ['n8n-workflow'],
		outfile,
	});
	return createRequire(import.meta.url)(outfile) as Fixtures;
}

/**
 * Microseconds of processor time per call, over one round. Wall-clock time would include whatever
 * else the machine does.
 */
function roundOf(run: () => unknown): number {
	const start = process.threadCpuUsage();
	let calls = 0;
	let usedUs = 0;
	while (usedUs < ROUND_US) {
		for (let index = 0; index < CALLS_AT_ONCE; index++) run();
		calls += CALLS_AT_ONCE;
		const { user, system } = process.threadCpuUsage(start);
		usedUs = user + system;
	}
	return usedUs / calls;
}

function median(numbers: number[]): number {
	return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? NaN;
}

const fixtures = await load();

const tasks = await Promise.all(
	fixtures
		.readMessageFixtures(join(root, 'test', 'fixtures', 'messages'))
		.map(async ({ name, operation, values }) => {
			const send = fixtures.sendOperationNamed(operation);
			const stored = fixtures.storedParameters(operation, { recipient: '+15551234567', ...values });
			const read = fixtures.readValues(send, stored);
			const checked: unknown = send.schema.parse(read);
			const ready = await fixtures.uploadBinaries(checked, () => Promise.resolve('1'));
			return {
				name,
				check: () => send.schema.parse(read),
				build: () => send.message.build(ready),
			};
		}),
);
// Types share code, which is recompiled as more of them use it: all run before any is measured.
for (let round = 0; round < WARM_UP_ROUNDS; round++) {
	for (const { check, build } of tasks) {
		roundOf(check);
		roundOf(build);
	}
}
const rows = tasks.map(({ name, check, build }) => {
	const checkUs = [];
	const buildUs = [];
	for (let round = 0; round < ROUNDS; round++) {
		checkUs.push(roundOf(check));
		buildUs.push(roundOf(build));
	}
	return { name, checkUs: median(checkUs), buildUs: median(buildUs) };
});

rows.sort((left, right) => right.checkUs + right.buildUs - left.checkUs - left.buildUs);
console.table(
	Object.fromEntries(
		rows.map(({ name, checkUs, buildUs }) => [
			name,
			{
				'check µs': Number(checkUs.toFixed(1)),
				'build µs': Number(buildUs.toFixed(1)),
				'both µs': Number((checkUs + buildUs).toFixed(1)),
			},
		]),
	),
);
const slow = rows.filter(({ checkUs, buildUs }) => checkUs + buildUs > TARGET_US);
console.log(
	slow.length === 0
		? `All ${rows.length} within ${TARGET_US} µs.`
		: `Over ${TARGET_US} µs: ${slow.map(({ name }) => name).join(', ')}`,
);
