import { z } from 'zod/v4';
import { type Problems, step } from './schema/singleStep';
import { kindOf, type Fault } from './words';

/** What an error says about a value that is not one of the choices. */
interface NoChoice {
	/** The stored values; the editor's field has their labels. */
	choices: readonly unknown[];
	/** Ends the sentence: `, but is the text "x"`. */
	ending: string;
}

/** One of a list of choices, with a clear message if an expression returns anything else. */
export function choiceOf<Value extends string>(choices: readonly Value[]) {
	return step((value, context): Value => {
		const found = choices.find((choice) => choice === value);
		if (found !== undefined) return found;
		reportNoChoice(context, [], choices, value);
		return z.NEVER;
	});
}

/**
 * Reports a value that is not one of the choices.
 *
 * @param ending end of the sentence; by default, it says what was given instead
 */
export function reportNoChoice(
	problems: Problems,
	path: PropertyKey[],
	choices: readonly string[],
	value: unknown,
	ending = value === undefined ? '' : `, but is ${kindOf(value)}`,
): null {
	const params: NoChoice = { choices, ending };
	const fault: Fault = 'noChoice';
	const message = sentence({ choices, ending }, String);
	problems.issues.push({
		code: 'custom',
		path,
		message,
		input: value,
		params: { ...params, fault },
	});
	return null;
}

/** The choices a problem is about; null if it is about something else. */
export function noChoiceIn(issue: z.core.$ZodIssue): NoChoice | null {
	if (issue.code === 'invalid_value') return { choices: issue.values, ending: '' };
	const params: Partial<NoChoice> = issue.code === 'custom' ? (issue.params ?? {}) : {};
	const { choices, ending = '' } = params;
	return choices === undefined ? null : { choices, ending };
}

/** Completes a sentence that begins with the field. `labelOf` names a stored value. */
export function sentence(
	{ choices, ending }: NoChoice,
	labelOf: (choice: unknown) => string,
): string {
	return `must be one of ${choices.map(labelOf).join(', ')}${ending}`;
}
