import { characters, contentOf, problemsOf } from '../../../fixtures/messageProblems';

const row = (number: number) => ({ id: `id ${number}`, title: `Row ${number}` });
const rows = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => row(from + index));

const good = {
	interactiveType: 'list',
	body: 'Choose',
	buttonText: 'Open',
	sections: [{ title: 'All', rows: rows(1, 2) }],
};
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', { ...good, ...values });
const rowProblems = (values: Record<string, unknown>): string[] =>
	problems({ sections: [{ rows: [row(1), { ...row(2), ...values }] }] });

test.each([
	['a body of 4,096 characters', { body: characters(4096) }],
	['a button of 20', { buttonText: characters(20) }],
	['one section without a title', { sections: [{ rows: rows(1, 1) }] }],
	['a section title of 24', { sections: [{ title: characters(24), rows: rows(1, 1) }] }],
	['ten rows in one section', { sections: [{ rows: rows(1, 10) }] }],
	[
		'ten rows over two sections',
		{
			sections: [
				{ title: 'A', rows: rows(1, 4) },
				{ title: 'B', rows: rows(5, 10) },
			],
		},
	],
	['ten sections', { sections: rows(1, 10).map((one) => ({ title: one.title, rows: [one] })) }],
	['one section without a list around it', { sections: { title: 'A', rows: rows(1, 2) } }],
	['rows as JSON text', { sections: [{ rows: JSON.stringify(rows(1, 2)) }] }],
	['equal row titles', { sections: [{ rows: [row(1), { ...row(2), title: 'Row 1' }] }] }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	['an ID of 200 characters', { id: characters(200) }],
	['a title of 24', { title: characters(24) }],
	['a description of 72', { description: characters(72) }],
	['a number for each', { id: 1, title: 2, description: 3 }],
])('a row with %s is taken', (_, values) => expect(rowProblems(values)).toEqual([]));

test.each([
	[{ body: characters(4097) }, 'Body: can have at most 4,096 characters, but has 4,097'],
	[{ buttonText: '' }, 'Button Text: is empty'],
	[{ buttonText: characters(21) }, 'Button Text: can have at most 20 characters, but has 21'],
	[{ sections: [] }, 'Sections: is empty'],
	[{ sections: [{ title: 'A', rows: [] }] }, 'Sections › Section 1 › Rows: is empty'],
	[{ sections: [{ title: 'A' }] }, 'Sections › Section 1 › Rows: is empty'],
	[
		{ sections: [{ title: characters(25), rows: rows(1, 1) }] },
		'Sections › Section 1 › Title: can have at most 24 characters, but has 25',
	],
	[
		{ sections: [{ title: 'A', rows: rows(1, 1) }, { rows: rows(2, 2) }] },
		'Sections › Section 2 › Title: is empty; with several sections each needs a title',
	],
	[{ sections: [{ rows: rows(1, 11) }] }, 'Sections: can have at most 10 rows in all, but have 11'],
	[
		{
			sections: [
				{ title: 'A', rows: rows(1, 6) },
				{ title: 'B', rows: rows(7, 11) },
			],
		},
		'Sections: can have at most 10 rows in all, but have 11',
	],
	[
		{
			sections: [
				{ title: 'A', rows: rows(1, 2) },
				{ title: 'B', rows: [row(3), row(2)] },
			],
		},
		'Sections › Section 2 › Rows › Row 2 › ID: is used twice: "id 2"; each must be different',
	],
	[
		{ headerType: 'image', headerMediaLink: 'https://example.com/a.png' },
		'Header: must be one of None (none), Text (text), but is the text "image"',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test('eleven sections are too many', () => {
	const sections = rows(1, 11).map((one) => ({ title: one.title, rows: [one] }));
	expect(problems({ sections })).toEqual(['Sections: can have at most 10 entries, but has 11']);
});

test.each([
	[{ id: characters(201) }, 'ID: can have at most 200 characters, but has 201'],
	[{ title: '' }, 'Title: is empty'],
	[{ title: characters(25) }, 'Title: can have at most 24 characters, but has 25'],
	[{ description: characters(73) }, 'Description: can have at most 72 characters, but has 73'],
	[{ description: false }, 'Description: must be text, but is the boolean false'],
])('a row with %j: %s', (values, message) =>
	expect(rowProblems(values)).toEqual([`Sections › Section 1 › Rows › Row 2 › ${message}`]),
);

test('lists of the editor and lists in JSON are the same', () => {
	const asInEditor = { section: [{ title: 'All', rows: { row: rows(1, 2) } }] };
	expect(contentOf('sendInteractive', { ...good, sections: asInEditor })).toEqual(
		contentOf('sendInteractive', good),
	);
	const tooLong = { section: [{ rows: { row: [{ id: 'a', title: characters(25) }] } }] };
	expect(problems({ sections: tooLong })).toEqual([
		'Sections › Section 1 › Rows › Row 1 › Title: can have at most 24 characters, but has 25',
	]);
});

test('a row without an ID has its title as ID, and two such rows need two titles', () => {
	const rowsOf = (...titles: string[]) => [{ rows: titles.map((title) => ({ title })) }];
	const { interactive } = contentOf('sendInteractive', { ...good, sections: rowsOf('Mail') });
	expect((interactive as { action: { sections: unknown } }).action.sections).toEqual([
		{ rows: [{ id: 'Mail', title: 'Mail' }] },
	]);
	expect(problems({ sections: rowsOf('Mail', 'Mail') })).toEqual([
		'Sections › Section 1 › Rows › Row 2 › ID: is used twice: "Mail"; each must be different',
	]);
});
