import { createHmac } from 'node:crypto';

import { remembered } from '../settings/remembered';

/**
 * The group in which an app's triggers find each other. All that can verify the same signature
 * belong together, whatever else their credentials say.
 */
export const listenerGroup = remembered(
	(appSecret) =>
		`app:${createHmac('sha256', appSecret).update('listeners').digest('hex').slice(0, 32)}`,
);

/** A trigger's test run listens alongside its published version. */
export function listenerIdOf(workflowId: string, nodeId: string, isTest: boolean): string {
	return `${workflowId}:${nodeId}${isTest ? ':test' : ''}`;
}
