/**
 * What an error means for the user: what happened, as a sentence without its full stop, and what to
 * do next, as whole sentences.
 */
export type Advice = readonly [problem: string, next: string];

/** Advice by Meta's code. */
export type AdviceByCode = readonly (readonly [code: number, ...advice: Advice])[];

/** Both parts in one text. */
export const textOf = ([problem, next]: Advice): string => `${problem}. ${next}`;
