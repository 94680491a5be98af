import type { DueForward, ForwardStore } from '../../store/forwards/forwardStore';
import { dayMs, minuteMs } from '../../time/durations';
import type { Clock } from '../../time/clock';
import { hostOf } from '../../values/webAddress';
import { FORWARD_MS } from '../timeouts';
import { CallLoop } from './callLoop';

/** Calls to one address at once, so that one that hangs keeps nobody else waiting. */
const MAX_CALLS_PER_ADDRESS = 4;

/** Pauses after an address did not take a webhook: the first, doubling, and the longest. */
const RETRY_MS = { first: 5_000, longest: 15 * minuteMs };

/** How long an address is tried. */
const KEPT_MS = dayMs;

/** How often to look for what is too old. */
const EXPIRE_MS = minuteMs;

/** What became of a call: null if the address has taken the webhook. */
export type ForwardAnswer = {
	/** Why not. */
	problem: string;
	/** Whether it would take no other webhook either, so that all of its webhooks wait. */
	isDown: boolean;
} | null;

/** What a loop needs. */
export interface ForwardLoopSetting {
	forwards: ForwardStore;
	group: string;
	/** Hands a webhook over, within `FORWARD_MS`. Does not throw. */
	call: (forward: DueForward) => Promise<ForwardAnswer>;
	/** So many webhooks were delivered, have to be tried again, or were given up. */
	count: (
		what: 'delivered' | 'failed' | 'dropped',
		address: string,
		problem: string | null,
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
	/** Addresses that take nothing, so that this is logged once. */
	private readonly failing = new Set<string>();
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
			const limit = MAX_CALLS_PER_ADDRESS - (this.busy.get(address) ?? 0);
			if (limit <= 0) continue;
			const request = { group, address, leaseMs: 3 * FORWARD_MS, limit };
			const due = await forwards.take(request, now);
			this.busy.set(address, (this.busy.get(address) ?? 0) + due.length);
			taken.push(...due);
		}
		return taken;
	}

	private async handOver(forward: DueForward): Promise<void> {
		const { forwards, group, call, count, clock, log } = this.setting;
		const { forwardId, address, attempts } = forward;
		try {
			const answer = await call(forward);
			if (answer === null) {
				await forwards.delivered(forwardId);
				count('delivered', address, null);
				this.failing.delete(address);
				return;
			}
			const pauseMs = Math.min(RETRY_MS.first * 2 ** Math.min(attempts - 1, 20), RETRY_MS.longest);
			const { problem, isDown } = answer;
			const dueAt = clock.now() + pauseMs;
			if (isDown) await forwards.postponeAll({ forwardId, address, group }, dueAt, problem);
			else await forwards.postpone(forwardId, dueAt, problem);
			count('failed', address, problem);
			if (isDown && !this.failing.has(address)) {
				log('warn', `webhooks for ${hostOf(address)} wait, and are tried for a day: ${problem}`);
			} else if (!isDown && attempts === 1) {
				log('warn', `a webhook for ${hostOf(address)} is tried for a day: ${problem}`);
			}
			if (isDown) this.failing.add(address);
		} finally {
			this.busy.set(address, (this.busy.get(address) ?? 1) - 1);
		}
	}

	private async expire(now: number): Promise<void> {
		const { forwards, group, count, log } = this.setting;
		const addresses = await forwards.expire(group, now - KEPT_MS);
		this.expiredAt = now;
		for (const address of addresses) count('dropped', address, null);
		for (const address of new Set(addresses)) {
			const dropped = addresses.filter((each) => each === address).length;
			log('error', `webhooks for ${hostOf(address)} are given up after a day: ${dropped}`);
		}
	}
}
