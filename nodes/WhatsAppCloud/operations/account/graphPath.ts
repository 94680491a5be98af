import type { Account } from '../../graph/account';
import { isPath } from '../../graph/path';
import { FieldProblem } from '../../values/problem';

/** What a path may name instead of an ID, with the credential's label of it. */
const placeholders = {
	app: ['appId', 'App ID'],
	businessAccount: ['businessAccountId', 'WhatsApp Business Account ID'],
	phoneNumber: ['phoneNumberId', 'Default Phone Number ID'],
} as const;

const field = 'Path';

/** A path below the version, and the query that stood behind it. */
interface GraphPath {
	path: string;
	query: Record<string, string>;
}

/**
 * Reads a path as people write or copy it: with a slash before it, the version of the credential,
 * a query, or `{phoneNumber}` for an ID of the credential. The token goes to Graph Base URL alone,
 * so a whole address is refused.
 *
 * @throws FieldProblem if it is no path below the version
 */
export function readGraphPath(given: string, account: Account): GraphPath {
	const written = given.trim();
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(written) || written.startsWith('//')) {
		throw new FieldProblem(
			field,
			'is a whole web address',
			'Enter what follows the version, such as {phoneNumber}/settings. The token is sent to the Graph Base URL of the credential alone.',
		);
	}
	const [before = '', ...behind] = written.split('?');
	const path = withoutVersion(before.replace(/^\/+|\/+$/g, ''), account.graphVersion)
		.split('/')
		.map((segment) => filled(segment, account))
		.join('/');
	if (!isPath(path)) {
		throw new FieldProblem(
			field,
			`is "${written}", which is no path of the Graph API`,
			'Write it like 106540352242922/settings or {businessAccount}/message_templates: parts with a slash between them, and the query under Query Parameters.',
		);
	}
	return { path, query: queryOf(behind.join('?')) };
}

/** @throws FieldProblem for another version than the credential's */
function withoutVersion(path: string, graphVersion: string): string {
	const [first = '', ...rest] = path.split('/');
	if (!/^v\d+\.\d+$/.test(first)) return path;
	if (first === graphVersion) return rest.join('/');
	throw new FieldProblem(
		field,
		`begins with ${first}, but the credential uses ${graphVersion}`,
		'Leave the version out, or change Graph Version in the credential.',
	);
}

/** @throws FieldProblem for an unknown placeholder, or an ID that the credential lacks */
function filled(segment: string, account: Account): string {
	const [, name] = /^\{(\w*)\}$/.exec(segment) ?? [];
	if (name === undefined) return segment;
	if (!isPlaceholder(name)) {
		throw new FieldProblem(
			field,
			`has {${name}}, which stands for nothing`,
			`Known are ${Object.keys(placeholders)
				.map((known) => `{${known}}`)
				.join(', ')}; any other part is written out or comes from an expression.`,
		);
	}
	const [part, label] = placeholders[name];
	if (account[part] !== '') return account[part];
	throw new FieldProblem(
		field,
		`has {${name}}, but ${label} is empty in the credential`,
		`Fill ${label} in the credential, or write the ID into the path.`,
	);
}

const isPlaceholder = (name: string): name is keyof typeof placeholders =>
	Object.hasOwn(placeholders, name);

const secretNames = [
	'access_token',
	'appsecret_proof',
	'client_secret',
	'fb_exchange_token',
	'input_token',
];

function queryOf(text: string): Record<string, string> {
	const query = Object.fromEntries(new URLSearchParams(text));
	checkQuery(query);
	return query;
}

/** @throws FieldProblem if it brings a token of its own, which would show in logs */
export function checkQuery(query: Record<string, unknown>): void {
	const secret = Object.keys(query).find((name) => secretNames.includes(name.toLowerCase()));
	if (secret === undefined) return;
	throw new FieldProblem(
		'Query Parameters',
		`has ${secret}`,
		'Leave it out: the token comes from the credential, and no secret stands in an address. The resource Token checks, refreshes and exchanges tokens.',
	);
}
