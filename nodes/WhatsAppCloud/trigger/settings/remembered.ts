/** Texts whose results a function keeps at most. */
const MOST_KEPT = 100;

/**
 * Keeps what a function has made of the texts that it got last, so that the same text costs nothing
 * again. Only for functions whose result nobody changes; what it throws is not kept.
 */
export function remembered<Result>(make: (text: string) => Result): (text: string) => Result {
	const kept = new Map<string, { result: Result }>();
	return (text) => {
		const known = kept.get(text);
		if (known !== undefined) return known.result;
		const result = make(text);
		kept.set(text, { result });
		const [oldest] = kept.keys();
		if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
		return result;
	};
}
