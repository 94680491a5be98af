import { onRows, type Database, type Work } from '../engine/database';
import {
	encodeInteger,
	encodeKey,
	encodeText,
	readNumber,
	readOptionalText,
	readText,
	requireWithin,
} from '../engine/encode';
import {
	columnList,
	insertRows,
	type ColumnKind,
	type Row,
	type Statement,
} from '../engine/statement';
import { textIdOf } from './textId';
import {
	mostTexts,
	textAuthors,
	type ArrivedText,
	type ChangedText,
	type KeptText,
	type TextStore,
} from './textStore';

/** In the place of a message that was deleted: it must not be kept once more. */
const nothing = '';

const textColumns = {
	account_key: 'text',
	text_id: 'text',
	contact_key: 'text',
	phone_number_id: 'text',
	author: 'text',
	content: 'text',
	execution_id: 'text',
	occurred_at: 'integer',
	place: 'integer',
} as const satisfies Record<string, ColumnKind>;

const once = 'ON CONFLICT (account_key, text_id) DO NOTHING';

const arrivedStatement: Statement = {
	rows: textColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'texts', Object.keys(textColumns))} ${once}`,
};

/** The outbox has the rest of the row. */
const sentStatement: Statement = {
	rows: {
		operation_id: 'text',
		text_id: 'text',
		content: 'text',
		sent_at: 'integer',
		place: 'integer',
	},
	values: {},
	sql: ({ table, rows }) => `
		INSERT INTO ${table('texts')} (${columnList(Object.keys(textColumns))})
		SELECT o.account_key, r.text_id, o.recipient_key, o.phone_number_id,
			CASE WHEN o.campaign IS NULL THEN 'workflow' ELSE 'campaign' END,
			r.content, o.execution_id, r.sent_at, r.place
		FROM ${rows} JOIN ${table('operations')} o ON o.operation_id = r.operation_id
		WHERE o.state = 'sent'
		${once}`,
};

/** What was deleted stays so, whatever arrives later. */
const changeStatement: Statement = {
	rows: textColumns,
	values: {},
	sql: (write) => `${insertRows(write, 'texts', Object.keys(textColumns), 't')}
		ON CONFLICT (account_key, text_id) DO UPDATE SET content = excluded.content
			WHERE t.content <> '${nothing}'`,
};

/**
 * Texts move with the person: the number's next owner must not find them. Meta tells both times in
 * whole seconds; a text counts as of the end of its own.
 */
const moveStatement: Statement = {
	rows: { account_key: 'text', new_key: 'text', old_key: 'text', valid_at: 'integer' },
	values: {},
	sql: ({ table, rows }) => `
		UPDATE ${table('texts')} AS t SET contact_key = r.new_key FROM ${rows}
		WHERE t.account_key = r.account_key AND t.contact_key = r.old_key
			AND t.occurred_at < r.valid_at + 1000`,
};

/** The newest, under whichever key. The authors are one value: a list cannot be bound as such. */
const lastStatement: Statement = {
	rows: { contact_key: 'text' },
	values: {
		account_key: 'text',
		phone_number_id: 'text',
		authors: 'text',
		since: 'integer',
		limit_count: 'integer',
	},
	sql: ({ table, rows, value }) => `
		SELECT t.text_id, t.author, t.content, t.execution_id, t.occurred_at, t.place
		FROM ${rows} JOIN ${table('texts')} t
			ON t.account_key = ${value('account_key')} AND t.contact_key = r.contact_key
		WHERE t.occurred_at >= ${value('since')} AND t.content <> '${nothing}'
			AND (${value('phone_number_id')} = '' OR t.phone_number_id = ${value('phone_number_id')})
			AND replace(${value('authors')}, '|' || t.author || '|', '') <> ${value('authors')}
		ORDER BY t.occurred_at DESC, t.place DESC
		LIMIT ${value('limit_count')}`,
};

/** Tells the order of messages of one millisecond. */
let nextPlace = 0;

/** @throws RangeError if a key is empty or too long. */
export function encodeArrived(text: ArrivedText): Row {
	return {
		account_key: encodeKey(text.accountKey, 'accountKey'),
		text_id: textIdOf(encodeKey(text.messageId, 'messageId')),
		contact_key: encodeKey(text.contactKey, 'contactKey'),
		phone_number_id: encodeKey(text.phoneNumberId, 'phoneNumberId'),
		author: text.author,
		content: encodeText(text.content),
		execution_id: null,
		occurred_at: encodeInteger(text.at, 'at'),
		place: nextPlace++,
	};
}

/** @throws RangeError if a key is empty or too long. */
export const encodeChange = ({ content, ...text }: ChangedText): Row =>
	encodeArrived({ ...text, content: content ?? nothing });

/** A message of the outbox, of which only what was sent is kept. */
interface SentText {
	operationId: string;
	messageId: string | null;
	content: string | null;
	/** In milliseconds since 1970. */
	sentAt: number | null;
}

/** The row of a sent message; null if nothing of it is kept. */
export const encodeSentText = ({
	operationId,
	messageId,
	content,
	sentAt,
}: SentText): Row | null =>
	messageId === null || content === null || sentAt === null
		? null
		: {
				operation_id: operationId,
				text_id: textIdOf(messageId),
				content: encodeText(content),
				sent_at: sentAt,
				place: nextPlace++,
			};

/** Keeps what has arrived, each message once. */
export function* keepArrived(texts: readonly Row[], changes: readonly Row[]): Work<void> {
	yield* onRows(arrivedStatement, byId(texts));
	const isDeleted = ({ content }: Row): boolean => content === nothing;
	yield* onRows(changeStatement, byId(changes.filter((row) => !isDeleted(row))));
	yield* onRows(changeStatement, byId(changes.filter(isDeleted)));
}

/** Keeps what has been sent, if the outbox has it as sent. */
export function* keepSent(texts: readonly Row[]): Work<void> {
	yield* onRows(sentStatement, byId(texts));
}

/** Moves a person's messages along when their number or user ID changes, one change after the other. */
export function* moveTexts(moves: readonly Row[]): Work<void> {
	for (const move of moves) yield* onRows(moveStatement, [move]);
}

/** Each ID once, the last of them, in the order in which all processes lock. */
function byId(rows: readonly Row[]): Row[] {
	const ids = new Map(
		rows.map((row) => [`${row['account_key'] ?? ''} ${readText(row, 'text_id')}`, row]),
	);
	return [...ids].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

export function createTextStore(database: Database): TextStore {
	return {
		async last({ accountKey, contactKeys, phoneNumberId, authors, since, limit }) {
			const limit_count = requireWithin(limit, 1, mostTexts, 'limit');
			const values = {
				account_key: encodeKey(accountKey, 'accountKey'),
				phone_number_id: phoneNumberId ?? '',
				authors: authors.map((author) => `|${author}|`).join(''),
				since: encodeInteger(since, 'since'),
				limit_count,
			};
			const keys = contactKeys.map((key) => ({ contact_key: encodeKey(key, 'contactKey') }));
			const rows = await database.run('read', () => onRows(lastStatement, keys, values));
			return [...rows].sort(inOrder).slice(-limit_count).map(toText);
		},
	};
}

const inOrder = (a: Row, b: Row): number =>
	readNumber(a, 'occurred_at') - readNumber(b, 'occurred_at') ||
	readNumber(a, 'place') - readNumber(b, 'place');

/** An author of another version of this package is none that this one could name. */
const toText = (row: Row): KeptText => ({
	textId: readText(row, 'text_id'),
	author: textAuthors.find((author) => author === readText(row, 'author')) ?? 'other',
	content: readText(row, 'content'),
	executionId: readOptionalText(row, 'execution_id'),
	at: readNumber(row, 'occurred_at'),
});
