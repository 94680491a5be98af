import type { INodeProperties } from 'n8n-workflow';
import { choiceOf } from '../../values/choice';
import { readAt } from '../../values/schema/reading';
import { report, type Problems } from '../../values/schema/singleStep';
import { isObject, objectOf } from '../../values/unknown';

/** All line breaks in Unicode. */
const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** Meta accepts at most this many spaces in a row. */
const maxSpaces = 4;

/**
 * What Meta does not accept in a text that fills a variable (its error 132018), as the end of a
 * sentence that begins with the field; null if there is nothing.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export function variableTextProblem(text: string): string | null {
	const found = foundIn(text);
	return found === null
		? null
		: `has ${found}; take that out, or have it mended by Options › ${breaksOption.displayName}`;
}

function foundIn(text: string): string | null {
	if (lineBreak.test(text)) return 'a line break, which Meta does not take in a variable';
	if (text.includes('\t')) return 'a tab, which Meta does not take in a variable';
	const spaces = / {5,}/.exec(text)?.[0].length ?? 0;
	if (spaces <= maxSpaces) return null;
	return `${spaces} spaces in a row, of which Meta takes at most ${maxSpaces} in a variable`;
}

/** What replaces line breaks, by the stored values of the option. */
const separators = { space: ' ', dot: ' · ' };

/** How to mend the texts of variables; null to refuse them instead. */
export type Mending = keyof typeof separators | null;

/** Mends a text for Meta. Also trims each line; empty lines count as one break. */
export function mendVariableText(text: string, mending: NonNullable<Mending>): string {
	return text
		.split(lineBreak)
		.map((line) => line.replace(/[ \t]+/g, ' ').trim())
		.filter((line) => line !== '')
		.join(separators[mending]);
}

/** For texts that somebody else writes, such as a language model. */
export const breaksOption: INodeProperties = {
	displayName: 'Line Breaks in Variables',
	name: 'variableBreaks',
	type: 'options',
	options: [
		{ name: 'Refuse', value: 'refuse', description: 'Report an error that names the variable' },
		{ name: 'Replace With " · "', value: 'dot' },
		{ name: 'Replace With Space', value: 'space' },
	],
	default: 'space',
	description:
		'Meta refuses variables with line breaks, tabs or more than four spaces in a row. When replacing, tabs and runs of spaces become one space.',
};

const breaksSchema = choiceOf(['refuse', 'dot', 'space']);

/** Reads the option. */
export function readMending(options: unknown, problems: Problems): Mending {
	const written = objectOf(options)[breaksOption.name];
	if (written === undefined) return null;
	const given = readAt(breaksSchema, written, ['options', breaksOption.name], problems);
	return given === undefined || given === 'refuse' ? null : given;
}

/** Returns the replacement for a text that fills a variable. */
type Replace = (text: string, path: PropertyKey[]) => string;

/** Components in the wire form, with every text that fills a variable replaced. */
export function mapVariableTexts<Component>(
	components: readonly Component[],
	replace: Replace,
	path: PropertyKey[] = [],
): Component[] {
	return components.map((component, index) => {
		if (!isObject(component)) return component;
		const here = [...path, index];
		return {
			...component,
			...mapList(component, 'parameters', (list) =>
				list.map((parameter: unknown, place) =>
					inParameter(parameter, replace, [...here, 'parameters', place]),
				),
			),
			...mapList(component, 'cards', (cards) =>
				cards.map((card: unknown, place) =>
					isObject(card)
						? {
								...card,
								...mapList(card, 'components', (inCard) =>
									mapVariableTexts(inCard, replace, [...here, 'cards', place, 'components']),
								),
							}
						: card,
				),
			),
		};
	});
}

function mapList(
	holder: Record<string, unknown>,
	name: string,
	map: (list: unknown[]) => unknown[],
): Record<string, unknown> {
	const list = holder[name];
	return Array.isArray(list) ? { [name]: map(list) } : {};
}

/** Replaces the text of a parameter, wherever its type has it. */
function inParameter(parameter: unknown, replace: Replace, path: PropertyKey[]): unknown {
	if (!isObject(parameter)) return parameter;
	const replaced = { ...parameter };
	if (typeof parameter['text'] === 'string') {
		replaced['text'] = replace(parameter['text'], [...path, 'text']);
	}
	for (const kind of ['currency', 'date_time']) {
		const inside = objectOf(parameter[kind]);
		const shown = inside['fallback_value'];
		if (typeof shown !== 'string') continue;
		replaced[kind] = {
			...inside,
			fallback_value: replace(shown, [...path, kind, 'fallback_value']),
		};
	}
	return replaced;
}

/** Reports what Meta does not accept in the variables of components in the wire form. */
export function checkWireTexts(
	components: readonly unknown[],
	path: PropertyKey[],
	problems: Problems,
): void {
	mapVariableTexts(
		components,
		(text, place) => {
			const message = variableTextProblem(text);
			if (message !== null) {
				report(problems, place, message);
			}
			return text;
		},
		path,
	);
}
