import type { Clock } from '../../time/clock';
import { minuteMs } from '../../time/durations';
import { Rounds } from './rounds';

/** How often to look for what killed processes have left. */
const COURTESY_POLL_MS = minuteMs;

/** What a loop needs. */
export interface CourtesyLoopSetting {
	/** Sends what processes that are gone have kept. @returns what went wrong */
	sendLeft: () => Promise<readonly string[]>;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
}

/** Sends confirmations that a killed process has kept and not sent. */
export class CourtesyLoop {
	private readonly rounds: Rounds;
	private running: Promise<void> | null = null;
	private lastProblem: string | null = null;

	constructor({ sendLeft, clock, log }: CourtesyLoopSetting) {
		this.rounds = new Rounds({
			round: async () => {
				const [problem = null] = await sendLeft();
				// The same problem is logged once, until it is over.
				if (problem !== null && problem !== this.lastProblem) {
					log('warn', `could not confirm a choice: ${problem}`);
				}
				this.lastProblem = problem;
				return COURTESY_POLL_MS;
			},
			failure: 'confirmations cannot be sent',
			clock,
			log,
		});
	}

	start(): void {
		this.running ??= this.rounds.run();
	}

	wake(): void {
		this.rounds.wake();
	}

	/** Ends the loop after what it is sending. */
	async stop(): Promise<void> {
		this.rounds.end();
		await this.running;
	}
}
