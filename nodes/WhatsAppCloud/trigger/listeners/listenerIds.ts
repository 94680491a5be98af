import { createHmac } from 'node:crypto';

/**
 * Where the triggers of an app find each other. Whoever can verify the same signature belongs
 * together, whatever else the credentials say.
 */
export function listenerGroup(appSecret: string): string {
	return `app:${createHmac('sha256', appSecret).update('listeners').digest('hex').slice(0, 32)}`;
}

/** The test run of a trigger listens beside its published self. */
export function listenerIdOf(workflowId: string, nodeId: string, isTest: boolean): string {
	return `${workflowId}:${nodeId}${isTest ? ':test' : ''}`;
}
