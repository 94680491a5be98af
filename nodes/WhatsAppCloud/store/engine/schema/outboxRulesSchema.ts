import type { SchemaStep } from './schemaStep';

/** What the rules for contacts ask: what a person got, of which kind, and what may go later. */
export const contactRules: SchemaStep = [
	({ table, types: { key } }) => `ALTER TABLE ${table('operations')} ADD COLUMN category ${key}`,
	({ table, types: { integer } }) =>
		`ALTER TABLE ${table('operations')} ADD COLUMN retry_at ${integer}`,
	({ table }) =>
		`CREATE INDEX operations_recipient ON ${table('operations')} (account_key, recipient_key, created_at)`,
	({ table }) =>
		`CREATE INDEX operations_retry ON ${table('operations')} (account_key, retry_at) WHERE retry_at IS NOT NULL`,
];
