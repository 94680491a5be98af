/** The time, passed as an argument so that tests can control it. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** The time since which it is known to have run steadily; omitted: always. */
	steadySince?(): number;
	/** Whether it has jumped while this process ran; omitted: never. */
	hasJumped?(): boolean;
	/** Ends early when the signal is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
