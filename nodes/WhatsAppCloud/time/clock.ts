/** The time, as an argument: tests move it. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Since when it is known to have kept going; left out: always. */
	steadySince?(): number;
	/** Ends early when the signal is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
