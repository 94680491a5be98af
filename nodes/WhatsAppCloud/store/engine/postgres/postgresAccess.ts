import type { PostgresConfig } from '../../config';
import { StateProblem } from '../../stateProblem';

/**
 * What is missing or cannot be used is refused before anything is tried: left empty, the driver
 * would take it from the environment of n8n's process and show it to the server.
 *
 * @throws StateProblem `refused`, which names the field of the credential
 * @throws RangeError where the schema is no name
 */
export function requireUsable({ host, port, database, user, schema }: PostgresConfig): void {
	if (host === '') throw problem('PostgreSQL Host is empty. Enter the name of the server');
	// Whoever pastes a whole address would see its password in messages.
	if (/[@\s]|:\/\//.test(host)) {
		throw problem(
			'PostgreSQL Host must be a host name or IP address alone, without user and password',
		);
	}
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw problem('PostgreSQL Port must be 1 to 65535');
	}
	if (database === '')
		throw problem('PostgreSQL Database is empty. Enter the name of the database');
	if (user === '') throw problem('PostgreSQL User is empty. Enter the name of the user');
	if (schema !== undefined && !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
		throw new RangeError('Schema must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit');
	}
}

/**
 * The password in the one form in which the driver looks nowhere else for it. An empty one is fine
 * where the server asks for none.
 */
export function passwordOf({ password }: PostgresConfig): () => string {
	return () => {
		if (password !== '') return password;
		throw problem('PostgreSQL Password is empty, and the server asks for one. Enter it');
	};
}

const problem = (text: string): StateProblem =>
	new StateProblem('refused', `In the credential, ${text}.`);
