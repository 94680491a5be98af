import { performance } from 'node:perf_hooks';

/** On a screen, one line is rewritten; a log file gets a line now and then, to stay readable. */
const SCREEN_INTERVAL_MS = 1_000;
const LOG_INTERVAL_MS = 15_000;

interface Step {
	/** Ends the step with a tick and its duration; `remark` follows the label. */
	done(remark?: string): void;
	failed(): void;
}

export interface Progress {
	/**
	 * Shows that a step has started, and how long it has been running.
	 *
	 * @param detail what to show beside the time, called at each refresh
	 */
	step(label: string, detail?: () => string | Promise<string>): Step;
	note(text: string): void;
}

/** Milliseconds in readable form: `850 ms`, `12 s`, `2 min 5 s`. */
export function readableDuration(ms: number): string {
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Bytes in readable form: `820 MB`, `2.6 GB`. */
export function readableSize(bytes: number): string {
	const megabytes = bytes / 1_000_000;
	return megabytes < 1_000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1_000).toFixed(1)} GB`;
}

/** Progress on a terminal or in a log file. */
export function createProgress(out: NodeJS.WriteStream): Progress {
	const isScreen = out.isTTY;

	return {
		note(text) {
			out.write(`  ${text}\n`);
		},
		step(label, detail) {
			const startedAt = performance.now();
			const elapsed = () => readableDuration(performance.now() - startedAt);
			let ended = false;
			const show = async () => {
				const extra = detail === undefined ? '' : await detail();
				if (ended) return;
				const line = `… ${label} ${elapsed()}${extra === '' ? '' : `, ${extra}`}`;
				out.write(isScreen ? `\r\x1b[2K${line.slice(0, out.columns - 1)}` : `${line}\n`);
			};
			if (isScreen) out.write(`… ${label}`);
			const timer = setInterval(() => void show(), isScreen ? SCREEN_INTERVAL_MS : LOG_INTERVAL_MS);
			const end = (sign: string, remark: string) => {
				ended = true;
				clearInterval(timer);
				out.write(`${isScreen ? '\r\x1b[2K' : ''}${sign} ${label}${remark} (${elapsed()})\n`);
			};
			return {
				done: (remark) => end('✔', remark === undefined ? '' : `: ${remark}`),
				failed: () => end('✘', ''),
			};
		},
	};
}

/** Shows nothing; for tests. */
export const silentProgress: Progress = {
	note: () => undefined,
	step: () => ({ done: () => undefined, failed: () => undefined }),
};
