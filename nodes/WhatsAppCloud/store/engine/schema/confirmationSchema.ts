import type { SchemaStep } from './schemaStep';

/** What triggers send by themselves and has not gone yet, whichever account it belongs to. */
export const orphanedConfirmations: SchemaStep = [
	// As a literal: a released step must not follow a constant.
	({ table }) =>
		`CREATE INDEX operations_left ON ${table('operations')} (workflow_id, node_id)
			WHERE state IN ('recorded', 'sending') AND execution_id = 'trigger'`,
];
