import type { KnownListener } from '../listeners/knownListeners';

/** A test run is over within minutes; more of them never listen at once. */
const MAX_REMEMBERED = 100;

/**
 * Which test runs this process has called. The editor waits for one webhook, but n8n listens on for
 * a moment, and would start an execution for each that comes meanwhile.
 */
export class TestRunCalls {
	private readonly called = new Set<string>();

	/** @returns whether it may be called: nobody has, or it did not answer */
	begin(testRun: KnownListener): boolean {
		const key = keyOf(testRun);
		if (this.called.has(key)) return false;
		this.called.add(key);
		const [oldest] = this.called;
		if (this.called.size > MAX_REMEMBERED && oldest !== undefined) this.called.delete(oldest);
		return true;
	}

	/** It did not answer: the next webhook may call it. */
	failed(testRun: KnownListener): void {
		this.called.delete(keyOf(testRun));
	}
}

const keyOf = ({ listenerId, about }: KnownListener): string => `${listenerId} ${about.session}`;
