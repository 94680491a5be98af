import { ofTrigger } from '../../outbox/outboxEntry';
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

/** What triggers send by themselves and has not gone yet, whichever account it belongs to. */
export const confirmationsLeft: SchemaStep = [
	({ table }) =>
		`CREATE INDEX operations_left ON ${table('operations')} (workflow_id, node_id)
			WHERE state IN ('recorded', 'sending') AND execution_id = '${ofTrigger}'`,
];
