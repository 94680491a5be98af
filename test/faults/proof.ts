import { startSimulator, type Simulator } from '../engine/harness';
import { createJobs, finish, runCampaign, type CampaignLog, type CampaignPlan } from './campaign';
import { firedFaults, mixFaults } from './faultMix';
import { arrivals, countBy, duplicates, Ledger, storeDiscrepancies } from './ledger';
import { chooseSeed, createRandom, type RandomSource } from './random';
import type { TestState } from './testState';
import { openStatusInbox } from './statusInbox';
import { deliverStatuses } from './statuses';

/** Disturbs the state for as long as the campaign runs. */
type Disturb = (random: RandomSource, isOver: () => boolean) => Promise<void>;

export interface ProofResult {
	log: CampaignLog;
	fired: Record<string, number>;
	acceptedMessages: number;
	/** Violations by kind; all empty if delivery is reliable. */
	violations: {
		arrivedTwice: string[];
		untrueItems: string[];
		/** Requests of executions that had not recorded all of their messages. */
		sentBeforeRecorded: string[];
		untrueStore: string[];
		/** After the status webhooks. */
		untrueStoreAfterStatuses: string[];
	};
	/** Messages by state, before and after the status webhooks. */
	statesBefore: Record<string, number>;
	statesAfter: Record<string, number>;
	/** Messages that arrived, but were open before the status webhooks came. */
	settledByStatus: number;
	recordedMessages: number;
}

/**
 * Settings of all runs: short timeouts, so that lost answers cost little time, and a high rate,
 * since so much throttling reduces it to a tenth.
 */
const delivery = { timeoutSeconds: 2, concurrency: 60, maxAttempts: 8, messagesPerSecond: 4_000 };

/** Sends a campaign through every fault and kill, then compares items, store and simulator. */
export async function prove(
	state: TestState,
	size: Pick<CampaignPlan, 'jobs' | 'itemsEach' | 'processes' | 'kills'>,
	disturb?: Disturb,
): Promise<ProofResult> {
	const seed = chooseSeed();
	console.log(`FAULTS_SEED=${seed} repeats this run`);
	const random = createRandom(seed);
	const simulator = await startSimulator([
		'--timing',
		// Only once the clock is moved: many at once, in few webhooks.
		'sent=3600000,delivered=never,read=never',
		'--settings',
		JSON.stringify({ webhooks: { maxStatusesPerPayload: 50 } }),
	]);
	const inbox = await openStatusInbox(simulator);
	await mixFaults(simulator, seed, Math.round((size.jobs * size.itemsEach) / 3));
	const plan: CampaignPlan = {
		...size,
		delivery,
		env: state.env(),
		credentials: state.credentials(simulator.url),
	};
	const jobs = createJobs(plan);
	const ledger = new Ledger();
	const sentBeforeRecorded: string[] = [];

	let isOver = false;
	const disturbance = disturb?.(random, () => isOver);
	const campaign = async (): Promise<CampaignLog> => {
		const log = await runCampaign(plan, jobs, random, ledger, async ({ executionId }) => {
			const arrived = await arrivedOf(simulator, executionId);
			if (arrived === 0) return;
			const records = await state.readRecords();
			const known = records.filter((record) => record.executionId === executionId).length;
			if (known < size.itemsEach) sentBeforeRecorded.push(`${executionId}: ${known} recorded`);
		});
		await finish(plan, jobs, ledger, log, state.readRecords);
		return log;
	};
	const log = await campaign().finally(async () => {
		// In any case: a database that has been removed must not be restarted.
		isOver = true;
		await disturbance;
	});

	const arrived = await arrivals(simulator);
	const before = await state.readRecords();
	await simulator.admin('POST', '/clock', { ms: 3_600_000 });
	await deliverStatuses(await inbox.takeStatuses([...arrived.values()].flat().length), plan);
	const after = await state.readRecords();
	await inbox.stop();
	const result: ProofResult = {
		log,
		fired: await firedFaults(simulator),
		acceptedMessages: Number((await simulator.counters())['acceptedMessages']),
		violations: {
			arrivedTwice: duplicates(arrived),
			untrueItems: ledger.discrepancies(arrived),
			sentBeforeRecorded,
			untrueStore: storeDiscrepancies(before, arrived, false),
			untrueStoreAfterStatuses: storeDiscrepancies(after, arrived, true),
		},
		statesBefore: countBy(before, (record) => record.state),
		statesAfter: countBy(after, (record) => record.state),
		settledByStatus: before.filter(
			(record) => record.state === 'unknown' && arrived.has(record.operationId),
		).length,
		recordedMessages: after.length,
	};
	console.log(JSON.stringify({ ...result, violations: undefined, items: ledger.outcomes() }));
	return result;
}

async function arrivedOf(simulator: Simulator, executionId: string): Promise<number> {
	const { byOperationId } = (await simulator.counters()) as {
		byOperationId: Record<string, number>;
	};
	const part = `:${executionId}:`;
	return Object.keys(byOperationId).filter((operationId) => operationId.includes(part)).length;
}
