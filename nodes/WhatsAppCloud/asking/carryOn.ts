import { randomUUID } from 'node:crypto';

import { advance } from '../questions/advance';
import type { HeldWait } from '../store/questions/questionStore';
import type { Store } from '../store/store';
import { startHeartbeat } from '../time/heartbeat';
import type { Clock } from '../time/clock';
import { createSend, type Sender } from './sendAsked';
import { decodeWait, toAsked, toStored, type AskedQuestion, type StoredWait } from './storedWait';

/** A wait that its process does not renew for this long counts as left. */
const leaseMs = 60_000;

/** What carrying a wait on needs. */
export interface Carrier {
	store: Pick<Store, 'questions'>;
	sender: Sender;
	clock: Pick<Clock, 'now' | 'sleep'>;
	/** Reports what does not stop it. */
	warn: (what: string, error: unknown) => void;
}

/** A wait in hand. */
export interface CarriedWait {
	wait: StoredWait;
	questions: AskedQuestion[];
	isDecided: boolean;
	/** Why questions could not be asked this time, by their IDs. */
	errors: ReadonlyMap<string, unknown>;
}

/**
 * Takes a wait in hand, does whatever is due, and gives it back. What has been done is written before
 * this returns.
 *
 * @returns `held` if another process has the wait, null if it has ended
 * @throws StateProblem, or ContentProblem if the app secret has changed
 */
export async function carryOn(
	waitId: string,
	{ store, sender, clock, warn }: Carrier,
): Promise<CarriedWait | 'held' | null> {
	const owner = randomUUID();
	const hold = async (): Promise<HeldWait | 'held' | null> =>
		await store.questions.hold(waitId, owner, leaseMs, clock.now());
	const held = await hold();
	if (held === null || held === 'held') return held;
	const wait = decodeWait(held.content, sender.account);
	const lease = startHeartbeat(clock, leaseMs / 3, hold, (error) =>
		warn('The lease of a wait could not be renewed', error),
	);
	try {
		if (held.isDecided) {
			const questions = toAsked(held.questions, [], sender.account);
			return { wait, questions, isDecided: true, errors: new Map() };
		}
		const queued = held.questions.filter(({ state }) => state === 'queued');
		const turns = new Set(
			queued.length === 0
				? []
				: await store.questions.takeTurns(queued.map(({ questionId }) => questionId)),
		);
		const questions = toAsked(held.questions, held.answers, sender.account);
		for (const question of questions) {
			if (turns.has(question.questionId)) question.state = 'asking';
		}
		const errors = new Map<string, unknown>();
		const send = createSend(sender, wait);
		const { isDecided, dueAt } = await advance(wait, questions, {
			send: async (question, ...message) =>
				await send(question, ...message).catch((error: unknown) => {
					errors.set(question.questionId, error);
					throw error;
				}),
			concurrency: sender.messenger.settings().concurrency,
			now: clock.now(),
			notSent: ({ questionId }, key, error) =>
				warn(`The message "${key}" of question ${questionId} was not sent`, error),
		});
		await lease.stop();
		const changes = {
			questions: toStored(questions, sender.account),
			read: held.answers,
			isDecided,
			dueAt,
		};
		const isOurs = await store.questions.update(waitId, owner, changes, clock.now());
		return isOurs ? { wait, questions, isDecided, errors } : 'held';
	} finally {
		await lease.stop();
	}
}
