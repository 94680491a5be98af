import type { SchemaStep } from './schemaStep';

/** The outbox, who holds what, how fast each number sends, and what the state says of itself. */
export const operationTables: SchemaStep = [
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('operations')} (
		operation_id ${key} NOT NULL PRIMARY KEY,
		account_key ${key} NOT NULL,
		workflow_id ${key} NOT NULL,
		execution_id ${key} NOT NULL,
		node_id ${key} NOT NULL,
		node_name ${text} NOT NULL,
		run_index ${integer} NOT NULL,
		item_index ${integer} NOT NULL,
		part ${integer} NOT NULL,
		fingerprint ${key} NOT NULL,
		payload_hash ${key} NOT NULL,
		phone_number_id ${key} NOT NULL,
		recipient_key ${key} NOT NULL,
		campaign ${key},
		body ${text},
		expires_at ${integer} NOT NULL,
		state ${key} NOT NULL,
		message_id ${key},
		attempts ${integer} NOT NULL,
		duplicates ${integer} NOT NULL,
		error_code ${integer},
		error_class ${text},
		error_message ${text},
		http_status ${integer},
		fbtrace_id ${text},
		latency_ms ${integer},
		token_slot ${text},
		created_at ${integer} NOT NULL,
		sent_at ${integer},
		updated_at ${integer} NOT NULL,
		lease_owner ${key},
		claim_id ${key} NOT NULL
	)`,
	({ table }) =>
		`CREATE INDEX operations_created ON ${table('operations')} (account_key, created_at, operation_id)`,
	({ table }) => `CREATE INDEX operations_fingerprint ON ${table('operations')} (fingerprint)`,
	({ table }) =>
		`CREATE INDEX operations_message ON ${table('operations')} (message_id) WHERE message_id IS NOT NULL`,
	({
		table,
	}) => `CREATE INDEX operations_open ON ${table('operations')} (account_key, state, created_at)
		WHERE state IN ('recorded', 'sending', 'unknown')`,
	({ table, types: { key, integer } }) => `CREATE TABLE ${table('leases')} (
		owner ${key} NOT NULL PRIMARY KEY,
		lease_until ${integer} NOT NULL
	)`,
	({ table, types: { key, real } }) => `CREATE TABLE ${table('buckets')} (
		bucket_key ${key} NOT NULL PRIMARY KEY,
		full_at ${real} NOT NULL,
		paused_until ${real} NOT NULL,
		share ${real} NOT NULL,
		share_at ${real} NOT NULL,
		recover_ms ${real} NOT NULL,
		quiet_until ${real} NOT NULL,
		clock ${real} NOT NULL
	)`,
	({ table }) => `CREATE INDEX buckets_clock ON ${table('buckets')} (clock)`,
	({ table, types: { key, text } }) => `CREATE TABLE ${table('meta')} (
		name ${key} NOT NULL PRIMARY KEY,
		value ${text} NOT NULL
	)`,
];

/** Tells executions with the same number apart, and identifies a retried one. */
export const executionTimes: SchemaStep = [
	({ table, types: { integer } }) =>
		`ALTER TABLE ${table('operations')} ADD COLUMN execution_began ${integer}`,
];
