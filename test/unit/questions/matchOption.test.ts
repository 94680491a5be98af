import { matchOption } from '../../../nodes/WhatsAppCloud/questions/matchOption';

const options = [
	{ id: 'std', title: 'Standard' },
	{ id: 'exp', title: 'Express ⚡' },
	{ id: 'abh', title: 'Abholung im Café' },
];

test.each([
	['Standard', 0],
	['  standard! ', 0],
	['STANDARD', 0],
	['express', 1],
	['exp', 1],
	['abholung im cafe', 2],
	['Abholung im Café.', 2],
	// One slip.
	['Standart', 0],
	['Stadnard', 0],
	['Standrd', 0],
	['Standdard', 0],
	// Positions.
	['2', 1],
	['2.', 1],
	['#3', 2],
	['٢', 1],
	['second', 1],
	['the second one', 1],
	['option 1', 0],
	['No. 2', 1],
	['last', 2],
])('"%s" means option %i', (text, index) => {
	expect(matchOption(text, options)).toBe(index);
});

test.each(['', '   ', '4', '0', '-1', 'yes', 'No one', 'Standrad express', 'Sta', '👍', '2 or 3'])(
	'"%s" means none',
	(text) => {
		expect(matchOption(text, options)).toBeNull();
	},
);

test('a short word has to be right', () => {
	expect(matchOption('Nö', [{ id: 'n', title: 'No' }])).toBe(0);
	expect(matchOption('Ni', [{ id: 'n', title: 'No' }])).toBeNull();
});

test('what fits two options fits none', () => {
	const same = [
		{ id: 'a', title: 'Monday' },
		{ id: 'b', title: 'monday ' },
	];
	expect(matchOption('Monday', same)).toBeNull();
	expect(matchOption('a', same)).toBe(0);
	const near = [
		{ id: 'a', title: 'Table 41' },
		{ id: 'b', title: 'Table 42' },
	];
	expect(matchOption('Table 43', near)).toBeNull();
});

test('a title that is a number wins over the position', () => {
	const numbers = [
		{ id: 'a', title: '2' },
		{ id: 'b', title: '1' },
	];
	expect(matchOption('1', numbers)).toBe(1);
});

test('titles in other scripts', () => {
	const some = [
		{ id: 'y', title: 'हाँ' },
		{ id: 'n', title: 'नहीं' },
	];
	expect(matchOption('नहीं', some)).toBe(1);
	expect(matchOption('नहीं।', some)).toBe(1);
});
