/** Whether this much time has passed since then. A clock that was set back makes everything old. */
export const hasPassed = (since: number, durationMs: number, now: number): boolean =>
	now < since || now - since >= durationMs;
