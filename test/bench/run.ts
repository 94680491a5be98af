import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAnswers } from './answers.ts';
import { measureMedia } from './media.ts';
import { startPostgres } from '../postgres.ts';
import {
	builtInName,
	createContestants,
	baselineName,
	measureSends,
	type Contestant,
} from './sends.ts';
import { benchReceiving } from './receiving/run.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { printTable } from './table.ts';

/**
 * `npm run bench [-- --only sends|media|webhooks|answers]`: this package beside n8n's own nodes and the
 * baseline. Prints the tables of docs/benchmarks.md. Sends take `--count 1000,10000`; sends and webhooks
 * `--rounds 3`, webhooks also `--burst 1000` (0 leaves it out) and `--compare COMMIT`, which measures
 * the package as it was at a commit in the same run.
 */
const { values } = parseArgs({
	options: {
		count: { type: 'string', default: '1000,10000' },
		rounds: { type: 'string' },
		burst: { type: 'string', default: '1000' },
		compare: { type: 'string' },
		only: { type: 'string' },
		people: { type: 'string', default: '200' },
	},
});
const defaultRounds = { sends: '3', webhooks: '5' };
const latencyMs = 50;

async function sends(
	testbed: Testbed,
	contestants: readonly Contestant[],
	count: number,
	rounds: number,
): Promise<void> {
	const results = await measureSends(testbed, contestants, count, rounds);
	const medianOf = (wanted: string): number =>
		results.find(({ name }) => name === wanted)?.medianMs ?? Number.NaN;
	const [baselineMs, builtInMs] = [medianOf(baselineName), medianOf(builtInName)];
	const times = (ratio: number): string => (Number.isNaN(ratio) ? '–' : ratio.toFixed(1));
	console.log(`\n## ${count} texts, ${latencyMs} ms latency\n`);
	printTable(
		[
			'node',
			`time (median of ${rounds})`,
			'all runs (s)',
			'messages/s',
			'× built-in',
			'× baseline',
			'connections',
			'memory (KB per message)',
		],
		results.map(({ name, medianMs, durationsMs, perSecond, counters, memoryMb }) => {
			const sent = counters.messages > 0;
			return [
				name,
				`${(medianMs / 1000).toFixed(2)} s`,
				durationsMs.map((ms) => (ms / 1000).toFixed(2)).join(', '),
				sent ? perSecond : '–',
				sent ? times(builtInMs / medianMs) : '–',
				(medianMs / baselineMs).toFixed(2),
				sent ? counters.connections : '–',
				((memoryMb * 1024) / count).toFixed(1),
			];
		}),
	);
}

async function media(testbed: Testbed): Promise<void> {
	const results = await measureMedia(testbed);
	console.log("\n## Growth of n8n's peak memory\n");
	printTable(
		['what', 'median of 3 (MB)', 'all runs (MB)', 'time of the node'],
		results.map(({ name, medianMb, growthsMb, seconds }) => [
			name,
			medianMb.toFixed(0),
			growthsMb.map((mb) => mb.toFixed(0)).join(', '),
			`${seconds.toFixed(2)} s`,
		]),
	);
}

const cores = cpus().length;
const memoryGb = Math.round(totalmem() / 2 ** 30);
console.log(`${cores} cores, ${memoryGb} GB, Node ${process.version}, n8n 2.40.7`);
const isWanted = (part: string): boolean => values.only === undefined || values.only === part;
if (isWanted('sends') || isWanted('media')) await sendsAndMedia();
if (isWanted('webhooks')) {
	await benchReceiving({
		rounds: Number(values.rounds ?? defaultRounds.webhooks),
		burst: Number(values.burst),
		compare: values.compare ?? null,
	});
}

if (isWanted('answers')) await benchAnswers(Number(values.people));

async function sendsAndMedia(): Promise<void> {
	const server = isWanted('sends') ? await startPostgres() : null;
	try {
		const testbed = await openTestbed(latencyMs);
		try {
			if (server !== null) {
				const contestants = await createContestants(testbed, server.connection);
				for (const count of values.count.split(',')) {
					const rounds = Number(values.rounds ?? defaultRounds.sends);
					await sends(testbed, contestants, Number(count), rounds);
				}
			}
			if (isWanted('media')) await media(testbed);
		} finally {
			await testbed.close();
		}
	} finally {
		await server?.remove();
	}
}
