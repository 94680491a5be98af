/**
 * Statuses, furthest first. A further one implies those after it, which may arrive late or never;
 * `failed` counts only if the message was not delivered after all.
 */
export const rankedStatuses = ['played', 'read', 'delivered', 'failed', 'sent'] as const;

/** Statuses with a time of their own. */
export type KnownStatus = (typeof rankedStatuses)[number];

/** The furthest status with a time; null if there is none. */
export const furthestOf = (
	times: Readonly<Record<`${KnownStatus}At`, number | null>>,
): KnownStatus | null => rankedStatuses.find((status) => times[`${status}At`] !== null) ?? null;

/** SQL condition: the status of a message `m`, or one further up, has arrived. */
export const hasReached = (status: KnownStatus): string =>
	`(${rankedStatuses
		.slice(0, rankedStatuses.indexOf(status) + 1)
		.map((each) => `m.${each}_at IS NOT NULL`)
		.join(' OR ')})`;

/** SQL condition: Meta accepted a message `m` but then failed to deliver it. */
export const hasFailed = `(m.failed_at IS NOT NULL AND NOT ${hasReached('delivered')})`;
