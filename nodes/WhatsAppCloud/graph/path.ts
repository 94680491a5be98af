import { NoAnswerError } from './errors/errors';

/** Nodes of the Graph API that have a name instead of an ID. */
const namedNodes = ['debug_token', 'me', 'oauth'];

/**
 * What an ID of Meta's looks like: digits (numbers, accounts, apps, files, templates, Flows), the
 * Base64 of a group's ID, and the session of an upload with its signature.
 * https://developers.facebook.com/docs/graph-api/overview#nodes
 */
const idForms = [
	/^\d{1,32}$/,
	/^(?=.*[A-Za-z])[A-Za-z0-9_-]{20,128}={0,2}$/,
	/^upload:[\w:.=+-]{1,512}$/,
];

/** Below a node: `messages`, `message_templates`, `access_token`. */
const edgeForm = /^[a-z][a-z_]{1,63}$/;

/** Longest part of a wrong ID that an error shows. */
const shownLength = 60;

/**
 * Looks at the path of a request before it is made. IDs come from parameters, from webhooks and from
 * answers of Meta; one that is none would ask for something else than what was meant, with the
 * account's token.
 *
 * @param idField the field of the editor that the ID came from, if it came from one
 * @returns what is wrong with it; null for a path that may be asked
 */
export function pathProblem(path: string, idField: string | undefined): NoAnswerError | null {
	const [start, node = '', ...edges] = path.split('/');
	if (start !== '' || !isNode(node)) return new NoAnswerError('unsendable', wrongId(node, idField));
	if (edges.every((edge) => edgeForm.test(edge))) return null;
	return new NoAnswerError('unsendable', `${quoted(path)} is no path of Meta's Graph API`);
}

const isNode = (node: string): boolean =>
	namedNodes.includes(node) || idForms.some((form) => form.test(node));

function wrongId(id: string, idField: string | undefined): string {
	const what = idField === undefined ? 'An ID' : `"${idField}"`;
	return id === '' ? `${what} is empty` : `${what} is ${quoted(id)}, which is no ID of Meta's`;
}

const quoted = (text: string): string =>
	`"${text.length > shownLength ? `${text.slice(0, shownLength)}…` : text}"`;
