/** One question about the way from Meta to the workflow. */
export interface Check {
	check: string;
	/** `null`: unknown. */
	ok: boolean | null;
	/** What was found. */
	finding: string;
	/** What to do; empty if there is nothing to do. */
	advice: string;
}

/** How often something happened to webhooks, as counted by the triggers. */
export interface Counter {
	count: number;
	lastAt: string;
	/** What happened, or why. */
	reason: string;
	/** The trigger it happened to; `null` if it concerns all. */
	listenerId: string | null;
}

export const good = (check: string, finding: string): Check => ({
	check,
	ok: true,
	finding,
	advice: '',
});
export const bad = (check: string, finding: string, advice: string): Check => ({
	check,
	ok: false,
	finding,
	advice,
});
export const unknown = (check: string, finding: string, advice = ''): Check => ({
	check,
	ok: null,
	finding,
	advice,
});
