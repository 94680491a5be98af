import { setTimeout as sleep } from 'node:timers/promises';
import type { RunNodeRequest } from '../../scripts/engine/request';
import type { OutputItem, RunNodeResult } from '../../scripts/engine/result';
import { startEngine, type Engine } from '../engine/harness';
import type { Ledger } from './ledger';
import type { RandomSource } from './random';
import type { ReadRecords } from './records';

/** How an execution whose process was killed is completed. */
type ContinuedBy = 'execution' | 'resume' | 'both';

/** One execution of the workflow: a batch of messages. */
interface Job {
	executionId: string;
	firstPerson: number;
	continuedBy: ContinuedBy;
	/** When its process was killed, by `performance.now()`; null before the first run. */
	interruptedAt: number | null;
	isUnderWay: boolean;
	isDone: boolean;
}

export interface CampaignPlan {
	jobs: number;
	itemsEach: number;
	/** Concurrent processes. */
	processes: number;
	/** Total number of kills, at random moments of a run. */
	kills: number;
	credentials: Record<string, Record<string, unknown>>;
	/** Of the engine processes, in addition to the test's own. */
	env: Record<string, string>;
	delivery: Record<string, unknown>;
}

/** Inspects an execution right after its process was first killed. */
type OnKilled = (job: Job) => Promise<void>;

/** What happened along the way. */
export interface CampaignLog {
	kills: number;
	/** Kills that hit a batch of messages or a resume midway. */
	midway: number;
	resumes: number;
	continuations: number;
	/** Executions killed before all of their messages had been recorded. */
	recordedInPart: number;
	/** Why an execution had to be repeated although it was not killed. */
	problems: string[];
}

/** Slightly longer than the lease of a dead process. */
export const leaseEndsMs = 21_000;

/** Longer than a database takes to restart. */
const restartEndsMs = 5_000;

/** Attempts at a run that completes a campaign. */
const mostAttempts = 4;

const node = 'whatsAppCloud';

/** Name of the campaign whose messages Resume completes. */
const resumable = 'resumable';

const workflowId = 'campaign';

export function createJobs(plan: CampaignPlan): Job[] {
	const ways: readonly ContinuedBy[] = ['execution', 'resume', 'both'];
	return Array.from({ length: plan.jobs }, (_, index) => ({
		executionId: String(1000 + index),
		firstPerson: index * plan.itemsEach,
		continuedBy: ways[index % ways.length] ?? 'execution',
		interruptedAt: null,
		isUnderWay: false,
		isDone: false,
	}));
}

function sendRequest(job: Job, plan: CampaignPlan): RunNodeRequest {
	const campaign = job.continuedBy === 'execution' ? 'again' : resumable;
	return {
		node,
		workflowId,
		executionId: job.executionId,
		mode: 'trigger',
		parameters: {
			valuesFrom: 'item',
			options: { technicalDetails: true },
			delivery: { recordFirst: true, ...plan.delivery, campaign },
		},
		credentials: plan.credentials,
		items: Array.from({ length: plan.itemsEach }, (_, index) => ({
			json: {
				recipient: `+1555${String(1_000_000 + job.firstPerson + index)}`,
				text: `Message ${job.firstPerson + index}`,
			},
		})),
		onError: 'continueRegularOutput',
	};
}

function resumeRequest(plan: CampaignPlan): RunNodeRequest {
	return {
		node,
		workflowId: 'schedule',
		mode: 'trigger',
		parameters: {
			operation: 'resume',
			maxMessages: 100_000,
			options: { campaign: resumable, thisWorkflowOnly: false },
			delivery: plan.delivery,
		},
		credentials: plan.credentials,
		onError: 'continueRegularOutput',
	};
}

const itemsOf = (result: RunNodeResult): OutputItem[] => result.outputs?.[0] ?? [];

/** The state was unavailable, and nothing was sent. */
const isWithoutState = ({ json }: OutputItem): boolean =>
	(json['error'] as { class?: string } | undefined)?.class === 'state';

const isComplete = (result: RunNodeResult): boolean =>
	result.error === undefined && !itemsOf(result).some(isWithoutState);

/**
 * Works through all jobs in `processes` concurrent processes, which are killed at random moments
 * and replaced. What a killed process left is continued as soon as its lease has expired.
 */
