import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** Suffixes of the two parameters beside a list: the choice of rows or JSON, and the JSON. */
const inputSuffix = 'Input';
const jsonSuffix = 'Json';

/** A parameter that chooses where a file comes from: `mediaSource`, `headerMediaSource`. */
const fileSource = /^(\w*?)mediaSource$/i;

/** The section of the page that describes the choice of a file. */
const filesAnchor = '#files';

/** A row of a table; the same field under two conditions becomes one row. */
interface Row {
	field: string;
	name: string;
	conditions: Map<string, string[]>;
	content: string;
}

/** What the page already says elsewhere. */
interface Context {
	/** Values such as the type, which need not be repeated as conditions. */
	known: Record<string, string>;
	/** The parameters that choose a file become one row, which links to their description. */
	areFilesExplained: boolean;
}

/** Where a field is in the panel. */
interface Place extends Context {
	labels: string[];
	names: string[];
}

/**
 * A Markdown table of fields: label, stored name and content. Rows of lists and entries of
 * collections follow their field; the JSON form of each list follows the table.
 */
export function fieldTable(fields: INodeProperties[], context: Context): string {
	const table = merged(rowsOf(fields, { ...context, labels: [], names: [] })).map(
		({ field, name, conditions, content }) =>
			`| ${field} | ${name} | ${sentences([inWords(conditions), content])} |`,
	);
	return [
		['| Field | Name | What goes in |', '| --- | --- | --- |', ...table].join('\n'),
		...jsonForms(fields),
	].join('\n\n');
}

function merged(rows: Row[]): Row[] {
	const byText = new Map<string, Row>();
	for (const row of rows) {
		const key = [row.field, row.name, row.content, ...row.conditions.keys()].join('\n');
		const earlier = byText.get(key);
		if (earlier === undefined) byText.set(key, row);
		for (const [choice, labels] of earlier?.conditions ?? []) {
			const both = new Set([...labels, ...(row.conditions.get(choice) ?? [])]);
			earlier?.conditions.set(choice, [...both]);
		}
	}
	return [...byText.values()];
}

function rowsOf(fields: INodeProperties[], place: Place): Row[] {
	const partsOf = (name: string): string[] =>
		place.areFilesExplained ? [...partsOfList(name), ...partsOfFile(name)] : partsOfList(name);
	const parts = new Set(fields.flatMap(({ name }) => partsOf(name)));
	return fields
		.filter(({ type, name }) => type !== 'notice' && !parts.has(name))
		.flatMap((field) => {
			const labels = [...place.labels, field.displayName];
			const names = [...place.names, field.name];
			const isFile = place.areFilesExplained && fileSource.test(field.name);
			const own: Row = {
				field: labels.join(' › '),
				name: `\`${names.join('.')}\``,
				conditions: conditionsOf(field, fields, place.known),
				content: isFile ? fileContent(field.name) : contentOf(field, fields),
			};
			return [own, ...rowsWithin(field, { ...place, labels, names })];
		});
}

function rowsWithin(field: INodeProperties, place: Place): Row[] {
	if (field.type === 'collection') return rowsOf(field.options as INodeProperties[], place);
	if (field.type !== 'fixedCollection') return [];
	const groups = field.options as INodePropertyCollection[];
	return groups.flatMap(({ values }) => rowsOf(values, place));
}

/** The two parameters of a list that share a row: the choice of rows or JSON, and the JSON. */
const partsOfList = (name: string): string[] =>
	name.endsWith(inputSuffix) ? [name, name.slice(0, -inputSuffix.length) + jsonSuffix] : [];

/** The parameters that choose a file. */
function partsOfFile(name: string): string[] {
	const prefix = fileSource.exec(name)?.[1];
	if (prefix === undefined) return [];
	return ['binaryField', 'mediaLink', 'mediaId'].map((part) =>
		prefix === '' ? part : prefix + part.charAt(0).toUpperCase() + part.slice(1),
	);
}

const fileContent = (name: string): string =>
	`A [file](${filesAnchor}): ${partsOfFile(name)
		.map((part) => `\`${part}\``)
		.join(', ')}`;

/** What must be chosen for a field to be shown, e.g. `Header`: `Image`, `Video`. */
function conditionsOf(
	{ displayOptions }: INodeProperties,
	fields: INodeProperties[],
	known: Record<string, string>,
): Map<string, string[]> {
	const conditions = new Map<string, string[]>();
	for (const [key, values = []] of Object.entries(displayOptions?.show ?? {})) {
		const name = key.replace(/^\//, '');
		const choice = fields.find((field) => field.name === name);
		if (known[name] !== undefined || choice === undefined || name.endsWith(inputSuffix)) continue;
		const labels = values.filter((value) => typeof value === 'string').map(labelIn(choice));
		if (labels.length > 0) conditions.set(choice.displayName, labels);
	}
	return conditions;
}

function inWords(conditions: Map<string, string[]>): string {
	const parts = [...conditions].map(([choice, labels]) => `${choice} is ${either(labels)}`);
	return parts.length === 0 ? '' : `_Where ${parts.join(' and ')}._`;
}

const labelIn = (choice: INodeProperties) => (value: string) =>
	choicesOf(choice).find((option) => option.value === value)?.name ?? value;

function choicesOf({ type, options }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}

function contentOf(field: INodeProperties, fields: INodeProperties[]): string {
	// The editor shows no hints for lists, so the hint is on the choice above.
	const list = fields.find(({ name }) => name === field.name + inputSuffix);
	const said = sentences([list?.hint, field.hint, field.description]);
	const example = said === '' ? field.placeholder : undefined;
	return sentences([
		field.required === true ? '**Required.**' : '',
		// Choices that are names of parameters would need a list per type.
		either(choicesOf(field).flatMap(({ name, value }) => (name === value ? [] : name))),
		kinds[field.type] ?? '',
		plain(said),
		example?.startsWith('e.g.') ? plain(example.replace(/^e\.g\./, 'For example')) : '',
	]);
}

const kinds: Partial<Record<string, string>> = {
	boolean: 'On or off',
	number: 'A number',
	json: 'JSON',
};

/** Each list as JSON, for use with an expression. */
function jsonForms(fields: INodeProperties[]): string[] {
	return fields
		.filter(({ name }) => name.endsWith(jsonSuffix))
		.filter(({ name }) => fields.some((field) => partsOfList(field.name).includes(name)))
		.map(({ displayName, default: example }) =>
			[`${displayName}, for example:`, '', '```json', example as string, '```'].join('\n'),
		);
}

/** `A, B or C` */
function either(names: string[]): string {
	const last = names.at(-1) ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

function sentences(parts: (string | undefined)[]): string {
	return parts
		.map((part) => part?.trim() ?? '')
		.filter((part) => part !== '')
		.map((part) => (/[.!?:_*]$/.test(part) ? part : `${part}.`))
		.join(' ');
}

/** Escapes Markdown, but keeps the links in descriptions. */
function plain(text: string): string {
	return text
		.replaceAll(/\s*\n\s*/g, ' ')
		.replaceAll(/[\\|*_~`]/g, '\\$&')
		.replaceAll(/<(?!\/?a\b)/g, '&lt;');
}
