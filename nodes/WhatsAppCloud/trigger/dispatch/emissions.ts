import type { INodeExecutionData, IRun } from 'n8n-workflow';

import type { DueBatch } from '../../store/inbox/inboxStore';
import type { Clock } from '../../time/clock';
import { hasPassed } from '../../time/passed';
import { reasonOf } from '../../values/unknown';
import { wrap } from '../deliveries/parcel';
import { UNCLAIMED_MS } from '../timeouts';

/** Pauses before what n8n did not start is emitted again: the first, and the longest. */
const RETRY_MS = { first: 1_000, longest: 300_000 };

/**
 * Starts an execution. n8n is given no key by which it would recognise one that it already has: it
 * asks its database for each, and a batch has one claim, however many executions ask for it.
 *
 * @param onEnd called when it has ended, waits or was not started; with its outcome, if n8n knows
 */
export type Emit = (data: INodeExecutionData[][], onEnd: (run: IRun | null) => void) => void;

interface EmissionSetting {
	emit: Emit;
	clock: Pick<Clock, 'now'>;
	log: (level: 'error', message: string) => void;
}

interface Emission {
	batch: DueBatch;
	/** How often it was emitted. */
	count: number;
	/** When it was emitted, or its execution ended. */
	since: number;
	/** It is emitted again this long after that, in milliseconds. */
	pauseMs: number;
}

/** The batches that n8n has been given and no execution has claimed yet. */
export class Emissions {
	private readonly setting: EmissionSetting;
	private readonly onEnd: (batchId: string, run: IRun | null) => void;
	private readonly emissions = new Map<string, Emission>();

	/** @param onEnd called when an execution is over, whatever it has claimed */
	constructor(setting: EmissionSetting, onEnd: (batchId: string, run: IRun | null) => void) {
		this.setting = setting;
		this.onEnd = onEnd;
	}

	get size(): number {
		return this.emissions.size;
	}

	get batchIds(): string[] {
		return [...this.emissions.keys()];
	}

	/** Gives n8n a batch. @param count how often it was given before */
	emit(batch: DueBatch, count = 0): void {
		const { emit, clock, log } = this.setting;
		const emission = {
			batch,
			count: count + 1,
			since: clock.now(),
			pauseMs: UNCLAIMED_MS * 2 ** Math.min(count, 6),
		};
		this.emissions.set(batch.batchId, emission);
		try {
			emit(wrap({ batchId: batch.batchId }), (run) => this.ended(emission, run));
		} catch (error) {
			log('error', `an execution could not be started: ${reasonOf(error)}`);
			this.ended(emission, null);
		}
	}

	/** An execution has claimed it. @returns the batch; null if it was not emitted from here */
	begun(batchId: string): DueBatch | null {
		const emission = this.emissions.get(batchId);
		this.emissions.delete(batchId);
		return emission?.batch ?? null;
	}

	/** Emits a batch again if n8n has not started it for too long. */
	repeat(batchId: string): void {
		const emission = this.emissions.get(batchId);
		if (emission === undefined) return;
		const { batch, count, since, pauseMs } = emission;
		if (hasPassed(since, pauseMs, this.setting.clock.now())) this.emit(batch, count);
	}

	/** If the execution has claimed nothing, another one follows after a pause. */
	private ended(emission: Emission, run: IRun | null): void {
		const { batchId } = emission.batch;
		if (this.emissions.get(batchId) === emission) {
			emission.since = this.setting.clock.now();
			emission.pauseMs = Math.min(RETRY_MS.first * 4 ** (emission.count - 1), RETRY_MS.longest);
		}
		this.onEnd(batchId, run);
	}
}
