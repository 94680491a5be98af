import type { Run } from '../../../node/run';
import type { OutgoingMessage, SendResult } from '../../../sending/attempt/outcome';
import { isFailedByWindow } from '../../../sending/guard/windowFailure';
import type { Dispatch } from '../../../sending/compose';
import type { CheckedMessage } from '../sendHooks';
import { otherWay, type NoWay, type OtherWay, type WindowedOperation } from './otherWays';

/** A message that was handled, and what its item says besides the result. */
interface Handled {
	message: OutgoingMessage;
	result: SendResult;
	details: Record<string, unknown>;
}

/**
 * Sends an item's messages, in the way that the person's window leaves. Whether it is closed may
 * only turn out as the first one goes; then the other way is tried at once.
 *
 * @throws what preparing and sending a message throw
 */
export async function* sendWithin(
	run: Run,
	operation: WindowedOperation,
	checked: CheckedMessage,
): AsyncGenerator<Handled> {
	const { message, preparation } = operation;
	const { values, recipient, itemIndex } = checked;
	const other = await otherWay(run, operation, checked);
	if (other !== null && 'dispatches' in other) {
		yield* sendAll(run, other.dispatches, detailsOf(other));
		return;
	}
	const [first, ...others] = await preparation.prepare(run, values, recipient, itemIndex);
	if (first === undefined) return;
	const details = message.details?.(values) ?? {};
	const result = await run.messenger.send(first);
	const isClosed = isFailedByWindow(result) || result.blocked?.rule === 'window';
	const late = isClosed ? (other ?? (await otherWay(run, operation, checked, true))) : null;
	if (late !== null && 'dispatches' in late) {
		yield* sendAll(run, late.dispatches, detailsOf(late));
		return;
	}
	yield {
		message: first.message,
		result: late === null ? result : withoutWay(result, late),
		details,
	};
	if (hasGone(result)) yield* sendAll(run, others, details);
}

const detailsOf = ({ name, details }: OtherWay): Record<string, unknown> => ({
	...details,
	sentAs: name,
});

async function* sendAll(
	run: Run,
	dispatches: readonly Dispatch[],
	details: Record<string, unknown>,
): AsyncGenerator<Handled> {
	for (const dispatch of dispatches) {
		const result = await run.messenger.send(dispatch);
		yield { message: dispatch.message, result, details };
		// The rest of a long text makes no sense if one part is missing.
		if (!hasGone(result)) return;
	}
}

const hasGone = ({ outcome }: SendResult): boolean => outcome === 'sent' || outcome === 'duplicate';

/** The result, which also says why the chosen other way was none. */
function withoutWay(result: SendResult, { problem }: NoWay): SendResult {
	const note = `It cannot go another way, either: ${problem}.`;
	const { blocked, error } = result;
	return {
		...result,
		...(blocked === undefined
			? {}
			: { blocked: { ...blocked, reason: `${blocked.reason} ${note}` } }),
		error: error === null ? null : { ...error, advice: `${note} ${error.advice}` },
	};
}
