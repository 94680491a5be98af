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
