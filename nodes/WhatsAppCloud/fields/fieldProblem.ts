import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { noChoiceIn, sentence } from '../values/choice';

/** A value of the editor cannot be used. */
export class FieldProblem extends Error {
	override name = 'FieldProblem';
	readonly advice: string;

	/**
	 * @param field display name, with its parents: `Buttons › Button 2 › Title`
	 * @param problem completes the sentence: `is empty`
	 * @param advice what to do next
	 */
	constructor(field: string, problem: string, advice: string) {
		super(`"${field}" ${problem}`);
		this.advice = advice;
	}
}

/** Turns what a schema found into the words of the editor. */
export function fieldProblem(
	fields: INodeProperties[],
	error: Pick<z.ZodError, 'issues'>,
): FieldProblem {
	const [first, ...others] = problemsInWords(fields, error);
	const more = others.map(({ label, message }) => `"${label}" ${message}.`).join(' ');
	return new FieldProblem(
		first?.label ?? 'Parameters',
		first?.message ?? 'cannot be used',
		more === '' ? 'Correct the value of this field.' : `Correct this field. Also: ${more}`,
	);
}

/** What is wrong with which field, in the words of the editor, each once. */
export function problemsInWords(
	fields: INodeProperties[],
	{ issues }: Pick<z.ZodError, 'issues'>,
): { label: string; message: string }[] {
	const told = issues.map((issue) => {
		const choices = noChoiceIn(issue);
		const message = choices
			? sentence(choices, (value) => choiceLabel(fieldsAt(fields, issue.path), value))
			: issue.message;
		return { label: fieldLabel(fields, issue.path), message };
	});
	// A value that several schemas read is refused by each of them.
	const texts = told.map(({ label, message }) => `${label} ${message}`);
	return told.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

/** `Draft (draft)`: what the editor lists, and what an expression has to give for it. */
function choiceLabel(fields: readonly NamedField[], value: unknown): string {
	const option = fields
		.flatMap(({ options = [] }) => options)
		.find((each): each is { name: string } => isChoice(each) && each.value === value);
	return option === undefined ? String(value) : `${option.name} (${String(value)})`;
}

const isChoice = (option: unknown): option is { name: unknown; value: unknown } =>
	typeof option === 'object' && option !== null && 'value' in option && 'name' in option;

/** `['buttons', 1, 'title']` → `Buttons › Button 2 › Title`, as the editor shows it. */
export function fieldLabel(fields: INodeProperties[], path: readonly PropertyKey[]): string {
	const labels: string[] = [];
	walk(fields, path, (segment, [field]) => {
		if (typeof segment === 'number') {
			// The rows of a list are one level deeper in the editor; it counts them from 1.
			const name = field?.values === undefined ? labels.pop() : field.displayName;
			labels.push(`${name ?? ''} ${segment + 1}`);
			return;
		}
		const label = field?.displayName ?? String(segment);
		// The only row of a collection often bears the name of the collection; the editor says it once.
		if (label !== labels.at(-1)) labels.push(label);
	});
	return labels.join(' › ');
}

/** The fields of this place: several where a name means another field for another choice. */
function fieldsAt(fields: INodeProperties[], path: readonly PropertyKey[]): readonly NamedField[] {
	let found: readonly NamedField[] = [];
	walk(fields, path, (_, here) => (found = here));
	return found;
}

/** Goes down a path, from the outermost parameter to the value. */
function walk(
	fields: INodeProperties[],
	path: readonly PropertyKey[],
	visit: (segment: PropertyKey, here: readonly NamedField[]) => void,
): void {
	let level: readonly NamedField[] = fields;
	let found: readonly NamedField[] = [];
	for (const segment of path) {
		if (typeof segment === 'number') {
			const rows = level.filter(({ values }) => values !== undefined);
			visit(segment, rows.length > 0 ? rows : found);
			if (rows.length > 0) level = rows.flatMap(childrenOf);
			continue;
		}
		found = level.filter((field) => field.name === segment);
		visit(segment, found);
		level = found.flatMap(childrenOf);
	}
}

interface NamedField {
	name: string;
	displayName: string;
	options?: readonly unknown[] | undefined;
	values?: readonly NamedField[] | undefined;
}

function childrenOf(field: NamedField | undefined): readonly NamedField[] {
	return (field?.values ?? field?.options ?? []).filter(
		(option): option is NamedField =>
			typeof option === 'object' && option !== null && 'name' in option && 'displayName' in option,
	);
}
