import { readFile } from 'node:fs/promises';
import { peakMemoryMb, resetPeakMemory } from '../testbed.ts';
import type { Contestant } from './contestants.ts';
import { countExecutions, executionsByEvent, succeeded, waitingEvents } from './executions.ts';
import { percentile } from './receiving.ts';
import { genuine, inParallel, messageOf, post } from './traffic.ts';

/** Meta's side: how many webhooks at once, and how long it waits before it comes again. */
const atOnce = 64;
const givesUpAfterMs = 10_000;
/** A contestant that answers nothing would keep the sender forever. */
const maxAttempts = 6;
const executionsWithinMs = 300_000;

/** What became of a burst. */
export interface BurstResult {
	name: string;
	messages: number;
	workflows: number;
	/** Until the last webhook was answered with 200. */
	answeredAfterSeconds: number;
	answerMs: { p50: number; p95: number; longest: number };
	/** Requests beyond one per webhook. */
	repetitions: number;
	/** Webhooks that got no answer in time, however often they came. */
	unanswered: number;
	/** Until the last execution has ended. */
	startedAfterSeconds: number;
	/** Executions in all workflows. */
	executions: number;
	/** Growth of n8n's memory at its peak. */
	memoryMb: number;
}

/**
 * Sends many messages at once, and each again if it is not answered in time. All workflows of the
 * same app get them; the first one's address is called.
 *
 * @throws Error if a workflow did not get every answered message, or one that keeps messages got
 *   one twice: n8n's own nodes start repeated webhooks again
 */
export async function measureBurst(
	contestants: readonly [Contestant, ...Contestant[]],
	webhooks: number,
): Promise<BurstResult> {
	const [called] = contestants;
	const { pid } = called.testbed.n8n;
	const before = contestants.map(({ testbed, workflowId }) => countExecutions(testbed, workflowId));
	await resetPeakMemory(pid);
	const residentMb = await residentMemoryMb(pid);
	const bodies = Array.from({ length: webhooks }, (_, index) => messageOf(`burst.${index}`));
	const start = performance.now();
	const answers = await inParallel(bodies, atOnce, async (body) => await insist(called, body));
	const answeredAfterSeconds = (performance.now() - start) / 1000;
	// What was never answered may have been kept all the same.
	const answered = answers.filter(({ isAnswered }) => isAnswered).length;
	for (const [place, contestant] of contestants.entries()) {
		const wanted = (before[place]?.succeeded ?? 0) + answered;
		await succeeded(contestant, wanted, executionsWithinMs);
	}
	const startedAfterSeconds = (performance.now() - start) / 1000;
	const memoryMb = (await peakMemoryMb(pid)) - residentMb;
	requireOnce(contestants, answered);
	const times = answers.map(({ ms }) => ms);
	return {
		name: called.name,
		messages: webhooks,
		workflows: contestants.length,
		answeredAfterSeconds,
		answerMs: {
			p50: percentile(times, 0.5),
			p95: percentile(times, 0.95),
			longest: Math.max(...times),
		},
		repetitions: answers.reduce((sum, { attempts }) => sum + attempts - 1, 0),
		unanswered: webhooks - answered,
		startedAfterSeconds,
		executions: contestants.reduce(
			(sum, { testbed, workflowId }, place) =>
				sum + countExecutions(testbed, workflowId).all - (before[place]?.all ?? 0),
			0,
		),
		memoryMb,
	};
}

/** Comes again until it is answered with 200, but not forever. */
async function insist(
	contestant: Contestant,
	body: Buffer,
): Promise<{ attempts: number; ms: number; isAnswered: boolean }> {
	for (let attempts = 1; ; attempts++) {
		const answer = await post(contestant, body, genuine(contestant, body), givesUpAfterMs).catch(
			() => null,
		);
		if (answer?.status === 200) return { attempts, ms: answer.ms, isAnswered: true };
		if (attempts === maxAttempts) return { attempts, ms: givesUpAfterMs, isAnswered: false };
	}
}

function requireOnce(contestants: readonly Contestant[], answered: number): void {
	for (const { name, testbed, workflowId, keepsState } of contestants) {
		const counts = [...executionsByEvent(testbed, workflowId)]
			.filter(([id]) => id.startsWith('wamid.burst.'))
			.map(([, count]) => count);
		const waiting = keepsState ? waitingEvents(testbed) : 0;
		const isRepeated = keepsState && counts.some((count) => count !== 1);
		if (counts.length < answered || isRepeated || waiting > 0) {
			const sum = counts.reduce((total, count) => total + count, 0);
			throw new Error(
				`${name}: ${counts.length} of ${answered} messages started ${sum} executions, ${waiting} wait`,
			);
		}
	}
}

async function residentMemoryMb(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
