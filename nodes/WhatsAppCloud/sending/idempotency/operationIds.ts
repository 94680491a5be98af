import { operationIdOf, placeOf } from './identity';
import type { RunIdentity } from './runIdentity';

/** What is needed of a run to name its messages. */
interface IdentifiedRun {
	identity: RunIdentity;
	messenger: {
		/** IDs of the same message in earlier executions, newest first. */
		earlierOperationIds(fingerprint: string): Promise<string[]>;
	};
}

/** Which message of a run. */
export interface MessagePlace {
	itemIndex: number;
	/** Which message of the item, from 0; null where the item has only one. */
	part: number | null;
}

const slotOf = ({ itemIndex, part }: MessagePlace): number | string =>
	part === null ? itemIndex : `${itemIndex}:${part}`;

/**
 * The operation ID of a message without an own key, made once per run: as it was at its first
 * reading, whatever the values are at a later one. In an execution that the user retried it is the
 * one that the message had before.
 *
 * @throws StateProblem where the store cannot be asked for that
 */
export async function operationIdIn(
	{ identity, messenger }: IdentifiedRun,
	place: MessagePlace,
	fingerprint: string,
): Promise<string> {
	const { operationIds, takenIds } = identity;
	const known = operationIds.get(slotOf(place));
	if (known !== undefined) return known;
	const earlier = identity.isRetriedExecution
		? await messenger.earlierOperationIds(fingerprint)
		: [];
	// Of the calls of a tool with the same values each repeats another one.
	const operationId =
		earlier.find((id) => !takenIds.has(id)) ??
		operationIdOf({ ...identity, ...place }, fingerprint);
	operationIds.set(slotOf(place), operationId);
	takenIds.add(operationId);
	return operationId;
}

/** What names the item's message where it was not read: the ID that it has already, or its place. */
export function nameOf({ identity }: Pick<IdentifiedRun, 'identity'>, itemIndex: number): string {
	const place = { itemIndex, part: null };
	return identity.operationIds.get(slotOf(place)) ?? placeOf({ ...identity, ...place });
}
