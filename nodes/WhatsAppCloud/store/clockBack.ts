import { minuteMs } from '../time/durations';

/** What is dated further in the future than this was written before the clock was set back. */
export const clockBackMs = minuteMs;
