/** What a template says, and how its members read. */

import { listAt, textAt } from '../data/json.ts';

/** `PENDING_DELETION` as `Pending deletion`. */
export function readable(constant: string): string {
	const words = constant.replaceAll('_', ' ').toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The component of this type. */
export function componentOf(template: unknown, type: string): unknown {
	return listAt(template, 'components').find((part) => textAt(part, 'type') === type);
}

/** Text of the body, with its variables as they are. */
export function bodyOf(template: unknown): string {
	return textAt(componentOf(template, 'BODY'), 'text');
}

/** A header in words: its text, or what kind of file it takes. */
export function headerOf(template: unknown): string {
	const header = componentOf(template, 'HEADER');
	const format = textAt(header, 'format');
	return format === 'TEXT' ? textAt(header, 'text') : format === '' ? '' : `[${readable(format)}]`;
}

/** Labels of the buttons. */
export function buttonLabels(template: unknown): string[] {
	return listAt(componentOf(template, 'BUTTONS'), 'buttons').map(
		(button) => textAt(button, 'text') || readable(textAt(button, 'type')),
	);
}

/** Everything that search looks at. */
export function templateWords(template: unknown): string {
	return [
		textAt(template, 'name'),
		textAt(template, 'language'),
		headerOf(template),
		bodyOf(template),
		textAt(componentOf(template, 'FOOTER'), 'text'),
		...buttonLabels(template),
	].join('\n');
}
