import { operationIdOf, placeOf } from './identity';
import type { RunIdentity } from './runIdentity';

/** What naming a run's messages requires. */
interface IdentifiedRun {
	identity: RunIdentity;
	messenger: {
		/** IDs of the same message in earlier executions, newest first. */
		earlierOperationIds(fingerprint: string): Promise<string[]>;
	};
}

/** Identifies a message within a run. */
export interface MessagePlace {
	itemIndex: number;
	/** Which message of the item, from 0; null if the item has only one. */
	part: number | null;
}

const placeKey = ({ itemIndex, part }: MessagePlace): number | string =>
	part === null ? itemIndex : `${itemIndex}:${part}`;

/**
 * The operation ID of a message without a key of its own. It is made once per run, at the first
 * reading, whatever the values are later. In an execution that the user retried, it is the ID that
 * the message had before.
 *
 * @throws StateProblem if the store cannot look that ID up
 */
export async function operationIdIn(
	{ identity, messenger }: IdentifiedRun,
	place: MessagePlace,
	fingerprint: string,
): Promise<string> {
	const { operationIds, takenIds } = identity;
	const known = operationIds.get(placeKey(place));
	if (known !== undefined) return known;
	const earlier = identity.isRetriedExecution
		? await messenger.earlierOperationIds(fingerprint)
		: [];
	// Tool calls with the same values each repeat a different earlier call.
	const operationId =
		earlier.find((id) => !takenIds.has(id)) ??
		operationIdOf({ ...identity, ...place }, fingerprint);
	operationIds.set(placeKey(place), operationId);
	takenIds.add(operationId);
	return operationId;
}

/** Names an item's message that was not read: by the ID it already has, or by its place. */
export function nameOf({ identity }: Pick<IdentifiedRun, 'identity'>, itemIndex: number): string {
	const place = { itemIndex, part: null };
	return identity.operationIds.get(placeKey(place)) ?? placeOf({ ...identity, ...place });
}
