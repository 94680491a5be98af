import type { MessageResult } from '../store/reports/reportStore';

/** Names of the results, in drawing order: best first. */
export const shownResults: readonly {
	result: MessageResult;
	label: string;
	meaning: string;
}[] = [
	{ result: 'read', label: 'Read', meaning: 'Read or played by the recipient' },
	{ result: 'delivered', label: 'Delivered', meaning: 'Arrived on a device, not read yet' },
	{ result: 'sent', label: 'Sent', meaning: 'Accepted by Meta, nothing heard since' },
	{ result: 'waiting', label: 'Waiting', meaning: 'Recorded or being sent' },
	{ result: 'unknown', label: 'Unknown', meaning: 'The answer was lost; a status settles it' },
	{ result: 'failed', label: 'Failed', meaning: 'Refused by Meta, at once or later' },
	{ result: 'blocked', label: 'Blocked', meaning: 'Held back by the policy of the workflow' },
	{ result: 'cancelled', label: 'Cancelled', meaning: 'The execution was stopped before' },
];
