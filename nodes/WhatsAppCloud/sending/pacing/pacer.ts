import type { Clock } from '../../time/clock';
import type { SlotSource } from './slots';

/** A message waiting for its turn. */
export interface Turn {
	phoneNumberId: string;
	/** Executions take turns, so that a campaign does not hold up an autoresponder. */
	execution: string;
	/** Null for no limit. */
	messagesPerSecond: number | null;
	signal?: AbortSignal | undefined;
}

/** Lets messages go at the pace of their number. One pacer serves the whole process. */
export interface Pacer {
	/** @returns false if the execution was cancelled while waiting */
	wait(turn: Turn): Promise<boolean>;
	slowDown(phoneNumberId: string, pauseMs: number): Promise<void>;
}

/** Slots are leased this far ahead, so that one trip to the store serves many messages. */
const leaseAheadMs = 400;

/**
 * A slot missed by more than this is lost; at a slow pace the limit is the time of one message.
 * Catching up would add to what other processes send, and Meta counts them all.
 */
const maxLatenessMs = 25;

/** A message in the queue. */
interface Waiting {
	messagesPerSecond: number;
	end(result: { mayGo: boolean } | { error: unknown }): void;
	/** True once it has gone or given up; then it gets no slot. */
	isDone: boolean;
}

/** What is waiting at one number: a queue per execution. */
type NumberQueue = Map<string, Waiting[]>;

/** @param slots the source of slots: shared between processes, or local */
export function createPacer(slots: SlotSource, clock: Clock): Pacer {
	const queues = new Map<string, NumberQueue>();

	/** Hands out slots until nobody is waiting at the number. */
	const serve = async (phoneNumberId: string, queue: NumberQueue): Promise<void> => {
		let granted: number[] = [];
		for (let next = takeTurn(queue); next !== undefined; next = takeTurn(queue)) {
			try {
				const mayBeLateMs = Math.max(maxLatenessMs, 1000 / next.messagesPerSecond);
				granted = granted.filter((startAt) => isNear(startAt, mayBeLateMs));
				while (granted.length === 0) granted = await lease(phoneNumberId, next, queue);
				const earlyMs = (granted.shift() ?? 0) - clock.now();
				if (earlyMs >= 1) await clock.sleep(Math.min(earlyMs, leaseAheadMs));
				next.end({ mayGo: true });
			} catch (error) {
				// Fail them all: the others would ask the same source in turn and wait for each refusal.
				for (const waiting of [next, ...[...queue.values()].flat()]) waiting.end({ error });
				queue.clear();
			}
		}
		queues.delete(phoneNumberId);
	};

	/** False for slots leased before the clock was changed or the process stalled. */
	const isNear = (startAt: number, mayBeLateMs: number): boolean => {
		const earlyMs = startAt - clock.now();
		return earlyMs <= leaseAheadMs && earlyMs >= -mayBeLateMs;
	};

	const lease = async (
		phoneNumberId: string,
		{ messagesPerSecond }: Waiting,
		queue: NumberQueue,
	): Promise<number[]> => {
		const now = clock.now();
		const count = Math.min(1000, 1 + countWaiting(queue));
		const request = { phoneNumberId, messagesPerSecond, count, horizonMs: leaseAheadMs, now };
		const { startAt, nextAt } = await slots.reserve(request);
		if (startAt.length === 0) await clock.sleep(Math.max(1, nextAt - now - leaseAheadMs / 2));
		return startAt;
	};

	return {
		async wait({ phoneNumberId, execution, messagesPerSecond, signal }) {
			if (signal?.aborted) return false;
			if (messagesPerSecond === null) return true;
			return await new Promise<boolean>((resolve, reject) => {
				const waiting = createWaiting(messagesPerSecond, signal, resolve, reject);
				const queue = queues.get(phoneNumberId);
				if (queue === undefined) {
					const opened = new Map([[execution, [waiting]]]);
					queues.set(phoneNumberId, opened);
					void serve(phoneNumberId, opened);
					return;
				}
				const own = queue.get(execution);
				if (own) own.push(waiting);
				else queue.set(execution, [waiting]);
			});
		},
		async slowDown(phoneNumberId, pauseMs) {
			await slots.slowDown(phoneNumberId, pauseMs, clock.now());
		},
	};
}

function createWaiting(
	messagesPerSecond: number,
	signal: AbortSignal | undefined,
	resolve: (mayGo: boolean) => void,
	reject: (error: unknown) => void,
): Waiting {
	const giveUp = (): void => waiting.end({ mayGo: false });
	const waiting: Waiting = {
		messagesPerSecond,
		isDone: false,
		end(result) {
			waiting.isDone = true;
			signal?.removeEventListener('abort', giveUp);
			if ('error' in result) reject(result.error);
			else resolve(result.mayGo);
		},
	};
	signal?.addEventListener('abort', giveUp);
	return waiting;
}

/** Takes the next message still waiting; its execution moves to the end of the queue. */
function takeTurn(queue: NumberQueue): Waiting | undefined {
	for (const [execution, own] of queue) {
		queue.delete(execution);
		const waiting = own.filter(({ isDone }) => !isDone);
		const next = waiting.shift();
		if (waiting.length > 0) queue.set(execution, waiting);
		if (next !== undefined) return next;
	}
	return undefined;
}

function countWaiting(queue: NumberQueue): number {
	let count = 0;
	for (const own of queue.values()) count += own.length;
	return count;
}
