import { inputsOf } from './inputs';
import type { TemplateStructure } from './structure';
import type { TemplateInput } from './templateInput';
import { textsOf, wholeText, type TemplateTexts } from './text';
import type { ValuesById } from './messageFields';

/** What sending needs to know of a template. It is kept with the workflow, to save the look-up. */
export interface TemplatePlan {
	name: string;
	language: string;
	/** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
	category: string;
	texts: TemplateTexts;
	inputs: TemplateInput[];
}

/** The plan of a template as Meta keeps it now. */
export const planOf = (template: TemplateStructure): TemplatePlan => ({
	name: template.name,
	language: template.language,
	category: template.category,
	texts: textsOf(template),
	inputs: inputsOf(template),
});

/** The text of the template with its values, from the header to the buttons. */
export function filledText({ texts }: Pick<TemplatePlan, 'texts'>, values: ValuesById): string {
	return wholeText(texts, (id) => {
		// The text of a one-time password has one variable, which is the code.
		const value = values[id] ?? (id === 'body.1' ? values['otp'] : undefined);
		return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
	});
}

/** The body alone with its values, whose length Meta limits. */
export const filledBody = ({ texts: { body = '' } }: TemplatePlan, values: ValuesById): string =>
	filledText({ texts: { body } }, values);

/** The template's text with its variables as they are. */
export const emptyText = ({ texts }: TemplatePlan): string => wholeText(texts);
