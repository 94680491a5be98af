import { z } from 'zod/v4';

/** Parts of a number that Meta changes, not the business. */
export const numberParts = {
	isRegistered: z.boolean(),
	isVerified: z.boolean(),
	pin: z.string().nullable(),
	nameStatus: z.string(),
	newDisplayName: z.string().nullable(),
	newNameStatus: z.string(),
	throughput: z.string(),
	messagingLimit: z.string(),
	usernameStatus: z.enum(['approved', 'reserved']),
	health: z.strictObject({
		canSend: z.enum(['AVAILABLE', 'LIMITED', 'BLOCKED']),
		errors: z.array(z.record(z.string(), z.unknown())).default([]),
		additionalInfo: z.array(z.string()).default([]),
	}),
	calls: z.array(
		z.strictObject({
			direction: z.enum(['BUSINESS_INITIATED', 'USER_INITIATED']),
			customer: z.string(),
			startedAt: z.number().int(),
			durationSeconds: z.number().min(0),
			cost: z.number().min(0).default(0),
		}),
	),
};
