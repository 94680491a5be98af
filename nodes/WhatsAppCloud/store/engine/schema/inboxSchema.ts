import { columnList } from '../statement';
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

const keptColumns = columnList([
	'listener_id',
	'event_id',
	'batch_id',
	'place',
	'order_key',
	'contact_key',
	'occurred_at',
	'received_at',
	'state',
	'due_at',
	'attempt',
	'owner',
	'lease_until',
	'held',
]);

/**
 * A delivery is written and erased once, so that each index costs twice. With the event first, the
 * key replaces `deliveries_event`; what is due is found in its index alone, owner included; and only
 * what waits for others is looked up by contact. SQLite cannot change a primary key: there, the table
 * is made anew.
 */
export const leanDeliveries: SchemaStep = [
	({ engine, table }) =>
		engine === 'sqlite'
			? 'ALTER TABLE deliveries RENAME TO deliveries_before'
			: `ALTER TABLE ${table('deliveries')}
				DROP CONSTRAINT deliveries_pkey, ADD PRIMARY KEY (event_id, listener_id)`,
	({ engine, table, keyed, types: { key, integer } }) =>
		engine === 'sqlite'
			? `CREATE TABLE deliveries (
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
				attempt ${integer} NOT NULL,
				owner ${key} NOT NULL,
				lease_until ${integer} NOT NULL,
				held ${integer} NOT NULL DEFAULT 0,
				PRIMARY KEY (event_id, listener_id)
			)${keyed}`
			: `DROP INDEX ${table('deliveries')}_event`,
	({ engine, table }) =>
		engine === 'sqlite'
			? `INSERT INTO deliveries (${keptColumns}) SELECT ${keptColumns} FROM deliveries_before`
			: `DROP INDEX ${table('deliveries')}_due`,
	({ engine, table }) =>
		engine === 'sqlite'
			? 'DROP TABLE deliveries_before'
			: `DROP INDEX ${table('deliveries')}_contact`,
	({ table }) => `CREATE INDEX deliveries_due
		ON ${table('deliveries')} (listener_id, state, owner, due_at)`,
	({ engine }) =>
		engine === 'sqlite'
			? 'CREATE INDEX deliveries_batch ON deliveries (batch_id)'
			: 'SELECT 1 AS n',
	({ table }) => `CREATE INDEX deliveries_held
		ON ${table('deliveries')} (listener_id, contact_key, state) WHERE held = 1`,
];
