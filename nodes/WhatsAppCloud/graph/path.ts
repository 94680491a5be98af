import { NoAnswerError } from './errors/errors';
import type { GraphRequest } from './graphRequest';

/** Graph API nodes with a name instead of an ID. */
const namedNodes = ['app', 'debug_token', 'me', 'message_template_library', 'oauth'];

/**
 * What Meta's IDs look like: digits (numbers, accounts, apps, files, templates, Flows), a group's
 * Base64 ID, or an upload session with its signature.
 * https://developers.facebook.com/docs/graph-api/overview#nodes
 */
const idForms = [
	/^\d{1,32}$/,
	/^(?=.*[A-Za-z])[A-Za-z0-9_-]{20,128}={0,2}$/,
	/^upload:[\w:.=+-]{1,512}$/,
];

/** `messages`, `message_templates`, `access_token` */
const edgeForm = /^[a-z][a-z_]{1,63}$/;

/** The code of a message link, the name of a payment configuration. */
const entryForm = /^[\w.-]{1,128}$/;

/** How much of a wrong ID an error shows, in characters. */
const shownLength = 60;

/**
 * A request's path below the version. IDs come from parameters, webhooks and Meta's answers; with
 * anything but an ID, the account's token would request something other than intended.
 *
 * @returns the path, or what is wrong with the node or the edge
 */
export function pathOf({
	node,
	edge,
	entry,
	path,
	idField,
}: Pick<GraphRequest, 'node' | 'edge' | 'entry' | 'path' | 'idField'>): string | NoAnswerError {
	if (path !== undefined) return isPath(path) ? `/${path}` : notBelow(path);
	if (!isNode(node)) return new NoAnswerError('unsendable', wrongId(node, idField));
	if (edge === undefined) return `/${node}`;
	if (!edgeForm.test(edge)) {
		return new NoAnswerError('unsendable', `${quoted(edge)} is no edge of Meta's Graph API`);
	}
	if (entry === undefined) return `/${node}/${edge}`;
	if (entryForm.test(entry) && !/^\.+$/.test(entry)) return `/${node}/${edge}/${entry}`;
	return new NoAnswerError('unsendable', `${quoted(entry)} is no entry of the edge "${edge}"`);
}

/** One part of a path: an ID, a name, or several IDs. */
const segmentForm = /^[\w.:=+,-]{1,512}$/;

const maxSegments = 8;

/** Whether a path stays below the version: no empty part, no dots alone, no query, nothing encoded. */
export function isPath(path: string): boolean {
	const segments = path.split('/');
	return (
		segments.length <= maxSegments &&
		segments.every((segment) => segmentForm.test(segment) && !/^\.+$/.test(segment))
	);
}

const notBelow = (path: string): NoAnswerError =>
	new NoAnswerError('unsendable', `${quoted(path)} is no path of Meta's Graph API`);

const isNode = (node: string): boolean =>
	namedNodes.includes(node) || idForms.some((form) => form.test(node));

function wrongId(id: string, idField: string | undefined): string {
	const what = idField === undefined ? 'An ID' : `"${idField}"`;
	return id === '' ? `${what} is empty` : `${what} is ${quoted(id)}, which is no ID of Meta's`;
}

const quoted = (text: string): string =>
	`"${text.length > shownLength ? `${text.slice(0, shownLength)}…` : text}"`;
