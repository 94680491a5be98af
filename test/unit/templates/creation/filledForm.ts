import type { z } from 'zod/v4';
import { checkDefinition } from '../../../../nodes/WhatsAppCloud/templates/creation/checkDefinition';
import type { Category } from '../../../../nodes/WhatsAppCloud/templates/creation/definition';
import {
	definitionFields,
	readForm,
} from '../../../../nodes/WhatsAppCloud/templates/creation/definitionForm';
import { complainAt } from '../../../../nodes/WhatsAppCloud/templates/creation/locate';
import { labelIssues } from '../../../../nodes/WhatsAppCloud/fields/issues';
import { definition } from './definitions';

/** What the form makes, or what is wrong with it under the editor's labels. */
export function filled(values: Record<string, unknown>, category: Category = 'UTILITY') {
	const problems: { issues: z.core.$ZodRawIssue[] } = { issues: [] };
	const form = readForm(values, category, problems);
	if (form !== null) {
		const { components, format } = form;
		checkDefinition(
			definition({ category, components, parameter_format: format }),
			complainAt(problems, form.locate),
		);
	}
	const issues = problems.issues.map((issue) => ({
		...issue,
		code: 'custom' as const,
		path: issue.path ?? [],
		message: issue.message ?? '',
	}));
	const labelled = labelIssues(definitionFields, { issues });
	return {
		form: form && { components: form.components, format: form.format },
		problems: labelled.map(({ label, message }) => `${label} ${message}`),
	};
}
