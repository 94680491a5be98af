import type { CallAnswer } from './questionLoop';

/** What the node answers to a call, by itself or after this prefix. */
const nodeAnswers = ['waiting', 'taken', 'over', 'busy'] as const;
export const problemPrefix = 'problem: ';

/**
 * What n8n says itself, before it asks the node or instead of it. It has no codes for these cases, so
 * the words have to do; anything else, such as the page of a proxy, is a problem and tried again.
 */
const hostAnswers: readonly { status: number; words: RegExp; answer: CallAnswer }[] = [
	{ status: 200, words: /<title>No action required/i, answer: 'over' },
	{ status: 404, words: /execution .* does not exist/, answer: 'over' },
	{ status: 404, words: /cannot find workflow/i, answer: 'over' },
	{ status: 404, words: /does not contain a waiting webhook/, answer: 'over' },
	{ status: 404, words: /could not find node/i, answer: 'over' },
	{ status: 409, words: /is running already/, answer: 'busy' },
	{ status: 409, words: /has finished/, answer: 'over' },
	{ status: 500, words: /already being resumed/, answer: 'taken' },
];

/**
 * Reads what came back from a resume address.
 *
 * @returns null if it was not n8n, or none of the answers that it is known to give
 */
export function readResumeAnswer({
	status,
	text,
}: {
	status: number;
	text: string;
}): CallAnswer | null {
	if (status === 200) {
		const known = nodeAnswers.find((each) => each === text);
		if (known !== undefined) return known;
		if (text.startsWith(problemPrefix)) return { problem: text.slice(problemPrefix.length) };
	}
	return (
		hostAnswers.find((each) => each.status === status && each.words.test(text))?.answer ?? null
	);
}
