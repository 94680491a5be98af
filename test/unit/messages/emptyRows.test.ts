import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import {
	readMessageFixtures,
	readValues,
	sendOperationNamed,
	storedParameters,
} from '../../fixtures/messageFixtures';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { isObject } from '../../../nodes/WhatsAppCloud/values/unknown';

const fixtures = readMessageFixtures(join(__dirname, '../../fixtures/messages'));

/** Paths of the lists that a person has filled row by row: `buttons`, `cards.0.buttons`. */
function listsIn(value: unknown, path: string[] = []): string[][] {
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const here = [...path, key];
		if (!Array.isArray(inner)) return listsIn(inner, here);
		if (inner.length === 0 || !inner.every(isObject)) return [];
		return [here, ...inner.flatMap((row, index) => listsIn(row, [...here, String(index)]))];
	});
}

function listAt(values: unknown, path: readonly string[]): unknown[] {
	let found = values;
	for (const key of path) found = (found as Record<string, unknown>)[key];
	return found as unknown[];
}

const cases = fixtures
	.flatMap(({ name, operation, values }) =>
		listsIn(values).map((path) => ({ name, operation, values, path })),
	)
	// A card of a template is complete as it is added: its picture is the file of the item.
	.filter(({ operation, path }) => operation !== 'sendTemplate' || path.join('.') !== 'cards.card')
	// The editor, not a person, adds the fields of a mapper.
	.filter(({ path }) => path[0] !== 'templateValues');

test.each(cases)('$name: a row added to $path and left empty is refused', (each) => {
	const { operation, path } = each;
	const values = structuredClone(each.values);
	const list = listAt(values, path);
	list.push({});
	const parameters: INodeParameters = storedParameters(operation, values);
	const { message } = sendOperationNamed(operation);
	const read = readValues(sendOperationNamed(operation), parameters);
	const { error } = message.schema.safeParse(read, parsing);
	const places = (error?.issues ?? []).map((issue) => issue.path.map(String).join('.'));
	expect(places.filter((place) => `${place}.`.includes(`.${list.length - 1}.`))).not.toEqual([]);
});
