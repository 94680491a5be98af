import { DUE_POLL_MS } from '../timeouts';
import { Rounds, type RoundSetting } from './rounds';

/** What a loop needs. */
export interface CallLoopSetting<Due> extends Omit<RoundSetting, 'round'> {
	/**
	 * Takes what is due, under a lease that is longer than a call.
	 *
	 * @param underWay how many calls have not ended yet
	 */
	take: (underWay: number) => Promise<readonly Due[]>;
	call: (due: Due) => Promise<void>;
	/** Calls back when something has become due, as far as the state can tell; returns its end. */
	onDue: (wake: () => void) => () => void;
}

/**
 * Takes what is due from the state and makes a call for each, without waiting for the others. After
 * each call it looks again.
 */
export class CallLoop<Due> {
	private readonly setting: CallLoopSetting<Due>;
	private readonly rounds: Rounds;
	private readonly calls = new Set<Promise<void>>();
	private loop: Promise<void> | null = null;

	constructor(setting: CallLoopSetting<Due>) {
		this.setting = setting;
		const { failure, clock, log } = setting;
		this.rounds = new Rounds({ round: async () => await this.round(), failure, clock, log });
	}

	start(): void {
		this.loop ??= this.run();
	}

	wake(): void {
		this.rounds.wake();
	}

	/** Ends the loop after the calls that are under way. */
	async stop(): Promise<void> {
		this.rounds.end();
		await this.loop;
		await Promise.all(this.calls);
	}

	private async run(): Promise<void> {
		const endListening = this.setting.onDue(() => this.wake());
		await this.rounds.run();
		endListening();
	}

	private async round(): Promise<number> {
		for (const due of await this.setting.take(this.calls.size)) {
			const call = this.rounds
				.attempt(async () => await this.setting.call(due))
				.then(() => {
					this.calls.delete(call);
					this.wake();
				});
			this.calls.add(call);
		}
		return DUE_POLL_MS;
	}
}
