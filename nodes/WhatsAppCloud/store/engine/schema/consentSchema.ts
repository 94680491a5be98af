import type { SchemaStep } from './schemaStep';

/**
 * When a person changed their number or user ID; and the trail of consent, of which
 * `contact_facts` has the newest alone.
 */
export const consentTrail: SchemaStep = [
	({ table, keyed, types: { key, integer } }) => `CREATE TABLE ${table('contact_moves')} (
		account_key ${key} NOT NULL,
		new_key ${key} NOT NULL,
		old_key ${key} NOT NULL,
		valid_at ${integer} NOT NULL,
		PRIMARY KEY (account_key, new_key, old_key)
	)${keyed}`,
	({ table }) =>
		`CREATE INDEX contact_moves_old ON ${table('contact_moves')} (account_key, old_key)`,
	({ table, keyed, types: { key, text, integer } }) => `CREATE TABLE ${table('consent_log')} (
		account_key ${key} NOT NULL,
		entry_id ${key} NOT NULL,
		contact_key ${key} NOT NULL,
		fact ${key} NOT NULL,
		scope ${key} NOT NULL,
		value ${text} NOT NULL,
		valid_at ${integer} NOT NULL,
		recorded_at ${integer} NOT NULL,
		PRIMARY KEY (account_key, entry_id)
	)${keyed}`,
	({ table }) =>
		`CREATE INDEX consent_log_contact ON ${table('consent_log')} (account_key, contact_key)`,
	({ table }) =>
		`CREATE INDEX consent_log_time ON ${table('consent_log')} (account_key, valid_at, entry_id)`,
];