export async function runCampaign(
	plan: CampaignPlan,
	jobs: Job[],
	random: RandomSource,
	ledger: Ledger,
	onKilled: OnKilled,
): Promise<CampaignLog> {
	const log: CampaignLog = {
		kills: 0,
		midway: 0,
		resumes: 0,
		continuations: 0,
		recordedInPart: 0,
		problems: [],
	};
	let killsLeft = plan.kills;
	let lastResumeAt = -Infinity;

	const isDue = ({ interruptedAt }: Job): boolean =>
		interruptedAt === null || performance.now() - interruptedAt >= leaseEndsMs;
	const isOpen = ({ isDone }: Job): boolean => !isDone;

	const runJob = async (engine: Engine, job: Job): Promise<void> => {
		if (job.interruptedAt !== null) log.continuations++;
		job.isUnderWay = true;
		try {
			const result = await engine.runNode(sendRequest(job, plan));
			ledger.add(itemsOf(result));
			job.isDone = isComplete(result);
			if (!job.isDone) {
				const said = result.error ?? itemsOf(result).find(isWithoutState)?.json;
				log.problems.push(JSON.stringify(said));
			}
		} catch {
			// Killed midway.
			if (job.interruptedAt === null) await onKilled(job);
		}
		// What failed because of its database need not wait for a lease, but for the database.
		if (!job.isDone) job.interruptedAt = performance.now();
		job.isUnderWay = false;
	};

	const resume = async (engine: Engine): Promise<void> => {
		log.resumes++;
		const result = await engine.runNode(resumeRequest(plan)).catch(() => undefined);
		if (result === undefined) return;
		ledger.add(itemsOf(result));
		if (result.error) log.problems.push(JSON.stringify(result.error));
	};

	/** What this process does next: a new job, and whatever is due. */
	const takeWork = (engine: Engine): Promise<void>[] => {
		const waiting = jobs.filter((job) => isOpen(job) && !job.isUnderWay);
		const fresh = waiting.find(({ interruptedAt }) => interruptedAt === null);
		const due = waiting.filter(
			(job) => job.interruptedAt !== null && isDue(job) && job.continuedBy !== 'resume',
		);
		const work = [...(fresh ? [fresh] : []), ...due].map((job) => runJob(engine, job));
		const isForResume = jobs.some(
			(job) => job.continuedBy !== 'execution' && job.interruptedAt !== null && isDue(job),
		);
		if (isForResume && performance.now() - lastResumeAt > leaseEndsMs / 2) {
			lastResumeAt = performance.now();
			work.push(resume(engine));
		}
		return work;
	};

	/** Jobs that only Resume continues are completed by `finish`. */
	const hasWork = (): boolean =>
		jobs.some((job) => isOpen(job) && (job.continuedBy !== 'resume' || job.interruptedAt === null));

	const lane = async (): Promise<void> => {
		let engine = await startEngine(plan);
		let next = startEngine(plan);
		while (hasWork()) {
			const work = takeWork(engine);
			if (work.length === 0) {
				await sleep(200);
				continue;
			}
			const all = Promise.all(work).then(() => true);
			if (killsLeft === 0) {
				await all;
				continue;
			}
			killsLeft--;
			const isOver = await Promise.race([all, sleep(random.between(50, 2_500)).then(() => false)]);
			await engine.stop('SIGKILL');
			await all;
			log.kills++;
			if (!isOver) log.midway++;
			engine = await next;
			next = startEngine(plan);
		}
		await engine.stop();
		await (await next).stop();
	};

	await Promise.all(Array.from({ length: plan.processes }, lane));
	return log;
}

/**
 * Resumes until no recorded message is left; then repeats executions that were killed before all of
 * their messages had been recorded, since nothing else knows of those.
 */
export async function finish(
	plan: CampaignPlan,
	jobs: readonly Job[],
	ledger: Ledger,
	log: CampaignLog,
	readRecords: ReadRecords,
): Promise<void> {
	await sleep(leaseEndsMs);
	const engine = await startEngine(plan);
	/** Retries if the database has just restarted: a process only waits for one that answered before. */
	const run = async (request: RunNodeRequest): Promise<void> => {
		for (let attempt = 1; attempt <= mostAttempts; attempt++) {
			const result = await engine.runNode(request);
			ledger.add(itemsOf(result));
			if (isComplete(result)) return;
			log.problems.push(JSON.stringify(result.error ?? 'no outcome'));
			await sleep(restartEndsMs);
		}
	};
	log.resumes++;
	await run(resumeRequest(plan));
	const records = await readRecords();
	for (const job of jobs) {
		const known = records.filter(({ executionId }) => executionId === job.executionId).length;
		if (known === plan.itemsEach) continue;
		log.recordedInPart++;
		await run(sendRequest(job, plan));
	}
	await engine.stop();
}
