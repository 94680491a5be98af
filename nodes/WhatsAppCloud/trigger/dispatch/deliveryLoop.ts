import type { INodeExecutionData, IRun } from 'n8n-workflow';

import type { DueBatch } from '../../store/inbox/inboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { startHeartbeat } from '../../time/heartbeat';
import { reasonOf } from '../../values/unknown';
import { wrap } from '../deliveries/parcel';
import type { Listening } from '../deliveries/signals';
import {
	ABANDONED_POLL_MS,
	CLAIM_LEASE_MS,
	DUE_POLL_MS,
	LOOP_LEASE_MS,
	UNCLAIMED_MS,
} from '../timeouts';
import { DeliveryQueue } from './deliveryQueue';
import { Rounds } from './rounds';

/**
 * Executions that have not begun, as far as this process knows, where others begin them: that is seen
 * a quarter of a second late.
 */
const MAX_EMITTED_TO_OTHERS = 20;

/** Batches in memory; they are a few hundred bytes each. */
const MAX_TAKEN = 20_000;

/** From one round to the next; longer, the state, the machine or its time was away. */
const LONGEST_ROUND_MS = 2 * ABANDONED_POLL_MS;

/** Pauses before what n8n did not start is emitted again: the first, and the longest. */
const RETRY_MS = { first: 1_000, longest: 300_000 };

/**
 * Starts an execution. n8n is given no key by which it would recognise one that it already has: it
 * asks its database for each, and a batch has one claim, however many executions ask for it.
 *
 * @param onEnd called when it has ended, waits or was not started; with its outcome, if n8n knows
 */
export type Emit = (data: INodeExecutionData[][], onEnd: (run: IRun | null) => void) => void;

/** What a loop needs. */
export interface LoopSetting {
	store: Pick<Store, 'inbox' | 'outbox'>;
	listenerId: string;
	/** Name under which this loop takes batches, unique across all processes. */
	owner: string;
	/** How many executions an event may start, if they are killed. */
	maxAttempts: number;
	/** Whether a contact's next execution waits for the end of the last one. */
	onePerContact: boolean;
	/** Executions that n8n has been given and that have not begun, at most. */
	maxEmitted: number;
	emit: Emit;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
}

/** A batch that n8n has been given and no execution has claimed yet. */
interface Emitted {
	batch: DueBatch;
	/** How often this loop has emitted it. */
	emissions: number;
	/** It is emitted again this long after that moment. */
	since: number;
	pauseMs: number;
}

/**
 * Starts a trigger's executions from the state. n8n forgets what it was given if it is killed within
 * the next moment, so a batch stays here until its execution has claimed it, and is emitted again
 * otherwise.
 */
export class DeliveryLoop implements Listening {
	private readonly setting: LoopSetting;
	private readonly rounds: Rounds;
	private readonly queue = new DeliveryQueue();
	private readonly emitted = new Map<string, Emitted>();
	/** Batches with an execution that others of the contact wait for. */
	private readonly running = new Map<string, DueBatch>();
	private mayBeDue = true;
	/** Whether it pauses for longer than it may while an execution is to begin. */
	private isResting = false;
	/** Whether the last execution that began did so in another process. */
	private beginsElsewhere = false;
	/**
	 * n8n runs one loop per trigger: what an earlier one had when it was killed comes first, since the
	 * person may have written again meanwhile. The same goes for a call whose answer was lost.
	 */
	private takesOver = true;
	private abandonedAt = -Infinity;
	private roundAt = -Infinity;
	/** Since when nothing has kept this process, or its clock, from a round. */
	private steadySince = -Infinity;
	private lookedAt = -Infinity;
	private loop: Promise<void> | null = null;

	constructor(setting: LoopSetting) {
		this.setting = setting;
		const { clock, log } = setting;
		const failure = 'executions cannot be started from the state';
		this.rounds = new Rounds({ round: async () => await this.round(), failure, clock, log });
	}

	get owner(): string {
		return this.setting.owner;
	}

	/** Not before it has what was there before it, nor where the state says whose turn it is. */
	get takesArrivals(): boolean {
		const isBehind = this.takesOver || this.queue.size >= MAX_TAKEN;
		return !this.rounds.isEnded && !isBehind && !this.setting.onePerContact;
	}

	give(batches: readonly DueBatch[]): void {
		this.queue.add(batches);
		// At once: a round of its own would take n8n longer.
		if (!this.rounds.isEnded) this.emitNext();
	}

	start(): void {
		this.loop ??= this.run();
	}

	wake(): void {
		this.mayBeDue = true;
		this.rounds.wake();
	}

	claimed(batchId: string): void {
		this.beginsElsewhere = false;
		this.begun(batchId);
	}

	private begun(batchId: string): void {
		const emitted = this.emitted.get(batchId);
		if (emitted === undefined) return;
		this.emitted.delete(batchId);
		if (this.setting.onePerContact) this.running.set(batchId, emitted.batch);
		else this.queue.release(emitted.batch);
		if (!this.rounds.isEnded) this.emitNext();
	}

	/** Ends the loop. What it has not emitted can be taken by another one at once. */
	async stop(): Promise<void> {
		this.rounds.end();
		await this.loop;
	}

	private async run(): Promise<void> {
		const { store, owner, clock } = this.setting;
		const renew = async () =>
			await store.outbox.renewLease({ owner, leaseMs: LOOP_LEASE_MS }, clock.now());
		await this.rounds.attempt(renew);
		const heartbeat = startHeartbeat(clock, LOOP_LEASE_MS / 3, renew, (error) =>
			this.rounds.report(error),
		);
		await this.rounds.run();
		await heartbeat.stop();
		await this.rounds.attempt(async () => await store.outbox.releaseLease(owner, clock.now()));
	}

