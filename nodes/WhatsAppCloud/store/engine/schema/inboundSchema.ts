import type { SchemaStep } from './schemaStep';

/** What webhooks bring, and the triggers that listen. */
export const inboundTables: SchemaStep = [
	({ table, keyed, types: { key, integer } }) => `CREATE TABLE ${table('events')} (
		event_id ${key} NOT NULL PRIMARY KEY,
		claimed_at ${integer} NOT NULL,
		claim_id ${key} NOT NULL,
		lease_until ${integer} NOT NULL,
		was_claimed ${integer} NOT NULL,
		is_done ${integer} NOT NULL
	)${keyed}`,
	({ table }) => `CREATE INDEX events_claimed ON ${table('events')} (claimed_at)`,
	({ table, keyed, types: { key, text, integer } }) => `CREATE TABLE ${table('contact_facts')} (
		account_key ${key} NOT NULL,
		contact_key ${key} NOT NULL,
		fact ${key} NOT NULL,
		scope ${key} NOT NULL,
		value ${text} NOT NULL,
		valid_at ${integer} NOT NULL,
		PRIMARY KEY (account_key, contact_key, fact, scope)
	)${keyed}`,
	({ table }) =>
		`CREATE INDEX contact_facts_kind ON ${table('contact_facts')} (account_key, fact, contact_key, scope)`,
	({ table }) => `CREATE INDEX contact_facts_age ON ${table('contact_facts')} (fact, valid_at)`,
	({ table, keyed, types: { key, integer } }) => `CREATE TABLE ${table('contact_links')} (
		account_key ${key} NOT NULL,
		wa_key ${key} NOT NULL,
		user_key ${key} NOT NULL,
		valid_at ${integer} NOT NULL,
		PRIMARY KEY (account_key, wa_key, user_key)
	)${keyed}`,
	({ table }) =>
		`CREATE INDEX contact_links_user ON ${table('contact_links')} (account_key, user_key)`,
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('listeners')} (
		listener_id ${key} NOT NULL PRIMARY KEY,
		account_key ${key} NOT NULL,
		workflow_id ${key} NOT NULL,
		node_id ${key} NOT NULL,
		node_name ${text} NOT NULL,
		is_test ${integer} NOT NULL,
		address ${text},
		owner ${key} NOT NULL,
		lease_until ${integer},
		details ${text},
		registered_at ${integer} NOT NULL,
		updated_at ${integer} NOT NULL
	)`,
	({ table }) => `CREATE INDEX listeners_account ON ${table('listeners')} (account_key)`,
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('notes')} (
		account_key ${key} NOT NULL,
		name ${key} NOT NULL,
		value ${text} NOT NULL,
		updated_at ${integer} NOT NULL,
		PRIMARY KEY (account_key, name)
	)`,
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('counters')} (
		account_key ${key} NOT NULL,
		name ${key} NOT NULL,
		count ${integer} NOT NULL,
		last_at ${integer} NOT NULL,
		last_detail ${text},
		PRIMARY KEY (account_key, name)
	)`,
];
