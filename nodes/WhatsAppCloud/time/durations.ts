/** Durations in milliseconds. A day here is 24 hours; luxon handles calendar days. */
export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
