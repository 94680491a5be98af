import type { SchemaStep } from './schemaStep';

/**
 * What has arrived and has not started its workflows yet: each event once, and a row for each
 * trigger that chose it.
 */
export const inboxTables: SchemaStep = [
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
export const heldDeliveries: SchemaStep = [
	({ table, types: { integer } }) =>
		`ALTER TABLE ${table('deliveries')} ADD COLUMN held ${integer} NOT NULL DEFAULT 0`,
	({ table }) =>
		`CREATE INDEX deliveries_contact ON ${table('deliveries')} (listener_id, contact_key, state)`,
];

/** Nobody needs to know any more how often a delivery was emitted. */
export const withoutEmissions: SchemaStep = [
	({ table }) => `ALTER TABLE ${table('deliveries')} DROP COLUMN emissions`,
];
