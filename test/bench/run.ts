import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureMedia } from './media.ts';
import { startPostgres } from '../postgres.ts';
import {
	builtInName,
	createContestants,
	baselineName,
	measureSends,
	type Contestant,
} from './sends.ts';
import { openTestbed, type Testbed } from './testbed.ts';
import { measureWebhooks } from './webhooks.ts';

/**
 * `npm run bench [-- --only sends|media|webhooks] [-- --count 1000,10000] [-- --rounds 3]`: the
 * the built-in nodes, this package's nodes with each kind of state, and the baseline, in one n8n
 * against one endpoint. Prints the tables of docs/benchmarks.md.
 */
const { values } = parseArgs({
	options: {
		count: { type: 'string', default: '1000,10000' },
		rounds: { type: 'string', default: '3' },
		only: { type: 'string' },
	},
});
const latencyMs = 50;
/** Incoming messages, and as many sent ones with three statuses each. */
const receivedMessages = 100;

function printTable(head: string[], rows: (string | number)[][]): void {
	console.log(`| ${head.join(' | ')} |`);
	console.log(`|${head.map(() => '---|').join('')}`);
	for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

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

async function webhooks(testbed: Testbed): Promise<void> {
	const results = await measureWebhooks(testbed, receivedMessages);
	console.log(`\n## ${receivedMessages} messages and ${receivedMessages * 3} statuses\n`);
	printTable(
		[
			'trigger',
			'messages/s',
			'statuses/s',
			'answer (ms)',
			'executions of messages',
			'executions of statuses',
			'messages with all statuses in the state',
		],
		results.map((result) => [
			result.name,
			result.messagesPerSecond.toFixed(1),
			result.statusesPerSecond.toFixed(1),
			result.answerMs.toFixed(0),
			result.executionsOfMessages,
			result.executionsOfStatuses,
			result.statusesRecorded ?? '–',
		]),
	);
}

const cores = cpus().length;
const memoryGb = Math.round(totalmem() / 2 ** 30);
console.log(`${cores} cores, ${memoryGb} GB, Node ${process.version}, n8n 2.40.7`);
const isWanted = (part: string): boolean => values.only === undefined || values.only === part;
const server = isWanted('sends') ? await startPostgres() : null;
try {
	const testbed = await openTestbed(latencyMs);
	try {
		if (server !== null) {
			const contestants = await createContestants(testbed, server.connection);
			for (const count of values.count.split(',')) {
				await sends(testbed, contestants, Number(count), Number(values.rounds));
			}
		}
		if (isWanted('media')) await media(testbed);
		if (isWanted('webhooks')) await webhooks(testbed);
	} finally {
		await testbed.close();
	}
} finally {
	await server?.remove();
}
