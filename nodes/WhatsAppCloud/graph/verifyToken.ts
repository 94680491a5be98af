import { createHmac } from 'node:crypto';

/** The credential's verify token, or an unguessable one that every process can derive. */
export function verifyTokenFor(verifyToken: string, appSecret: string): string {
	if (verifyToken !== '' || appSecret === '') return verifyToken;
	return createHmac('sha256', appSecret).update('webhook verify token').digest('hex');
}
