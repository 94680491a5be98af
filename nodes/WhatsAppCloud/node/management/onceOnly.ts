import { GraphApiError, NoAnswerError } from '../../graph/errors/errors';
import { mayHaveBeenDone } from '../../graph/steps/retry';
import { PartlyDone } from './partlyDone';
import type { Run } from '../run';

type Work = Map<number, Promise<unknown>>;

/** What the tries of one node run have done, by item; keyed by what all of them share. */
const done = new WeakMap<object, Work>();

/**
 * Does the work of an item once, however often "Retry On Fail" runs the node: a later try gets what
 * an earlier one has made. If nobody knows whether Meta did it, or if Meta did a part, a later try
 * gets the same error. Only work that was certainly not done is done again.
 *
 * @param isIdempotent whether the work may be done again after a lost answer
 */
export async function onceOnly<Result>(
	{ identity }: Pick<Run, 'identity'>,
	itemIndex: number,
	work: () => Promise<Result>,
	{ isIdempotent = false }: { isIdempotent?: boolean | undefined } = {},
): Promise<Result> {
	const known = done.get(identity.operationIds) ?? (new Map() as Work);
	done.set(identity.operationIds, known);
	const earlier = known.get(itemIndex);
	if (earlier !== undefined) return (await earlier) as Result;
	const now = work();
	known.set(itemIndex, now);
	now.catch((error: unknown) => {
		const isOfCall = error instanceof GraphApiError || error instanceof NoAnswerError;
		const isUnknown = isOfCall && mayHaveBeenDone(error);
		const isFinal = error instanceof PartlyDone || (isUnknown && !isIdempotent);
		if (!isFinal) known.delete(itemIndex);
	});
	return await now;
}
