import { isWithinHours, type OpeningHours } from '../../time/hours';
import type { Clock } from '../../time/clock';
import { dayMs, minuteMs } from '../../time/durations';

/** When a run's messages may go, apart from the pace of their number. */
export interface CampaignPlan {
	/** A number of messages, then a pause. Null for a single endless wave. */
	waves: { size: number; pauseMs: number } | null;
	/** Messages go only during these hours. Null for any time. */
	window: OpeningHours | null;
}

/** Lets the messages of one run through. */
export interface Campaign {
	/**
	 * Waits until the next message may go.
	 *
	 * @returns false when the execution was cancelled while waiting
	 */
	admit(signal: AbortSignal | undefined): Promise<boolean>;
}

/** Called for every long wait, for the log and the user. */
type OnPause = (pause: { reason: 'wave' | 'window'; untilMs: number; admitted: number }) => void;

/** A window that stays closed for more than a week never opens. */
const longestSearchMs = 8 * dayMs;

/** The window is never open. */
class ClosedWindowError extends Error {
	override name = 'ClosedWindowError';
}

export function createCampaign(plan: CampaignPlan, clock: Clock, onPause: OnPause): Campaign {
	let admitted = 0;
	/** Everything waits in one queue, so that messages count toward one wave at a time. */
	let line: Promise<unknown> = Promise.resolve();

	const pauseUntil = async (
		reason: 'wave' | 'window',
		untilMs: number,
		signal: AbortSignal | undefined,
	): Promise<void> => {
		onPause({ reason, untilMs, admitted });
		while (clock.now() < untilMs && signal?.aborted !== true) {
			await clock.sleep(Math.min(untilMs - clock.now(), minuteMs), signal);
		}
	};

	const admitNext = async (signal: AbortSignal | undefined): Promise<boolean> => {
		const { waves, window } = plan;
		if (waves !== null && admitted > 0 && admitted % waves.size === 0) {
			await pauseUntil('wave', clock.now() + waves.pauseMs, signal);
		}
		if (window !== null && !isWithinHours(window, clock.now())) {
			await pauseUntil('window', nextOpening(window, clock.now()), signal);
		}
		if (signal?.aborted === true) return false;
		admitted++;
		return true;
	};

	return {
		async admit(signal) {
			if (plan.waves === null && plan.window === null) return signal?.aborted !== true;
			const turn = line.then(() => admitNext(signal));
			line = turn.catch(() => undefined);
			return await turn;
		},
	};
}

/**
 * When the window next opens, to the minute.
 *
 * @throws ClosedWindowError if it never does
 */
function nextOpening(window: OpeningHours, nowMs: number): number {
	const firstMinute = Math.ceil(nowMs / minuteMs) * minuteMs;
	for (let at = firstMinute; at < nowMs + longestSearchMs; at += minuteMs) {
		if (isWithinHours(window, at)) return at;
	}
	throw new ClosedWindowError('The time window never opens');
}

/**
 * Estimates when a run will be done at the given pace.
 *
 * @param messagesPerSecond null for no limit; then only the pauses count
 */
export function estimateEnd(
	plan: CampaignPlan,
	count: number,
	messagesPerSecond: number | null,
	nowMs: number,
): number {
	const pauses = plan.waves === null ? 0 : Math.max(0, Math.ceil(count / plan.waves.size) - 1);
	const sendingMs = messagesPerSecond === null ? 0 : (count / messagesPerSecond) * 1000;
	const busyMs = sendingMs + pauses * (plan.waves?.pauseMs ?? 0);
	if (plan.window === null) return nowMs + busyMs;
	// Only time inside the window counts.
	let left = busyMs;
	let at = isWithinHours(plan.window, nowMs) ? nowMs : nextOpening(plan.window, nowMs);
	const stepMs = 15 * minuteMs;
	while (left > stepMs) {
		if (isWithinHours(plan.window, at)) left -= stepMs;
		at += stepMs;
		if (at - nowMs > 366 * dayMs) break;
	}
	return at + left;
}