	private async round(): Promise<number> {
		this.isResting = false;
		const now = this.setting.clock.now();
		if (isPast(this.roundAt, LONGEST_ROUND_MS, now)) this.steadySince = now;
		// Unless it fails.
		this.roundAt = -Infinity;
		if (isPast(this.abandonedAt, ABANDONED_POLL_MS, now)) {
			this.abandonedAt = now;
			this.mayBeDue = true;
			// What has kept this loop away has kept executions from renewing their claims.
			if (now - this.steadySince >= CLAIM_LEASE_MS) await this.endAbandoned(now);
		}
		if (isPast(this.lookedAt, DUE_POLL_MS, now)) {
			this.lookedAt = now;
			if (this.emitted.size > 0) await this.lookAtEmitted();
			if (this.running.size > 0) await this.lookAtRunning();
		}
		if (this.mayBeDue && this.queue.size < MAX_TAKEN) await this.take(now);
		this.emitNext();
		this.roundAt = now;
		this.isResting = this.emitted.size + this.running.size === 0;
		return this.isResting ? ABANDONED_POLL_MS : DUE_POLL_MS;
	}

	private emitNext(): void {
		const most = this.beginsElsewhere ? MAX_EMITTED_TO_OTHERS : this.setting.maxEmitted;
		while (this.emitted.size < most) {
			const batch = this.queue.next();
			if (batch === null) return;
			this.emit(batch, 0);
			if (this.isResting) this.rounds.wake();
			this.isResting = false;
		}
	}

	private async take(now: number): Promise<void> {
		const { store, listenerId, owner, onePerContact } = this.setting;
		const limit = MAX_TAKEN - this.queue.size;
		const { takesOver } = this;
		// Set before: something may arrive meanwhile.
		this.mayBeDue = false;
		let isTaken = false;
		try {
			const request = { listenerId, owner, limit, takesOver, onePerContact };
			this.queue.add(await store.inbox.take(request, now));
			isTaken = true;
		} finally {
			if (!isTaken) this.mayBeDue = true;
			this.takesOver = !isTaken;
		}
	}

	/** Releases what executions of other processes have claimed, and emits again what nobody has. */
	private async lookAtEmitted(): Promise<void> {
		const { store, clock } = this.setting;
		const unclaimed = new Set(await store.inbox.unclaimed([...this.emitted.keys()]));
		for (const [batchId, emitted] of this.emitted) {
			if (!unclaimed.has(batchId)) {
				this.beginsElsewhere = true;
				this.begun(batchId);
			} else if (isPast(emitted.since, emitted.pauseMs, clock.now())) {
				this.emit(emitted.batch, emitted.emissions);
			}
		}
	}

	/** Gives a contact's turn to the next batch, once the execution has completed the last one. */
	private async lookAtRunning(): Promise<void> {
		const { store } = this.setting;
		const running = new Set(await store.inbox.running([...this.running.keys()]));
		for (const [batchId, batch] of this.running) {
			if (running.has(batchId)) continue;
			this.running.delete(batchId);
			this.queue.release(batch);
			this.mayBeDue = true;
		}
	}

	/** @param emissions how often this loop has emitted it before */
	private emit(batch: DueBatch, emissions: number): void {
		const { emit, clock, log } = this.setting;
		const emitted = {
			batch,
			emissions: emissions + 1,
			since: clock.now(),
			pauseMs: UNCLAIMED_MS * 2 ** Math.min(emissions, 6),
		};
		this.emitted.set(batch.batchId, emitted);
		try {
			emit(wrap({ batchId: batch.batchId }), (run) => this.ended(emitted, run));
		} catch (error) {
			log('error', `an execution could not be started: ${reasonOf(error)}`);
			this.ended(emitted, null);
		}
	}

	/** The execution is over. If it has claimed nothing, another one follows after a pause. */
	private ended(emitted: Emitted, run: IRun | null): void {
		const { batch, emissions } = emitted;
		if (this.emitted.get(batch.batchId) === emitted) {
			emitted.since = this.setting.clock.now();
			emitted.pauseMs = Math.min(RETRY_MS.first * 4 ** (emissions - 1), RETRY_MS.longest);
		}
		const isWaiting = run?.status === 'waiting';
		if (!isWaiting && !this.running.has(batch.batchId)) return;
		void this.rounds.attempt(async () => await this.close(batch, isWaiting));
	}

	private async close({ batchId }: DueBatch, isWaiting: boolean): Promise<void> {
		// n8n keeps an execution that waits: it does not have to start again, nor to be waited for. One
		// that has ended says so itself; here, it may have found that another one has the events.
		if (isWaiting) await this.setting.store.inbox.complete(batchId, null);
		if (!this.running.has(batchId)) return;
		this.lookedAt = -Infinity;
		this.rounds.wake();
	}

	private async endAbandoned(now: number): Promise<void> {
		const { store, listenerId, maxAttempts, log } = this.setting;
		const ended = await store.inbox.endAbandoned(listenerId, maxAttempts, now);
		const { restarted, dropped } = ended;
		if (restarted.length > 0) {
			log('warn', `executions that did not report their end start again: ${restarted.length}`);
		}
		if (dropped.length > 0) {
			log(
				'error',
				`executions that did not report their end do not start again: ${dropped.length}`,
			);
		}
	}
}

/** Whether something is due again; a clock that was set back makes it due, too. */
const isPast = (lastAt: number, everyMs: number, now: number): boolean =>
	now - lastAt >= everyMs || now < lastAt;
