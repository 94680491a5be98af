import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Files of a self-signed certificate. */
export interface Certificate {
	keyFile: string;
	certFile: string;
}

/**
 * Makes a certificate, valid for a day, that nobody trusts unless told to. Needs the openssl
 * command.
 *
 * @param names as `subjectAltName` writes them, such as `DNS:graph.facebook.com`
 */
export async function makeCertificate(
	folder: string,
	names: readonly string[],
): Promise<Certificate> {
	const keyFile = join(folder, 'graph.key');
	const certFile = join(folder, 'graph.crt');
	await promisify(execFile)('openssl', [
		...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
		...['-subj', '/CN=test'],
		...['-addext', `subjectAltName=${names.join(',')}`],
		...['-keyout', keyFile, '-out', certFile],
	]);
	return { keyFile, certFile };
}
