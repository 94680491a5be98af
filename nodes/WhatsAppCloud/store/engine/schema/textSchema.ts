import type { SchemaStep } from './schemaStep';

/** What people and the business have written to each other, for accounts that keep it. */
export const textTable: SchemaStep = [
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('texts')} (
		account_key ${key} NOT NULL,
		text_id ${key} NOT NULL,
		contact_key ${key} NOT NULL,
		phone_number_id ${key} NOT NULL,
		author ${key} NOT NULL,
		content ${text} NOT NULL,
		execution_id ${key},
		occurred_at ${integer} NOT NULL,
		place ${integer} NOT NULL,
		PRIMARY KEY (account_key, text_id)
	)`,
	({ table }) =>
		`CREATE INDEX texts_contact ON ${table('texts')} (account_key, contact_key, occurred_at)`,
	({ table }) => `CREATE INDEX texts_age ON ${table('texts')} (account_key, occurred_at)`,
];
