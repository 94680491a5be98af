import type { MessageResult } from '../store/reports/reportStore';

/** Names of the results, in drawing order: best first. */
export const shownResults: readonly {
	result: MessageResult;
	label: string;
	meaning: string;
}[] = [
	{ result: 'read', label: 'Read', meaning: 'Read or played by the recipient' },
	{ result: 'delivered', label: 'Delivered', meaning: 'Delivered to a device, not read yet' },
	{ result: 'sent', label: 'Sent', meaning: 'Accepted by Meta, no further status yet' },
	{ result: 'waiting', label: 'Waiting', meaning: 'Queued or being sent' },
	{
		result: 'unknown',
		label: 'Unknown',
		meaning: "Meta's answer was lost; a status may still tell",
	},
	{ result: 'failed', label: 'Failed', meaning: 'Refused by Meta, at once or later' },
	{ result: 'blocked', label: 'Blocked', meaning: 'Blocked by a rule of the workflow' },
	{
		result: 'cancelled',
		label: 'Cancelled',
		meaning: 'The execution was stopped before it was sent',
	},
];
