import type { Clock } from '../../time/clock';
import { reasonOf } from '../../values/unknown';
import { Bell } from './bell';

/** Pause after the state could not be used. */
const PROBLEM_PAUSE_MS = 1_000;

/** What a loop does in its rounds. */
export interface RoundSetting {
	/** @returns how long to pause before the next one, in milliseconds; a bell ends the pause. */
	round: () => Promise<number>;
	/** What a problem keeps from working, for the log: `executions cannot be started`. */
	failure: string;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
}

/** Does rounds of work until it is ended, whatever fails. */
export class Rounds {
	private readonly setting: RoundSetting;
	private readonly bell = new Bell();
	private lastProblem: string | null = null;
	private ended = false;

	constructor(setting: RoundSetting) {
		this.setting = setting;
	}

	get isEnded(): boolean {
		return this.ended;
	}

	/** Begins the next round at once. */
	wake(): void {
		this.bell.ring();
	}

	/** This round is the last one. */
	end(): void {
		this.ended = true;
		this.bell.ring();
	}

	/** @returns once it is ended; the first round is always done */
	async run(): Promise<void> {
		do {
			let pauseMs = PROBLEM_PAUSE_MS;
			await this.attempt(async () => {
				pauseMs = await this.setting.round();
			});
			await this.bell.wait(this.setting.clock, pauseMs);
		} while (!this.ended);
	}

	/** @returns whether it worked; a problem is logged when it first appears. */
	async attempt(work: () => Promise<unknown>): Promise<boolean> {
		try {
			await work();
			this.lastProblem = null;
			return true;
		} catch (error) {
			this.report(error);
			return false;
		}
	}

	report(error: unknown): void {
		const problem = reasonOf(error);
		if (problem === this.lastProblem) return;
		this.lastProblem = problem;
		this.setting.log('error', `${this.setting.failure}: ${problem}`);
	}
}
