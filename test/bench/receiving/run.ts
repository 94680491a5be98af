import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, openTestbed, projectFolder, type Testbed } from '../testbed.ts';
import { printTable } from '../table.ts';
import { measureBurst, type BurstResult } from './burst.ts';
import {
	builtInTrigger,
	idleTrigger,
	idleTriggerEnv,
	thisTrigger,
	webhookNode,
	type Contestant,
} from './contestants.ts';
import { packPackageAt } from './packageAt.ts';
import { measureReceiving, type ReceivingResult } from './receiving.ts';

/** What the benchmark of receiving can be asked for. */
interface ReceivingOptions {
	rounds: number;
	/** Webhooks in the burst; 0 for none. */
	burst: number;
	/** A commit at which the package is measured, too; null for none. */
	compare: string | null;
}

/** n8n as it comes, and with the setting that makes expression isolates only when they are needed. */
const variants = [
	{ name: 'n8n as it comes', env: {}, isFast: false },
	{ name: 'lazy', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }, isFast: true },
] as const;

/**
 * Measures this package's trigger beside n8n's nodes, in an n8n as it comes and in one that acquires
 * expression isolates lazily, and prints the tables of docs/benchmarks.md.
 *
 * @throws Error if a contestant did not get every event once
 */
export async function benchReceiving({ rounds, burst, compare }: ReceivingOptions): Promise<void> {
	const testbeds: Testbed[] = [];
	const folder = await mkdtemp(join(tmpdir(), 'whatsapp-cloud-bench-'));
	let older: Promise<string> | null = null;
	const packed = async (commit: string) =>
		await (older ??= packPackageAt(projectFolder, commit, folder));
	const open = async (env: NodeJS.ProcessEnv, pack?: (folder: string) => Promise<string>) => {
		const testbed = await openTestbed(0, env, pack);
		testbeds.push(testbed);
		return testbed;
	};
	try {
		const contestants: Contestant[] = [];
		const comparisons: Comparison[] = [];
		const bursts: { name: string; testbed: Testbed; others: Contestant[]; first: Contestant }[] =
			[];
		for (const { name, env, isFast } of variants) {
			const testbed = await open({ ...env, ...idleTriggerEnv });
			const webhook = await webhookNode(testbed, `Webhook node, ${name}`, 'none', isFast);
			const builtIn = await builtInTrigger(testbed, `Built-in trigger, ${name}`);
			const guarded = await webhookNode(
				testbed,
				`Webhook node that asks for a header, ${name}`,
				'headerAuth',
				isFast,
			);
			const first = await thisTrigger(testbed, `This trigger, ${name}`, 2, isFast);
			const idle = [
				await idleTrigger(testbed, `Idle trigger, ${name}`, 'webhook', isFast),
				await idleTrigger(testbed, `Idle trigger with a loop, ${name}`, 'loop', isFast),
			];
			// Side by side what is compared: the machine's speed changes within minutes.
			contestants.push(guarded, webhook, first, builtIn, ...idle);
			comparisons.push(
				...[builtIn, webhook, guarded].map((other) => ({ contestant: first, other })),
				...idle.flatMap((contestant) => [builtIn, webhook].map((other) => ({ contestant, other }))),
			);
			bursts.push({ name, testbed, others: [webhook, builtIn], first });
			if (compare === null) continue;
			const before = await open(env, async () => await packed(compare));
			contestants.push(await thisTrigger(before, `This trigger at ${compare}, ${name}`, 1, false));
		}
		await printReceiving(contestants, comparisons, rounds);
		if (burst === 0) return;
		const results: BurstResult[] = [];
		for (const { name, testbed, others, first } of bursts) {
			const second = await thisTrigger(testbed, `Second workflow, ${name}`, 2, false);
			results.push(await measureBurst([first, second], burst));
			// Fewer: n8n's own nodes are too slow for this sender, who then comes again and again.
			for (const other of others) {
				results.push(await measureBurst([other], Math.ceil(burst / 4)));
			}
		}
		printBursts(results);
	} finally {
		await Promise.all(testbeds.map(async (testbed) => await testbed.close()));
		await rm(folder, { recursive: true, force: true });
	}
}

/** A contestant and the one whose rate it is compared with. */
interface Comparison {
	contestant: Contestant;
	other: Contestant;
}

async function printReceiving(
	contestants: readonly Contestant[],
	comparisons: readonly Comparison[],
	rounds: number,
): Promise<void> {
	const results = await measureReceiving(contestants, rounds);
	console.log(`\n## Receiving, medians of ${rounds} rounds\n`);
	printTable(
		[
			'receives',
			'messages/s',
			'statuses/s',
			'processor per message / status / forged (ms)',
			'main thread per message (ms)',
			'answer alone p50/p95 (ms)',
			'answer at 8 at once p50/p95 (ms)',
			'forged/s',
			'forged is answered',
		],
		results.map(({ name, alone, busy, refusals, ...rates }) => [
			name,
			rates.messagesPerSecond.toFixed(1),
			rates.statusesPerSecond.toFixed(1),
			[rates.cpuPerMessageMs, rates.cpuPerStatusMs, ...(refusals === null ? [] : [refusals.cpuMs])]
				.map((ms) => ms.toFixed(1))
				.join(' / '),
			rates.mainPerMessageMs.toFixed(1),
			`${alone.p50.toFixed(0)} / ${alone.p95.toFixed(0)}`,
			`${busy.p50.toFixed(0)} / ${busy.p95.toFixed(0)}`,
			refusals?.perSecond.toFixed(1) ?? '–',
			refusals?.status ?? '–',
		]),
	);
	printComparisons(results, comparisons);
}

/** A slow round is slow for all, so that rates of the same round compare better than medians. */
function printComparisons(
	results: readonly ReceivingResult[],
	comparisons: readonly Comparison[],
): void {
	console.log('\n## Messages a second, round by round\n');
	const ratesOf = ({ name }: Contestant) =>
		results.filter((each) => each.name === name).flatMap(({ messageRates }) => messageRates);
	printTable(
		['receives', 'compared with', 'median', 'all rounds'],
		comparisons.map(({ contestant, other }) => {
			const others = ratesOf(other);
			const ratios = ratesOf(contestant).map((rate, round) => rate / Number(others[round]));
			const all = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
			return [contestant.name, other.name, median(ratios).toFixed(2), all];
		}),
	);
}

function printBursts(results: readonly BurstResult[]): void {
	console.log('\n## A burst, 64 webhooks at once\n');
	printTable(
		[
			'receives',
			'messages',
			'workflows',
			'all answered after (s)',
			'answer p50/p95/longest (s)',
			'repeated webhooks',
			'never answered',
			'all executions ended after (s)',
			'executions',
			'growth of memory at its peak (MB)',
		],
		results.map(({ name, answerMs: { p50, p95, longest }, ...result }) => [
			name,
			result.messages,
			result.workflows,
			result.answeredAfterSeconds.toFixed(1),
			[p50, p95, longest].map((ms) => (ms / 1000).toFixed(2)).join(' / '),
			result.repetitions,
			result.unanswered,
			result.startedAfterSeconds.toFixed(1),
			result.executions,
			result.memoryMb.toFixed(0),
		]),
	);
}
