import { errorOf } from './unknown';

/** Something the user can fix. The message says what is wrong and never contains a secret. */
export class Problem extends Error {
	override name = 'Problem';
	/** What to do next, in one or two sentences. */
	readonly advice: string;

	constructor(message: string, advice: string) {
		super(message);
		this.advice = advice;
	}
}

/** A field's value cannot be used. */
export class FieldProblem extends Problem {
	override name = 'FieldProblem';
	/** The message without the field. */
	readonly problem: string;
	private readonly field: string;

	/**
	 * @param field display name, with its parents: `Buttons › Button 2 › Title`
	 * @param problem completes the sentence: `is empty`
	 * @param advice what to do next
	 */
	constructor(field: string, problem: string, advice: string) {
		super(`"${field}" ${problem}`, advice);
		this.field = field;
		this.problem = problem;
	}

	/** The same problem of another field. */
	of(field: string): FieldProblem {
		return new FieldProblem(field, this.problem, this.advice);
	}

	/** The same problem with other advice. */
	withAdvice(advice: string): FieldProblem {
		return new FieldProblem(this.field, this.problem, advice);
	}
}

/**
 * Reads a value under the label of the field that it comes from, whatever the reader calls it.
 *
 * @throws FieldProblem with that label
 */
export function underField<Value>(field: string, read: () => Value): Value {
	let thrown: unknown;
	try {
		return read();
	} catch (error) {
		thrown = error;
	}
	throw thrown instanceof FieldProblem ? thrown.of(field) : errorOf(thrown);
}
