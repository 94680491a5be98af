import { createHash } from 'node:crypto';

/** The scope of a user's own key. */
type KeyScope = 'workflow' | 'account';

/** Hashes a text. Keyed if the text must not be guessable. */
type TextHash = (text: string) => string;

/** The hash without a key. */
const plainHash: TextHash = (text) => createHash('sha256').update(text).digest('hex');

/** Where one intended message comes from. */
interface Origin {
	workflowId: string;
	executionId: string;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	/**
	 * Identifies the call if the node is called as a tool: then the run index counts tries, not
	 * calls.
	 */
	toolCall: string | null;
	itemIndex: number;
	/** Which message of the item, from 0; null if the item has only one. */
	part: number | null;
}

/**
 * Where in n8n a message comes from, as one text. Identifies an item whose message is not known.
 */
export function placeOf(origin: Origin): string {
	const { workflowId, executionId, nodeId, toolCall, runIndex, itemIndex, part } = origin;
	const place = [workflowId, executionId, nodeId, toolCall ?? runIndex, itemIndex];
	return (part === null ? place : [...place, part]).join(':');
}

/**
 * The ID of a message without a key of its own: its place plus its content. The place alone is not
 * unique, since n8n reuses execution numbers after its database was restored or moved.
 *
 * @param fingerprint of `fingerprintOf`
 */
export const operationIdOf = (origin: Origin, fingerprint: string): string =>
	`${placeOf(origin)}:${plainHash(fingerprint).slice(0, 16)}`;

/** The ID of a message with a key of its own, such as an order number. */
export function operationIdOfKey(
	key: string,
	scope: { scope: KeyScope; accountKey: string; workflowId: string },
	part: number | null,
): string {
	const within =
		scope.scope === 'workflow' ? [scope.accountKey, scope.workflowId] : [scope.accountKey];
	const id = `key:${plainHash(JSON.stringify([within, key])).slice(0, 40)}`;
	return part === null ? id : `${id}:${part}`;
}

/**
 * Hashes what is sent, without the callback data, which contains the ID itself.
 *
 * @param contents file hashes by media ID, used in place of the ID: another upload of the same file
 *   is the same message
 * @param hash keyed if the recipient, who is in the body, must be stored hashed
 */
export function payloadHashOf(
	body: Record<string, unknown>,
	contents: ReadonlyMap<string, string>,
	hash: TextHash,
): string {
	const unnamed = [{ ...body, biz_opaque_callback_data: undefined }];
	if (contents.size === 0) return hash(JSON.stringify(unnamed));
	return hash(
		JSON.stringify(unnamed, (_, value: unknown) =>
			typeof value === 'string' ? (contents.get(value) ?? value) : value,
		),
	);
}

/**
 * Tells a message apart from others at the same place, and finds it again in an execution that the
 * user retried, which has a new ID. The node is identified by its name, as n8n does in that case. A
 * tool call has no run of its own.
 *
 * @param hash the same as for the payload, since the input may name the recipient too
 */
export function fingerprintOf(
	{ workflowId, nodeName, toolCall, runIndex, itemIndex, part }: Origin,
	input: unknown,
	payloadHash: string,
	hash: TextHash,
): string {
	const run = toolCall === null ? runIndex : null;
	const parts = [workflowId, nodeName, run, itemIndex, part, input, payloadHash];
	// The index comes first, so that what a batch enqueues together stays together in the store.
	return `${itemIndex}:${hash(JSON.stringify(parts))}`;
}
