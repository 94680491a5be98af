import type { DueForward, ForwardStore } from '../../store/forwards/forwardStore';
import { dayMs, minuteMs } from '../../time/durations';
import type { Clock } from '../../time/clock';
import { formatNumber } from '../../values/limits';
import { hostOf } from '../../values/webAddress';
import { FORWARD_MS } from '../timeouts';
import { CallLoop } from './callLoop';
import { pauseAfter, ReceiverHealth, type Refuses } from './receiverHealth';

/** How long an address is tried. */
const KEPT_MS = dayMs;

/** How many webhooks wait for an address at most; of more, the oldest are given up. */
const MOST_WAITING = 100_000;

/** How often to look for what is given up. */
const EXPIRE_MS = minuteMs;

/** What became of a call: null if the address has taken the webhook. */
export type ForwardAnswer = {
	/** Why not. */
	problem: string;
	/** What else it would not take. */
	refuses: Refuses;
} | null;

/** What a loop needs. */
export interface ForwardLoopSetting {
	forwards: ForwardStore;
	group: string;
	/** Hands a webhook over, within `FORWARD_MS`. Does not throw. */
	call: (forward: DueForward) => Promise<ForwardAnswer>;
	/** So many webhooks (default 1) were delivered, have to be tried again, or were given up. */
	count: (
		what: 'delivered' | 'failed' | 'dropped',
		address: string,
		problem: string | null,
		webhooks?: number,
	) => void;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
}

/**
 * Hands webhooks to addresses outside, again and again for a day. One that was delivered right before
 * a kill is delivered again, under the same ID.
 */
export class ForwardLoop {
	private readonly setting: ForwardLoopSetting;
	private readonly calls: CallLoop<DueForward>;
	/** Calls under way, by address. */
	private readonly busy = new Map<string, number>();
	/** Of addresses that have refused what they should take. */
	private readonly failing = new Map<string, ReceiverHealth>();
	private expiredAt = -Infinity;

	constructor(setting: ForwardLoopSetting) {
		this.setting = setting;
		const { forwards, clock, log } = setting;
		this.calls = new CallLoop({
			take: async () => await this.take(),
			call: async (forward) => await this.handOver(forward),
			onDue: (wake) => forwards.onReceived(wake),
			failure: 'webhooks cannot be forwarded from the state',
			clock,
			log,
		});
	}

	start(): void {
		this.calls.start();
	}

	wake(): void {
		this.calls.wake();
	}

	async stop(): Promise<void> {
		await this.calls.stop();
	}

	private async take(): Promise<DueForward[]> {
		const { forwards, group, clock } = this.setting;
		const now = clock.now();
		if (now - this.expiredAt >= EXPIRE_MS || now < this.expiredAt) await this.expire(now);
		const taken: DueForward[] = [];
		for (const address of await forwards.due(group, now)) {
			const health = this.failing.get(address) ?? new ReceiverHealth();
			const limit = health.mostCalls(now) - (this.busy.get(address) ?? 0);
			if (limit <= 0) continue;
			const request = { group, address, leaseMs: 3 * FORWARD_MS, limit };
			const due = await forwards.take({ ...request, untriedFirst: health.needsAnother }, now);
			this.busy.set(address, (this.busy.get(address) ?? 0) + due.length);
			taken.push(...due);
		}
		return taken;
	}

	private async handOver(forward: DueForward): Promise<void> {
		const { forwards, call, count } = this.setting;
		const { forwardId, address } = forward;
		try {
			const answer = await call(forward);
			if (answer === null) {
				this.failing.delete(address);
				await forwards.delivered(forwardId);
				count('delivered', address, null);
			} else {
				const dueAt = this.refused(forward, answer);
				await forwards.postpone(forwardId, dueAt, answer.problem);
				count('failed', address, answer.problem);
			}
		} finally {
			this.busy.set(address, (this.busy.get(address) ?? 1) - 1);
		}
	}

	/** @returns when to try it again, unless its address waits for longer */
	private refused(
		{ forwardId, address, attempts }: DueForward,
		{ problem, refuses }: NonNullable<ForwardAnswer>,
	): number {
		const { clock, log } = this.setting;
		const now = clock.now();
		const health = this.failing.get(address) ?? new ReceiverHealth();
		const wasBroken = health.isBroken;
		// Whoever refuses a webhook for what it is takes others.
		if (refuses === 'this') this.failing.delete(address);
		else {
			this.failing.set(address, health);
			health.refusedOne(forwardId, refuses, now);
		}
		const takesNone = this.failing.has(address) && health.isBroken;
		if (takesNone && !wasBroken) {
			log('warn', `webhooks for ${hostOf(address)} wait, and are tried for a day: ${problem}`);
		} else if (!takesNone && attempts === 1) {
			log('warn', `a webhook for ${hostOf(address)} is tried for a day: ${problem}`);
		}
		return refuses === 'all' ? now : now + pauseAfter(attempts);
	}

	private async expire(now: number): Promise<void> {
		const { forwards, group, count, log } = this.setting;
		const dropped = await forwards.expire(group, { before: now - KEPT_MS, most: MOST_WAITING });
		this.expiredAt = now;
		for (const { address, webhooks } of dropped) {
			count('dropped', address, null, webhooks);
			const limits = `a day, or more than ${formatNumber(MOST_WAITING)} waiting`;
			log('error', `webhooks for ${hostOf(address)} are given up after ${limits}: ${webhooks}`);
		}
	}
}
