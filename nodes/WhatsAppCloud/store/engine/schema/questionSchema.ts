import type { SchemaStep } from './schemaStep';

/**
 * Executions that wait for answers, and what they have asked. A contact has one question at a time
 * that it can answer.
 */
export const questionTables: SchemaStep = [
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('waits')} (
		wait_id ${key} NOT NULL PRIMARY KEY,
		app_key ${key} NOT NULL,
		workflow_id ${key} NOT NULL,
		execution_id ${key} NOT NULL,
		node_id ${key} NOT NULL,
		node_name ${text} NOT NULL,
		resume_url ${text} NOT NULL,
		content ${text} NOT NULL,
		state ${key} NOT NULL,
		due_at ${integer},
		calls ${integer} NOT NULL,
		called_until ${integer} NOT NULL,
		owner ${key} NOT NULL,
		held_until ${integer} NOT NULL,
		created_at ${integer} NOT NULL,
		updated_at ${integer} NOT NULL
	)`,
	({ table }) =>
		`CREATE INDEX waits_due ON ${table('waits')} (app_key, due_at) WHERE due_at IS NOT NULL`,
	({ table, types: { key, text, integer } }) => `CREATE TABLE ${table('questions')} (
		question_id ${key} NOT NULL PRIMARY KEY,
		wait_id ${key} NOT NULL,
		account_key ${key} NOT NULL,
		phone_number_id ${key} NOT NULL,
		person_key ${key} NOT NULL,
		item_index ${integer} NOT NULL,
		place ${integer} NOT NULL,
		content ${text} NOT NULL,
		state ${key} NOT NULL,
		step ${integer} NOT NULL,
		attempts ${integer} NOT NULL,
		is_reminded ${integer} NOT NULL,
		message_id ${key},
		asked_at ${integer},
		expires_at ${integer},
		remind_at ${integer},
		closed_at ${integer},
		progress ${text} NOT NULL,
		created_at ${integer} NOT NULL
	)`,
	({ table }) => `CREATE UNIQUE INDEX questions_turn ON ${table('questions')}
		(account_key, phone_number_id, person_key) WHERE state IN ('asking', 'open')`,
	({ table }) =>
		`CREATE INDEX questions_person ON ${table('questions')} (account_key, person_key, state)`,
	({ table }) => `CREATE INDEX questions_wait ON ${table('questions')} (wait_id)`,
	({ table }) =>
		`CREATE INDEX questions_created ON ${table('questions')} (account_key, created_at, question_id)`,
];

/** An execution's waits, to end what its node has waited for before. */
export const waitsOfExecution: SchemaStep = [
	({ table }) =>
		`CREATE INDEX waits_execution ON ${table('waits')} (execution_id) WHERE state <> 'ended'`,
];
