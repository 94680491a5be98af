import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources, type Resource } from '../../../nodes/WhatsAppCloud/operations/table';

const page = readFileSync(join(__dirname, '../../../docs/account.md'), 'utf8');
const table: [string, Resource][] = Object.entries(resources);

/** Columns of the rows below a heading. */
const rowsBelow = (heading: string): string[][] => {
	const [, after = ''] = page.split(`\n## ${heading}\n`);
	const [section = ''] = after.split('\n## ');
	return section
		.split('\n')
		.filter((line) => line.startsWith('| **'))
		.map((line) => line.split('|').map((cell) => cell.trim()));
};

test('docs/account.md has every operation with the permission that it needs', () => {
	const documented = rowsBelow('Permissions').map(([, operation = '', permission = '']) => [
		operation,
		permission,
	]);
	const known = table.flatMap(([, { name, operations }]) =>
		Object.values(operations).map(({ name: operation, permission }) => [
			`**${name} › ${operation}**`,
			permission === undefined ? '' : `\`${permission}\``,
		]),
	);
	const withoutOne = new Set(
		known.filter(([, permission]) => permission === '').map(([name]) => name),
	);
	// Operations without a permission of their own say in words what they need.
	const compared = documented.map(([operation, permission]) =>
		withoutOne.has(operation) ? [operation, ''] : [operation, permission],
	);
	expect(compared).toEqual(known);
	expect(documented.filter(([, permission]) => permission === '')).toEqual([]);
});
