import { forEachConcurrently } from '../concurrency/pool';
import { isUnclosed } from '../store/questions/questionStore';
import { replyOf, type Asked, type Outside } from './asked';
import { decide } from './decide';
import { close, sendLastWords, sentAt, Turn } from './turn';
import type { Request, WaitContent } from './wait';

/**
 * Carries a wait forward by what has been received and by the time: asks what is to be asked, reads
 * answers, asks again, reminds, and closes what is decided. It changes the questions in place.
 *
 * A text that cannot be sent closes its question, except for the last words, which change nothing
 * any more.
 *
 * @param outside.concurrency how many requests are carried forward at once
 * @returns whether all requests are decided, and when to come back otherwise
 */
export async function advance<Question extends Asked>(
	{ requests }: WaitContent,
	questions: readonly Question[],
	{ concurrency, ...outside }: Outside<Question> & { concurrency: number },
): Promise<{ isDecided: boolean; dueAt: number | null }> {
	const states: { isDecided: boolean; dueAt: number }[] = [];
	await forEachConcurrently(
		requests.length,
		concurrency,
		() => true,
		async (index) => {
			const request = requests[index];
			if (request === undefined) return;
			const own = questions.filter(({ itemIndex }) => itemIndex === request.itemIndex);
			states.push(await advanceOne(request, own, outside));
		},
	);
	const dueAt = Math.min(...states.map((state) => state.dueAt));
	return {
		isDecided: states.every(({ isDecided }) => isDecided),
		dueAt: Number.isFinite(dueAt) ? dueAt : null,
	};
}

/** @returns when to come back; infinite if only an answer changes anything */
async function advanceOne<Question extends Asked>(
	request: Request,
	questions: readonly Question[],
	outside: Outside<Question>,
): Promise<{ isDecided: boolean; dueAt: number }> {
	const turns = questions.map((question) => new Turn(question, request, outside));
	await readAll(turns, request.rule);
	for (const turn of turns) {
		if (isUnclosed(turn.question)) await turn.watchTheTime();
		if (turn.question.state === 'asking') await turn.ask();
	}
	const isDecided = await closeDecided(request, questions, outside);
	const unclosed = questions.filter(isUnclosed);
	const times = unclosed.flatMap(({ state, remindAt, isReminded }) => [
		request.expiresAt,
		state === 'open' && !isReminded ? remindAt : null,
	]);
	return { isDecided, dueAt: Math.min(...times.filter((time) => time !== null)) };
}

/** Reads in the order in which people wrote: if the first answer wins, later ones count no more. */
async function readAll<Question extends Asked>(
	turns: readonly Turn<Question>[],
	{ firstWins }: Request['rule'],
): Promise<void> {
	const arrived = turns
		.flatMap((turn) => turn.question.received.map((received) => ({ turn, received })))
		.sort((a, b) => sentAt(a.received) - sentAt(b.received));
	for (const { turn, received } of arrived) {
		const isLate = turns.some((other) => other !== turn && hasAnswered(other.question));
		if (!firstWins || !isLate) await turn.read(received);
	}
}

/** Also while somebody who has denied is asked why. */
const hasAnswered = ({ state, step, question }: Asked): boolean =>
	state === 'answered' || (state === 'open' && question.steps[step]?.onlyAfter !== undefined);

/** @returns whether the request is decided */
async function closeDecided<Question extends Asked>(
	{ rule, followUps }: Request,
	questions: readonly Question[],
	outside: Outside<Question>,
): Promise<boolean> {
	if (decide(rule, questions.map(replyOf)) === 'undecided') return false;
	for (const question of questions) {
		if (!isUnclosed(question)) continue;
		const wasAsked = question.state === 'open';
		close(question, 'settled', outside.now);
		if (wasAsked) await sendLastWords(question, followUps.settled, 'settled', outside);
	}
	return true;
}
