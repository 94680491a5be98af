/** What a button or row of a question carries to Meta and back. */
export type Tapped =
	| { questionId: string; step: number; option: number }
	| { questionId: string; step: number; page: number };

const pattern = /^q:([a-z0-9]+):(\d{1,3}):([op])(\d{1,3})$/;

/** At most 32 characters; Meta allows 200 in a row, 256 in a button and 128 in a template's. */
export function optionId(tapped: Tapped): string {
	const target = 'option' in tapped ? `o${tapped.option}` : `p${tapped.page}`;
	return `q:${tapped.questionId}:${tapped.step}:${target}`;
}

/** @returns null if the ID is not one of ours */
export function readOptionId(id: string | null): Tapped | null {
	const [, questionId, step, kind, index] = pattern.exec(id ?? '') ?? [];
	if (questionId === undefined) return null;
	const at = { questionId, step: Number(step) };
	return kind === 'o' ? { ...at, option: Number(index) } : { ...at, page: Number(index) };
}
