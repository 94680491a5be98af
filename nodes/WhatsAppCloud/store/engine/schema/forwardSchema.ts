import type { SchemaStep } from './schemaStep';

/** Webhooks on their way to addresses outside. */
export const forwardTable: SchemaStep = [
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('forwards')} (
		forward_id ${key} NOT NULL PRIMARY KEY,
		account_key ${key} NOT NULL,
		address ${text} NOT NULL,
		body ${text} NOT NULL,
		signature ${text} NOT NULL,
		person_keys ${text} NOT NULL,
		created_at ${integer} NOT NULL,
		due_at ${integer} NOT NULL,
		attempts ${integer} NOT NULL,
		lease_until ${integer} NOT NULL,
		problem ${text}
	)`,
	({ table }) => `CREATE INDEX forwards_due ON ${table('forwards')} (account_key, address, due_at)`,
];

/** The oldest of an address is found without looking at the others. */
export const forwardOrder: SchemaStep = [
	({ table }) =>
		`CREATE INDEX forwards_order ON ${table('forwards')} (account_key, address, created_at)`,
];
