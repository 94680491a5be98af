import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Files of a certificate that is its own authority. */
interface Certificate {
	keyFile: string;
	certFile: string;
}

/**
 * Makes a certificate for Meta's Graph host, valid for a day, that only this benchmark's n8n is
 * told to trust. Needs the openssl command.
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
	const keyFile = join(folder, 'graph.key');
	const certFile = join(folder, 'graph.crt');
	await promisify(execFile)('openssl', [
		...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
		...['-subj', '/CN=graph.facebook.com'],
		...['-addext', 'subjectAltName=DNS:graph.facebook.com,DNS:lookaside.fbsbx.com'],
		...['-keyout', keyFile, '-out', certFile],
	]);
	return { keyFile, certFile };
}
