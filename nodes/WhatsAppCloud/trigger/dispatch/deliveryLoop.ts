import type { IRun } from 'n8n-workflow';

import type { DueBatch } from '../../store/inbox/inboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { startHeartbeat } from '../../time/heartbeat';
import { hasPassed } from '../../time/passed';
import type { Listening } from '../deliveries/signals';
import { ABANDONED_POLL_MS, CLAIM_LEASE_MS, DUE_POLL_MS, LOOP_LEASE_MS } from '../timeouts';
import { DeliveryQueue } from './deliveryQueue';
import { Emissions, type Emit } from './emissions';
import { Rounds } from './rounds';

/**
 * Executions that n8n has been given and that have not begun: enough to keep it busy. Few where each
 * takes megabytes from its start; more where other processes run them, whose start is seen late.
 */
const MAX_EMITTED = { eager: 5, lazy: 20, elsewhere: 20 };

/** Batches in memory; they are a few hundred bytes each. */
const MAX_TAKEN = 20_000;

/** From one round to the next; longer, the state, the machine or its time was away. */
const LONGEST_ROUND_MS = 2 * ABANDONED_POLL_MS;

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
	/** Whether n8n provides expressions only where one is evaluated. */
	hasLazyExpressions: boolean;
	emit: Emit;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
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
	private readonly emissions: Emissions;
	/** Batches with an execution that others of the contact wait for. */
	private readonly running = new Map<string, DueBatch>();
	private mayBeDue = true;
	private isTaking = false;
	/** Whether the present pause is the long one, for when nothing has been emitted. */
	private isResting = false;
	private isEmissionDue = false;
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
		this.emissions = new Emissions(setting, (batchId, run) => this.ended(batchId, run));
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
		this.emitSoon();
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

	/** @returns false if it was known to have begun, or is not of this loop */
	private begun(batchId: string): boolean {
		const batch = this.emissions.begun(batchId);
		if (batch === null) return false;
		if (this.setting.onePerContact) this.running.set(batchId, batch);
		else this.queue.release(batch);
		this.emitSoon();
		return true;
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
		if (hasPassed(this.roundAt, LONGEST_ROUND_MS, now)) this.steadySince = now;
		// Unless it fails.
		this.roundAt = -Infinity;
		if (hasPassed(this.abandonedAt, ABANDONED_POLL_MS, now)) {
			this.abandonedAt = now;
			this.mayBeDue = true;
			// What has kept this loop away has kept executions from renewing their claims.
			if (now - this.steadySince >= CLAIM_LEASE_MS) await this.endAbandoned(now);
		}
		if (hasPassed(this.lookedAt, DUE_POLL_MS, now)) {
			this.lookedAt = now;
			if (this.emissions.size > 0) await this.lookAtEmitted();
			if (this.running.size > 0) await this.lookAtRunning();
		}
		if (this.mayBeDue && this.queue.size < MAX_TAKEN) await this.take(now);
		this.emitNext();
		this.roundAt = now;
		this.isResting = this.emissions.size + this.running.size === 0;
		return this.isResting ? ABANDONED_POLL_MS : DUE_POLL_MS;
	}

	/**
	 * Emits without a round, which would cost time for each message. Waits for the end of the present
	 * step: webhooks that share a transaction give their batches one after the other, and the earliest
	 * must begin first. So must what a call that is under way, or was lost, has taken before.
	 */
	private emitSoon(): void {
		if (this.isEmissionDue) return;
		this.isEmissionDue = true;
		queueMicrotask(() => {
			this.isEmissionDue = false;
			if (this.rounds.isEnded || this.isTaking || this.takesOver) return;
			try {
				this.emitNext();
			} catch (error) {
				this.rounds.report(error);
			}
		});
	}

	private emitNext(): void {
		const here = this.setting.hasLazyExpressions ? MAX_EMITTED.lazy : MAX_EMITTED.eager;
		const most = this.beginsElsewhere ? MAX_EMITTED.elsewhere : here;
		while (this.emissions.size < most) {
			const batch = this.queue.next();
			if (batch === null) return;
			this.emissions.emit(batch);
			// What was emitted must be looked after sooner.
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
		this.isTaking = true;
		let isTaken = false;
		try {
			const request = { listenerId, owner, limit, takesOver, onePerContact };
			this.queue.add(await store.inbox.take(request, now));
			isTaken = true;
		} finally {
			if (!isTaken) this.mayBeDue = true;
			this.takesOver = !isTaken;
			this.isTaking = false;
		}
	}

	/** Releases what executions of other processes have claimed, and emits again what nobody has. */
	private async lookAtEmitted(): Promise<void> {
		const { batchIds } = this.emissions;
		const unclaimed = new Set(await this.setting.store.inbox.unclaimed(batchIds));
		for (const batchId of batchIds) {
			if (unclaimed.has(batchId)) this.emissions.repeat(batchId);
			else if (this.begun(batchId)) this.beginsElsewhere = true;
		}
	}

	/** Gives a contact's turn to the next batch, once the execution has completed the last one. */
	private async lookAtRunning(): Promise<void> {
		// Those that begin meanwhile are not in the answer.
		const batches = [...this.running];
		const batchIds = batches.map(([batchId]) => batchId);
		const running = new Set(await this.setting.store.inbox.running(batchIds));
		for (const [batchId, batch] of batches) {
			if (running.has(batchId)) continue;
			this.running.delete(batchId);
			this.queue.release(batch);
			this.mayBeDue = true;
		}
	}

	private ended(batchId: string, run: IRun | null): void {
		const isWaiting = run?.status === 'waiting';
		if (!isWaiting && !this.running.has(batchId)) return;
		void this.rounds.attempt(async () => {
			// n8n keeps an execution that waits: it does not have to start again, nor to be waited for.
			// One that has ended says so itself; here, it may have found that another one has the events.
			if (isWaiting) await this.setting.store.inbox.complete(batchId, null);
			if (!this.running.has(batchId)) return;
			this.lookedAt = -Infinity;
			this.rounds.wake();
		});
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
