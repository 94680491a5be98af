import { consentTrail } from './schema/consentSchema';
import { forwardOrder, forwardTable } from './schema/forwardSchema';
import { confirmationsLeft, contactRules } from './schema/outboxRulesSchema';
import { questionTables, waitsOfExecution } from './schema/questionSchema';
import type { SchemaStep } from './schema/schemaStep';
import { textTable } from './schema/textSchema';

const operationTables: SchemaStep = [
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

const statusTables: SchemaStep = [
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('messages')} (
		message_id ${key} NOT NULL PRIMARY KEY,
		account_key ${key} NOT NULL,
		operation_id ${key},
		phone_number_id ${key},
		recipient_key ${key},
		sent_at ${integer},
		delivered_at ${integer},
		read_at ${integer},
		played_at ${integer},
		failed_at ${integer},
		other_status ${text},
		other_at ${integer},
		error_code ${integer},
		error_title ${text},
		pricing_category ${text},
		pricing_type ${text},
		billable ${integer},
		first_at ${integer} NOT NULL,
		updated_at ${integer} NOT NULL
	)`,
	({ table }) => `CREATE INDEX messages_first ON ${table('messages')} (account_key, first_at)`,
];

const inboundTables: SchemaStep = [
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

/** Tells executions with the same number apart, and identifies a retried one. */
const executionTimes: SchemaStep = [
	({ table, types: { integer } }) =>
		`ALTER TABLE ${table('operations')} ADD COLUMN execution_began ${integer}`,
];

/**
 * What has arrived and has not started its workflows yet: each event once, and a row for each
 * trigger that chose it.
 */
const inboxTables: SchemaStep = [
	({ table, keyed, types: { key, text, integer } }) => `CREATE TABLE ${table('inbox_events')} (
		event_id ${key} NOT NULL PRIMARY KEY,
		account_key ${key} NOT NULL,
		received_at ${integer} NOT NULL,
		content ${text} NOT NULL
	)${keyed}`,
	({ table, keyed, types: { key, integer } }) => `CREATE TABLE ${table('deliveries')} (
		listener_id ${key} NOT NULL,
		event_id ${key} NOT NULL,
		batch_id ${key} NOT NULL,
		place ${integer} NOT NULL,
		order_key ${key} NOT NULL,
		contact_key ${key},
		occurred_at ${integer} NOT NULL,
		received_at ${integer} NOT NULL,
		state ${key} NOT NULL,
		due_at ${integer} NOT NULL,
		emissions ${integer} NOT NULL,
		attempt ${integer} NOT NULL,
		owner ${key} NOT NULL,
		lease_until ${integer} NOT NULL,
		PRIMARY KEY (listener_id, event_id)
	)${keyed}`,
	({ table }) =>
		`CREATE INDEX deliveries_due ON ${table('deliveries')} (listener_id, state, due_at)`,
	({ table }) => `CREATE INDEX deliveries_batch ON ${table('deliveries')} (batch_id)`,
	({ table }) => `CREATE INDEX deliveries_event ON ${table('deliveries')} (event_id)`,
];

/** Events that wait for others of the same contact. */
const heldDeliveries: SchemaStep = [
	({ table, types: { integer } }) =>
		`ALTER TABLE ${table('deliveries')} ADD COLUMN held ${integer} NOT NULL DEFAULT 0`,
	({ table }) =>
		`CREATE INDEX deliveries_contact ON ${table('deliveries')} (listener_id, contact_key, state)`,
];

/** Nobody needs to know any more how often a delivery was emitted. */
const withoutEmissions: SchemaStep = [
	({ table }) => `ALTER TABLE ${table('deliveries')} DROP COLUMN emissions`,
];

/**
 * The schema, step by step: the number of steps done is the version. Never change a released step;
 * add a new one.
 */
export const migrations: readonly SchemaStep[] = [
	[...operationTables, ...statusTables, ...inboundTables],
	executionTimes,
	inboxTables,
	heldDeliveries,
	questionTables,
	withoutEmissions,
	waitsOfExecution,
	consentTrail,
	contactRules,
	forwardTable,
	textTable,
	forwardOrder,
	confirmationsLeft,
];
