import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';
import { noChoiceIn, sentence } from '../values/choice';
import { FieldProblem } from '../values/problem';
import { adviceOnValue } from './fieldAdvice';
import { choiceLabel, fieldLabel } from './fieldLabel';

/** Turns a schema's first issue into a problem with its field; the advice lists the others. */
export function problemOf(
	fields: INodeProperties[],
	error: Pick<z.ZodError, 'issues'>,
): FieldProblem {
	const [first, ...others] = labelIssues(fields, error);
	const advice = first?.advice ?? 'Choose the operation again and fill in its fields.';
	const more = others.map(({ label, message }) => ` Also: "${label}" ${message}.`).join('');
	return new FieldProblem(
		first?.label ?? 'Parameters',
		first?.message ?? 'cannot be used',
		`${advice}${more}`,
	);
}

/** A schema's issues under the editor's labels, with what to do, without duplicates. */
export function labelIssues(
	fields: INodeProperties[],
	{ issues }: Pick<z.ZodError, 'issues'>,
): { label: string; message: string; advice: string }[] {
	const labelled = issues.map((issue) => {
		const choices = noChoiceIn(issue);
		const message = choices
			? sentence(choices, (value) => choiceLabel(fields, issue.path, value))
			: issue.message;
		return {
			label: fieldLabel(fields, issue.path),
			message,
			advice: adviceOnValue(issue),
		};
	});
	// Several schemas may read the same value, and each reports it.
	const texts = labelled.map(({ label, message }) => `${label} ${message}`);
	return labelled.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}
