import type { DueWait, QuestionStore } from '../../store/questions/questionStore';
import { minuteMs } from '../../time/durations';
import type { Clock } from '../../time/clock';
import { DUE_POLL_MS } from '../timeouts';
import { CallLoop } from './callLoop';

/** Longest time for a call: the node sends a few messages in it. */
export const RESUME_MS = 30_000;

/** Executions that are called at once: few, since n8n gives up whatever it resumes when it is killed. */
const MAX_CALLS = 5;

/** When to look whether n8n has really taken a result, since it may be killed a moment later. */
const CONFIRM_MS = 10_000;

/** Pause before a call is repeated; it doubles each time. */
const FIRST_RETRY_MS = DUE_POLL_MS;

/** The longest pause while the execution is busy, and while it cannot be reached. */
const LONGEST_RETRY_MS = { busy: 5_000, problem: minuteMs };

/** What the execution of a wait said when it was called. */
export type CallAnswer =
	/** It has done what was due, and waits for more. */
	| 'waiting'
	/** It has the answers and goes on, or is just about to. */
	| 'taken'
	/** It has gone on before, or has failed or was deleted. */
	| 'over'
	/** It is still being saved, or another process carries the wait on. */
	| 'busy'
	/** It cannot be reached. */
	| { problem: string };

/** What a loop needs. */
export interface QuestionLoopSetting {
	questions: QuestionStore;
	appKey: string;
	/** Calls a wait's execution. */
	call: (wait: DueWait) => Promise<CallAnswer>;
	clock: Pick<Clock, 'now' | 'sleep'>;
	log: (level: 'warn' | 'error', message: string) => void;
}

/**
 * Calls executions that wait for answers, once there is something for them to do. What that is, they
 * read from the state, so a call may be repeated.
 */
export class QuestionLoop {
	private readonly setting: QuestionLoopSetting;
	private readonly calls: CallLoop<DueWait>;
	/** Waits whose result n8n has taken, as far as it says. */
	private readonly taken = new Set<string>();
	private lastProblem: string | null = null;

	constructor(setting: QuestionLoopSetting) {
		this.setting = setting;
		const { questions, clock, log } = setting;
		this.calls = new CallLoop({
			take: async (underWay) => await this.take(underWay),
			call: async (wait) => await this.callOne(wait),
			onDue: (wake) => questions.onDue(wake),
			failure: 'questions cannot be carried on',
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

	/** Ends the loop after the calls that are under way. */
	async stop(): Promise<void> {
		await this.calls.stop();
	}

	private async take(underWay: number): Promise<DueWait[]> {
		const { questions, appKey, clock } = this.setting;
		const limit = MAX_CALLS - underWay;
		if (limit <= 0) return [];
		return await questions.take({ appKey, leaseMs: 2 * RESUME_MS, limit }, clock.now());
	}

	private async callOne(wait: DueWait): Promise<void> {
		const { questions, call, clock } = this.setting;
		const answer = await call(wait);
		if (typeof answer === 'object') {
			this.report(answer.problem);
			await this.retry(wait, LONGEST_RETRY_MS.problem);
			return;
		}
		if (wait.calls > 1) this.lastProblem = null;
		const wasTaken = this.taken.has(wait.waitId);
		if (answer === 'waiting') {
			this.taken.delete(wait.waitId);
		} else if (answer === 'over' || wasTaken) {
			this.taken.delete(wait.waitId);
			await questions.end(wait.waitId, clock.now());
		} else if (answer === 'taken') {
			this.taken.add(wait.waitId);
			await questions.postpone(wait.waitId, clock.now() + CONFIRM_MS);
		} else {
			await this.retry(wait, LONGEST_RETRY_MS.busy);
		}
	}

	private async retry({ waitId, calls }: DueWait, longestMs: number): Promise<void> {
		const { questions, clock } = this.setting;
		const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(calls - 1, 20), longestMs);
		await questions.postpone(waitId, clock.now() + pauseMs);
	}

	/** The same problem is logged once, until it is over. */
	private report(problem: string): void {
		if (problem === this.lastProblem) return;
		this.lastProblem = problem;
		const told = `an execution that waits for an answer cannot be called: ${problem}`;
		this.setting.log('error', told);
	}
}
