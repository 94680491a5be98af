const start = { clockMs: Date.now, runningMs: performance.now.bind(performance) };

/**
 * Lets this process believe that it is so much later than it is, for n8n and the package alike. Timers
 * that run already still end by the true time.
 *
 * @param ms since the process has started; 0: the true time again
 */
export function setLater(ms: number): void {
	Date.now = () => start.clockMs() + ms;
	// Both together: the package notices a clock that jumps.
	performance.now = () => start.runningMs() + ms;
}
