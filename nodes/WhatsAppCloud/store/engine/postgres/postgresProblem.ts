import type { PostgresConfig } from '../../config';
import { StateProblem, type StateProblemKind } from '../../stateProblem';

/** PostgreSQL error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const sqlStates: Readonly<Record<string, StateProblemKind>> = {
	'28000': 'refused',
	'28P01': 'refused',
	'3D000': 'refused',
	'25006': 'read_only',
	'42501': 'no_rights',
	'53100': 'disk_full',
	'53300': 'unreachable',
	'55P03': 'locked',
	'57014': 'slow',
	'57P01': 'unreachable',
	'57P02': 'unreachable',
	'57P03': 'unreachable',
	'40001': 'locked',
	'40P01': 'locked',
	XX001: 'damaged',
	XX002: 'damaged',
};

const networkCodes = new Set([
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTDOWN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EPIPE',
]);

/** Driver messages for errors without a code. */
const driverTexts: readonly (readonly [RegExp, StateProblemKind])[] = [
	[/timeout/i, 'slow'],
	[/does not support SSL|SASL|SCRAM|password/i, 'refused'],
	[/certificate|self.signed/i, 'refused'],
	[/Connection terminated|Connection ended|not queryable|socket/i, 'unreachable'],
];

const advice: Readonly<Record<StateProblemKind, string>> = {
	no_sqlite: '',
	disk_full: 'Its disk is full. Make room, then try again; nothing was lost.',
	locked: 'Other transactions keep the rows locked. Look for one that has been open for long.',
	damaged: 'It reports damaged data. Restore it from a backup.',
	read_only:
		'It accepts no changes. Connect to the primary server, not to a standby, and check default_transaction_read_only.',
	no_rights:
		'The user lacks a right. It needs to create a schema, or to own one that was made for it: CREATE SCHEMA … AUTHORIZATION ….',
	newer_schema: 'Its tables were written by a newer version of this package.',
	log_lost: '',
	unreachable: 'It cannot be reached. Check host, port and firewall, and whether it is running.',
	refused: 'It refuses the connection. Check user, password, database name and encryption.',
	slow: 'It did not answer in time. Check its load and the network, or allow more time.',
	closed: 'The store was closed.',
	other: 'It cannot do what was asked.',
};

export const locationOf = (config: PostgresConfig): string =>
	`${config.host}:${config.port}/${config.database}`;

export function postgresProblem(
	kind: StateProblemKind,
	config: PostgresConfig,
	detail = '',
): StateProblem {
	const text = `The state database ${locationOf(config)}: ${advice[kind]}`;
	const whole = detail === '' ? text : `${text} (${detail})`;
	return new StateProblem(
		kind,
		config.password === '' ? whole : whole.replaceAll(config.password, '***'),
	);
}

/** Puts a driver or server error into plain words; returns any other error unchanged. */
export function toPostgresProblem(error: unknown, config: PostgresConfig): unknown {
	if (error instanceof StateProblem || error instanceof TypeError || error instanceof RangeError) {
		return error;
	}
	if (typeof error !== 'object' || error === null) return error;
	return postgresProblem(kindOf(error), config, detailOf(error));
}

/** Whether the work had no effect or can be repeated on another connection. */
export function isPassing(error: unknown): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const kind = error instanceof StateProblem ? error.kind : kindOf(error);
	return kind === 'unreachable' || codeOf(error) === '40001' || codeOf(error) === '40P01';
}

/** Whether others have kept a lock for as long as it may be waited for (SQLSTATE 55P03). */
export const isLockTimeout = (error: unknown): boolean =>
	typeof error === 'object' && error !== null && codeOf(error) === '55P03';

function kindOf(error: object): StateProblemKind {
	const code = codeOf(error);
	if (code !== null) {
		const known = sqlStates[code];
		if (known !== undefined) return known;
		if (networkCodes.has(code)) return 'unreachable';
		if (code === 'ETIMEDOUT') return 'slow';
		if (/CERT|TLS|SSL/.test(code)) return 'refused';
		if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return 'other';
	}
	const text = 'message' in error ? String(error.message) : '';
	return driverTexts.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** The error's code, or that of the first of several addresses that were tried. */
function codeOf(error: object): string | null {
	if ('code' in error && typeof error.code === 'string') return error.code;
	if (!('errors' in error) || !Array.isArray(error.errors)) return null;
	const first: unknown = error.errors[0];
	return typeof first === 'object' && first !== null ? codeOf(first) : null;
}

function detailOf(error: object): string {
	const text = 'message' in error ? String(error.message) : '';
	return text === '' ? (codeOf(error) ?? '') : text;
}
