import type { DueForward, ForwardStore, GivenUp } from '../../store/forwards/forwardStore';
import { dayMs, minuteMs } from '../../time/durations';
import type { Clock } from '../../time/clock';
import { hasPassed } from '../../time/passed';
import { formatNumber } from '../../values/limits';
import { hostOf } from '../../values/webAddress';
import { FORWARD_MS } from '../timeouts';
import { CallLoop } from './callLoop';
import { pauseAfter, ReceiverHealth } from './receiverHealth';

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
	/** What it has answered by HTTP; null without an answer. */
	status: number | null;
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
	/** By address. */
	private readonly health = new Map<string, ReceiverHealth>();
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
		if (hasPassed(this.expiredAt, EXPIRE_MS, now)) await this.expire(now);
		const taken: DueForward[] = [];
		for (const address of await forwards.due(group, now)) {
			const health = this.healthOf(address);
			const limit = health.mostCalls(now) - (this.busy.get(address) ?? 0);
			if (limit <= 0) continue;
			const request = { group, address, leaseMs: 3 * FORWARD_MS, limit };
			const due = await forwards.take({ ...request, leastTried: health.isBroken }, now);
			this.busy.set(address, (this.busy.get(address) ?? 0) + due.length);
			taken.push(...due);
		}
		return taken;
	}

	private async handOver(forward: DueForward): Promise<void> {
		const { forwards, call, count, clock } = this.setting;
		const { forwardId, address } = forward;
		try {
			const answer = await call(forward);
			if (answer === null) {
				this.healthOf(address).took();
				await forwards.delivered(forwardId);
				count('delivered', address, null);
			} else {
				this.refused(forward, answer);
				const dueAt = clock.now() + pauseAfter(forward.attempts);
				await forwards.postpone(forwardId, dueAt, answer.problem);
				count('failed', address, answer.problem);
			}
		} finally {
			this.busy.set(address, (this.busy.get(address) ?? 1) - 1);
		}
	}

	private refused(
		{ forwardId, address, attempts }: DueForward,
		{ problem, status }: NonNullable<ForwardAnswer>,
	): void {
		const { clock, log } = this.setting;
		const health = this.healthOf(address);
		const wasBroken = health.isBroken;
		health.refused(forwardId, status, clock.now());
		if (health.isBroken && !wasBroken) {
			log('warn', `webhooks for ${hostOf(address)} wait, and are tried for a day: ${problem}`);
		} else if (attempts === 1 && health.failedInARow <= 1) {
			log('warn', `a webhook for ${hostOf(address)} is tried for a day: ${problem}`);
		}
	}

	private healthOf(address: string): ReceiverHealth {
		const health = this.health.get(address) ?? new ReceiverHealth();
		this.health.set(address, health);
		return health;
	}

	private async expire(now: number): Promise<void> {
		const { forwards, group, count, log } = this.setting;
		const limits = { before: now - KEPT_MS, most: MOST_WAITING };
		const dropped = await forwards.expire(group, limits, now);
		this.expiredAt = now;
		for (const given of dropped) {
			count('dropped', given.address, null, given.tooOld + given.surplus);
			for (const line of tellGivenUp(given)) log('error', line);
		}
	}
}

function tellGivenUp({ address, tooOld, surplus }: GivenUp): string[] {
	const tell = (webhooks: number, why: string): string[] =>
		webhooks === 0 ? [] : [`webhooks for ${hostOf(address)} are given up, ${why}: ${webhooks}`];
	return [
		...tell(tooOld, 'older than a day'),
		...tell(surplus, `the oldest of more than ${formatNumber(MOST_WAITING)} waiting`),
	];
}
