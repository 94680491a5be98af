import type { INodeProperties } from 'n8n-workflow';

/**
 * A choice as the editor lists it, with the value an expression must return: `Draft (draft)`.
 *
 * @param path path of the field that offers the choice
 */
export function choiceLabel(
	fields: INodeProperties[],
	path: readonly PropertyKey[],
	value: unknown,
): string {
	const option = fieldsAt(fields, path)
		.flatMap(({ options = [] }) => options)
		.find((each): each is { name: string } => isChoice(each) && each.value === value);
	return option === undefined ? String(value) : `${option.name} (${String(value)})`;
}

const isChoice = (option: unknown): option is { name: unknown; value: unknown } =>
	typeof option === 'object' && option !== null && 'value' in option && 'name' in option;

/** The editor's label for a value: `['buttons', 1, 'title']` → `Buttons › Button 2 › Title`. */
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
		// A collection's only row often shares the collection's name; the editor shows it once.
		if (label !== labels.at(-1)) labels.push(label);
	});
	return labels.join(' › ');
}

/** The fields at a path: several if a choice decides which field a name stands for. */
function fieldsAt(fields: INodeProperties[], path: readonly PropertyKey[]): readonly NamedField[] {
	let found: readonly NamedField[] = [];
	walk(fields, path, (_, here) => (found = here));
	return found;
}

/** Follows a path from the outermost parameter to the value. */
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
