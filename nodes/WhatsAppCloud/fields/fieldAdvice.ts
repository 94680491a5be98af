import type { z } from 'zod/v4';

/** What to do about a problem, by how its sentence goes; the first that fits. */
const adviceBySentence: readonly (readonly [RegExp, string])[] = [
	[/^is (empty|required)/, 'Fill it in. If an expression stands here, the item lacks that value.'],
	[/at most .* characters/, 'Shorten it.'],
	[/at most .* (entries|links)/, 'Remove some, or send several messages.'],
	[/^needs at least/, 'Add what is missing.'],
	[/at most/, 'Enter a smaller value.'],
	[/at least|below zero/, 'Enter a larger value.'],
	[
		/^must be one of/,
		'Pick one in the panel; an expression has to return one of the values in brackets.',
	],
	[/^is not known here/, 'Remove it, or use one of the names above.'],
	[/JSON/, 'Correct the JSON at this place; an expression in it has to return valid JSON.'],
	[
		/but is (the (number|boolean|text)|an? |null|nothing|NaN)/,
		'Change the expression, or the value that it reads, so that it returns that kind of value.',
	],
	[/but is/, 'Enter it in that form.'],
	[/both given/, 'Empty one of the two.'],
	[/; /, 'Change it as the message says, here or in the expression that returns it.'],
];

/**
 * What to do about a value that cannot be used. The schema may say it itself, as `advice` among the
 * issue's `params`.
 */
export function adviceOnValue(issue: z.core.$ZodIssue, message: string): string {
	const params: unknown = issue.code === 'custom' ? issue.params?.['advice'] : undefined;
	if (typeof params === 'string') return params;
	return (
		adviceBySentence.find(([sentence]) => sentence.test(message))?.[1] ??
		'Open this field in the panel and enter it again, or correct the expression that returns it.'
	);
}
