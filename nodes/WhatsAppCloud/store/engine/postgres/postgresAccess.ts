import type { PostgresConfig } from '../../config';
import { StateProblem } from '../../stateProblem';

/**
 * Rejects missing or unusable settings before trying anything: the driver would fill an empty one
 * from the environment of n8n's process and send it to the server.
 *
 * @throws StateProblem `refused`, naming the field in the credential
 * @throws RangeError if the schema is not a valid name
 */
export function requireUsable({ host, port, database, user, schema }: PostgresConfig): void {
	if (host === '') throw problem('PostgreSQL Host is empty. Enter the name of the server');
	// If someone pastes a whole URL, messages would show its password.
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
 * Returns the password as a function, the one form that keeps the driver from looking elsewhere. An
 * empty password is fine if the server asks for none.
 */
export function passwordOf({ password }: PostgresConfig): () => string {
	return () => {
		if (password !== '') return password;
		throw problem('PostgreSQL Password is empty, and the server asks for one. Enter it');
	};
}

const problem = (text: string): StateProblem =>
	new StateProblem('refused', `In the credential, ${text}.`);
