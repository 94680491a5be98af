import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureSends } from './sends.ts';
import { openSetting } from './setting.ts';

/**
 * `npm run bench [-- --count 1000]`: the built-in node, this node and the floor in one n8n against
 * one endpoint. Prints the tables of docs/benchmarks.md.
 */
const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } } });
const count = Number(values.count);
const latencyMs = 50;

console.log(
	`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, n8n 2.40.7\n`,
);
const setting = await openSetting(latencyMs);
try {
	const results = await measureSends(setting, count);
	const floorMs = results[0]?.medianMs ?? Number.NaN;
	const builtInMs = results[1]?.medianMs ?? Number.NaN;
	console.log(`## ${count} texts, ${latencyMs} ms latency\n`);
	console.log(
		'| node | time (median of 3) | all runs | messages/s | × built-in | × floor | connections |',
	);
	console.log('|---|---|---|---|---|---|---|');
	for (const { name, medianMs, durationsMs, perSecond, counters } of results) {
		console.log(
			`| ${[
				name,
				`${(medianMs / 1000).toFixed(2)} s`,
				durationsMs.map((ms) => (ms / 1000).toFixed(2)).join(', '),
				counters.messages === 0 ? '–' : perSecond,
				counters.messages === 0 ? '–' : (builtInMs / medianMs).toFixed(1),
				(medianMs / floorMs).toFixed(2),
				counters.messages === 0 ? '–' : counters.connections,
			].join(' | ')} |`,
		);
	}
} finally {
	await setting.close();
}
