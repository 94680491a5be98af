import { createHash } from 'node:crypto';

/** How far an own key reaches. */
type KeyScope = 'workflow' | 'account';

/** Makes a hash of a text. Keyed, where nobody may find the text by guessing. */
type TextHash = (text: string) => string;

/** Without a key. */
const plainHash: TextHash = (text) => createHash('sha256').update(text).digest('hex');

/** Where one intended message comes from. */
interface Origin {
	workflowId: string;
	executionId: string;
	nodeId: string;
	nodeName: string;
	runIndex: number;
	/** Names the call where the node is called as a tool: then the run counts tries, not calls. */
	toolCall: string | null;
	itemIndex: number;
	/** Which message of the item, from 0; null where the item has only one. */
	part: number | null;
}

/** Where in n8n a message comes from, in one text. It names an item whose message is not known. */
export function placeOf(origin: Origin): string {
	const { workflowId, executionId, nodeId, toolCall, runIndex, itemIndex, part } = origin;
	const place = [workflowId, executionId, nodeId, toolCall ?? runIndex, itemIndex];
	return (part === null ? place : [...place, part]).join(':');
}

/**
 * The ID of a message without an own key: its place, and what it is. The place alone is no identity,
 * since n8n gives the number of an execution a second time when its database was restored or moved.
 *
 * @param fingerprint of `fingerprintOf`
 */
export const operationIdOf = (origin: Origin, fingerprint: string): string =>
	`${placeOf(origin)}:${plainHash(fingerprint).slice(0, 16)}`;

/** The ID of a message with an own key, such as an order number. */
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
 * What is sent, as a hash. The callback data is left out: it holds the ID itself.
 *
 * @param contents hashes of uploaded files by media ID, which count in the ID's place: another
 *   upload of the same file is the same message
 * @param hash keyed, where the recipient, who stands in the body, is to be kept hashed
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
 * Tells a message from others at the same place, and finds it again in an execution that the user
 * retried, which has a new ID. n8n then knows the node by its name. A tool call has no run of its own.
 *
 * @param hash the same as for the payload, since the input may name the recipient, too
 */
export function fingerprintOf(
	{ workflowId, nodeName, toolCall, runIndex, itemIndex, part }: Origin,
	input: unknown,
	payloadHash: string,
	hash: TextHash,
): string {
	const run = toolCall === null ? runIndex : null;
	const parts = [workflowId, nodeName, run, itemIndex, part, input, payloadHash];
	// The index comes first, so that what a batch records together stands together in the store.
	return `${itemIndex}:${hash(JSON.stringify(parts))}`;
}
