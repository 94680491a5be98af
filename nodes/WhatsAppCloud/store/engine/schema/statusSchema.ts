import type { SchemaStep } from './schemaStep';

/** What Meta has said of each message. */
export const statusTables: SchemaStep = [
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
