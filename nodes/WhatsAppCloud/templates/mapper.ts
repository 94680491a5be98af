import type { ResourceMapperField } from 'n8n-workflow';
import { isObject, objectOf } from '../values/unknown';
import { isRequired, type InputKind, type TemplateInput } from './templateInput';
import type { TemplatePlan } from './plan';
import type { TemplateTexts } from './text';

/** The first field of the mapper shows the template and keeps the rest of its plan. */
const templateField = 'text';

/** What the field keeps, besides the texts. */
const kept = ['name', 'language', 'category'] as const;

const types = {
	text: 'string',
	file: 'string',
	json: 'object',
	choice: 'options',
} as const satisfies Record<InputKind, ResourceMapperField['type']>;

/** The editor cuts labels at some 24 characters. */
const maxExampleCharacters = 40;

/**
 * The fields of n8n's resource mapper for a template: one to read, and one for each input. n8n
 * stores them with the workflow, whichever way the values are given.
 *
 * @param mayBeEmpty whether the input items can give the values, so that n8n must not ask for them
 * @param shown what the first field shows now: the editor keeps it when the template has changed
 */
export function toMapperFields(
	plan: TemplatePlan,
	mayBeEmpty: boolean,
	shown?: unknown,
): ResourceMapperField[] {
	const shared = { defaultMatch: false, canBeUsedToMatch: false, display: true };
	const { texts, name, language, category } = plan;
	const content = { name, language, category, ...texts };
	const text = shownText(texts);
	const hasChanged = typeof shown === 'string' && shown !== '' && shown !== text;
	return [
		{
			...shared,
			id: templateField,
			displayName: hasChanged ? 'Text before its change' : 'Text',
			required: false,
			readOnly: true,
			// The only type that shows several lines.
			type: 'object',
			options: Object.entries(content).map(([value, text]) => ({ name: guard(text), value })),
			defaultValue: text,
		},
		...plan.inputs.map((input): ResourceMapperField => {
			const { id, kind, choices } = input;
			const required = isRequired(id);
			return {
				...shared,
				id,
				displayName: displayNameOf(input),
				required: required && !mayBeEmpty,
				removed: !required,
				type: types[kind],
				...(choices === undefined
					? {}
					: { options: choices.map((choice) => ({ name: choice, value: choice })) }),
			};
		}),
	];
}

/** The texts as lines of JSON, by what they are: `Body`, `Card 1 Body`. */
function shownText(texts: TemplateTexts): string {
	const lines = Object.entries(texts).map(([where, text]): [string, string] => {
		const [first = '', card = '', part = ''] = where.split('.');
		return [first === 'card' ? `Card ${Number(card) + 1} ${titled(part)}` : titled(first), text];
	});
	return JSON.stringify(Object.fromEntries(lines), null, 2);
}

const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const exampleSign = ' e.g. ';

const fileSign = ' (link, ID, field)';

function displayNameOf({ label, kind, example }: TemplateInput): string {
	if (kind === 'file') return label + fileSign;
	return example === null ? label : label + exampleSign + shorten(example);
}

const shorten = (example: string): string =>
	example.length > maxExampleCharacters ? `${example.slice(0, maxExampleCharacters)}…` : example;

/** n8n evaluates a text that begins with "=", wherever it stands in a parameter. */
const guard = (text: string): string => (text.startsWith('=') ? `${invisible}${text}` : text);

/** A word joiner, which shows nothing. */
const invisible = '\u2060';

/** The plan that the mapper's fields were made from; null if they are those of no template. */
export function fromMapperFields(schema: unknown): TemplatePlan | null {
	const fields = (Array.isArray(schema) ? schema : []).filter(isObject);
	const template = fields.find(({ id }) => id === templateField);
	if (template === undefined) return null;
	const options = (Array.isArray(template['options']) ? template['options'] : []).map(objectOf);
	const content = new Map(
		options.map(({ value, name }) => [String(value), String(name).replace(/^\u2060=/, '=')]),
	);
	const [name = '', language = '', category = ''] = kept.map((key) => content.get(key));
	for (const key of kept) content.delete(key);
	return {
		name,
		language,
		category,
		texts: Object.fromEntries(content),
		inputs: fields.filter(({ id }) => id !== templateField).map(inputOfField),
	};
}

function inputOfField({ id, displayName, type }: Record<string, unknown>): TemplateInput {
	const shown = String(displayName);
	const shared = { id: String(id), example: null };
	if (shown.endsWith(fileSign)) {
		return { ...shared, label: shown.slice(0, -fileSign.length), kind: 'file' };
	}
	const [label = ''] = shown.split(exampleSign);
	const kinds: Record<string, InputKind> = { object: 'json', options: 'choice' };
	return { ...shared, label, kind: kinds[String(type)] ?? 'text' };
}
