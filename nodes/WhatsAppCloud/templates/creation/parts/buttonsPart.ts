import { listFields } from '../../../fields/listField';
import { reportNoChoice } from '../../../values/choice';
import { readParameter, readText } from '../../../values/schema/reading';
import { listOf } from '../../../values/list';
import { checkMembers } from '../../../values/members';
import { isNothing } from '../../../values/numbers';
import { rowOf, type Problems, type Values } from '../../../values/row';
import type { DefinedComponent } from '../definition';
import type { Place } from '../place';
import { buttonKinds, buttonRowFields, fieldOfMember, type ButtonRow } from './buttonKinds';
import { definePart } from './part';

/** A button of the form. */
export interface FormButton {
	kind: string;
	row: ButtonRow;
}

export const buttonRowName = 'button';

function readButton(row: Values, problems: Problems): FormButton | null {
	const { type = 'quick_reply' } = row;
	const kind = typeof type === 'string' ? type.toLowerCase() : '';
	const found = Object.hasOwn(buttonKinds, kind) ? buttonKinds[kind] : undefined;
	if (found === undefined) {
		return reportNoChoice(problems, ['type'], Object.keys(buttonKinds), type);
	}
	checkMembers(filled(row), ['type', ...found.fields], problems);
	const texts = found.fields.map((name) => [
		name,
		isNothing(row[name]) ? undefined : readText(row[name], problems, [name]),
	]);
	return { kind, row: Object.fromEntries(texts) as ButtonRow };
}

/** The editor keeps empty texts of other types, which mean nothing. */
const filled = (row: Values): Values =>
	Object.fromEntries(
		Object.entries(row).filter(([name, value]) => !isNothing(value) && name !== 'flowAction'),
	);

/** The buttons of a template or of a card. */
export const formButtons = listOf(rowOf(readButton), { min: 0, max: Infinity }, buttonRowName);

/** The buttons in Meta's form; null without any. */
export function buildButtons(buttons: readonly (FormButton | null)[]): DefinedComponent | null {
	const built = buttons.flatMap((button) =>
		button === null
			? []
			: [{ type: button.kind.toUpperCase(), ...buttonKinds[button.kind]?.build(button.row) }],
	);
	return built.length === 0 ? null : { type: 'BUTTONS', buttons: built };
}

/** The field behind a place in the buttons. */
export function locateInButtons(
	[index, member]: Place,
	buttons: readonly (FormButton | null)[] = [],
): PropertyKey[] {
	if (index === undefined) return ['buttons'];
	if (member === undefined) return ['buttons', index];
	if (member !== 'example') return ['buttons', index, fieldOfMember[member] ?? member];
	const isUrl = buttons[Number(index)]?.kind === 'url';
	return ['buttons', index, isUrl ? 'urlSample' : 'codeSample'];
}

/** The buttons below the text. */
export const buttonsPart = definePart({
	name: 'Buttons',
	type: 'BUTTONS',
	fields: listFields({
		name: 'buttons',
		displayName: 'Buttons',
		rowName: buttonRowName,
		rowDisplayName: 'Button',
		hint: 'Up to ten; of these, two to websites, one to a phone number and one with a code. Quick replies stand together.',
		row: buttonRowFields(Object.keys(buttonKinds)),
		jsonExample: [
			{ type: 'quick_reply', text: 'Keep it' },
			{
				type: 'url',
				text: 'Track order',
				url: 'https://example.com/orders/{1}',
				urlSample: 'LS-2041',
			},
		],
	}),
	read(values, problems) {
		const buttons = readParameter(formButtons, values, 'buttons', problems) ?? [];
		return buttons.length === 0 ? null : buttons;
	},
	texts: () => [],
	build: (buttons) => buildButtons(buttons) ?? { type: 'BUTTONS', buttons: [] },
	locate: (place) => locateInButtons(place),
});
