import { createHmac } from 'node:crypto';

/** The verify token of the credential, or one that nobody can guess and every process finds. */
export function verifyTokenFor(verifyToken: string, appSecret: string): string {
	if (verifyToken !== '' || appSecret === '') return verifyToken;
	return createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
}
