/**
 * Why the state cannot be used.
 * - `no_sqlite`: this Node has no `node:sqlite`.
 * - `disk_full`, `read_only`, `no_rights`, `damaged`, `locked`: the file or database cannot be
 *   written.
 * - `unreachable`: no connection to the database.
 * - `refused`: the database rejects user, password, database name or encryption.
 * - `slow`: no answer in time.
 * - `newer_schema`: written by a newer version of this package.
 * - `log_lost`: a file that has lost its log or has another file's log, or a log without its file.
 * - `closed`: the store was closed before the call.
 * - `other`: anything else; the message says what.
 */
export type StateProblemKind =
	| 'no_sqlite'
	| 'disk_full'
	| 'locked'
	| 'damaged'
	| 'read_only'
	| 'no_rights'
	| 'unreachable'
	| 'refused'
	| 'slow'
	| 'newer_schema'
	| 'log_lost'
	| 'closed'
	| 'other';

/**
 * The state cannot be used. The message says in plain words what to do; it never contains a secret.
 */
export class StateProblem extends Error {
	override name = 'StateProblem';
	readonly kind: StateProblemKind;

	constructor(kind: StateProblemKind, message: string, options?: ErrorOptions) {
		super(message, options);
		this.kind = kind;
	}
}
