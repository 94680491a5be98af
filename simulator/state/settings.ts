import { z } from 'zod/v4';

const delayMs = z.number().min(0);

/** Everything that `/_simulator/settings` can change at run time. */
const settingsSchema = z.strictObject({
	/** Message and template references (media IDs, templates, flows, products, groups) must exist. */
	strictReferences: z.boolean(),
	/** Free-form messages more than 24 h after the customer's last one fail with 131047. */
	enforceServiceWindow: z.boolean(),
	/** Numbers without `+` are prefixed with the business number's country code, as at Meta. */
	prefixCountryCode: z.boolean(),
	/** Calls without `appsecret_proof` are refused. */
	requireAppSecretProof: z.boolean(),
	statuses: z.strictObject({
		/** Without statuses, messages stay `accepted`. */
		enabled: z.boolean(),
		/** Counted from acceptance; null: this status never comes by itself. */
		sentAfterMs: delayMs.nullable(),
		deliveredAfterMs: delayMs.nullable(),
		readAfterMs: delayMs.nullable(),
	}),
	webhooks: z.strictObject({
		/** Pause before the first retry; it doubles with each retry. */
		retryBaseMs: delayMs,
		/** Longest pause between two attempts. */
		retryMaxMs: delayMs,
		/** Number of attempts, including the first. */
		maxAttempts: z.number().int().min(1),
		/** An answer that takes longer counts as a failure. */
		timeoutMs: z.number().int().min(1),
		/** Concurrent deliveries. */
		concurrency: z.number().int().min(1),
		/** Most statuses that share a payload when due together, as at Meta under load. */
		maxStatusesPerPayload: z.number().int().min(1),
	}),
	/** Free-form messages with a category: on, not enabled (100), blocked (139200), limited (131064). */
	directSend: z.strictObject({
		utility: z.enum(['on', 'off', 'blocked', 'limited']),
		authentication: z.enum(['on', 'off', 'blocked', 'limited']),
	}),
	templates: z.strictObject({
		/** How long a review takes; null: it ends when the test says so. */
		reviewAfterMs: delayMs.nullable(),
		/** Templates that a business account may create in an hour; null: no limit. */
		creationsPerHour: z.number().int().min(0).nullable(),
		/** Templates that a business account may have (Meta: 250, or 6,000 once verified). */
		maxTemplates: z.number().int().min(0),
	}),
	limits: z.strictObject({
		/** Messages per second and phone number before 130429; null: no limit (Meta: 80). */
		messagesPerSecond: z.number().positive().nullable(),
		/** Whether 131056 limits a recipient to one message per 6 s, with bursts of 45. */
		pairLimit: z.boolean(),
		/** Groups per phone number before 131211. */
		groupsPerNumber: z.number().int().min(0),
	}),
});

export type Settings = z.infer<typeof settingsSchema>;

export function defaultSettings(): Settings {
	return {
		strictReferences: true,
		enforceServiceWindow: false,
		prefixCountryCode: true,
		requireAppSecretProof: false,
		statuses: { enabled: true, sentAfterMs: 100, deliveredAfterMs: 400, readAfterMs: 1500 },
		webhooks: {
			retryBaseMs: 1000,
			retryMaxMs: 3_600_000,
			maxAttempts: 10,
			timeoutMs: 10_000,
			concurrency: 64,
			maxStatusesPerPayload: 1,
		},
		directSend: { utility: 'on', authentication: 'on' },
		templates: { reviewAfterMs: 500, creationsPerHour: 100, maxTemplates: 250 },
		limits: { messagesPerSecond: null, pairLimit: false, groupsPerNumber: 10_000 },
	};
}

const settingsPatchSchema = z.strictObject({
	...settingsSchema.partial().shape,
	statuses: settingsSchema.shape.statuses.partial().optional(),
	webhooks: settingsSchema.shape.webhooks.partial().optional(),
	directSend: settingsSchema.shape.directSend.partial().optional(),
	templates: settingsSchema.shape.templates.partial().optional(),
	limits: settingsSchema.shape.limits.partial().optional(),
});

/** Replaces the given settings; a group may be given in part. */
export function mergeSettings(settings: Settings, patch: unknown): Settings {
	const parsed = settingsPatchSchema.parse(patch);
	return settingsSchema.parse({
		...settings,
		...parsed,
		statuses: { ...settings.statuses, ...parsed.statuses },
		webhooks: { ...settings.webhooks, ...parsed.webhooks },
		directSend: { ...settings.directSend, ...parsed.directSend },
		templates: { ...settings.templates, ...parsed.templates },
		limits: { ...settings.limits, ...parsed.limits },
	});
}
