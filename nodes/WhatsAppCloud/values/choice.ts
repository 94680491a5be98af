import { z } from 'zod/v4';
import type { Problems } from './limits';
import { kindOf } from './words';

/** A value that is none of the choices, with what an error says of it. */
interface NoChoice {
	/** Stored values, whose labels the editor's field has. */
	choices: readonly unknown[];
	/** Ends the sentence: `, but is the text "x"`. */
	ending: string;
}

/** One of the values of a list of choices, with a clear message if an expression returns another. */
export function choiceOf<Value extends string>(choices: readonly Value[]) {
	return z.transform((value: unknown, context): Value => {
		const found = choices.find((choice) => choice === value);
		if (found !== undefined) return found;
		reportNoChoice(context, [], choices, value);
		return z.NEVER;
	});
}

/**
 * Reports a value that is none of the choices.
 *
 * @param ending of the sentence, where it is not what came instead
 */
export function reportNoChoice(
	problems: Problems,
	path: PropertyKey[],
	choices: readonly string[],
	value: unknown,
	ending = value === undefined ? '' : `, but is ${kindOf(value)}`,
): null {
	const params: NoChoice = { choices, ending };
	const message = sentence({ choices, ending }, String);
	problems.issues.push({ code: 'custom', path, message, input: value, params: { ...params } });
	return null;
}

/** The choices that a problem is about; null where it is about something else. */
export function noChoiceIn(issue: z.core.$ZodIssue): NoChoice | null {
	if (issue.code === 'invalid_value') return { choices: issue.values, ending: '' };
	const params: Partial<NoChoice> = issue.code === 'custom' ? (issue.params ?? {}) : {};
	const { choices, ending = '' } = params;
	return choices === undefined ? null : { choices, ending };
}

/** Completes the sentence that begins with the field. `labelOf` puts a stored value into words. */
export function sentence(
	{ choices, ending }: NoChoice,
	labelOf: (choice: unknown) => string,
): string {
	return `must be one of ${choices.map(labelOf).join(', ')}${ending}`;
}
