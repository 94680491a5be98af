import * as fc from 'fast-check';
import { markdownToWhatsApp } from '../../../nodes/WhatsAppCloud/markdown/toWhatsApp';

describe('within a line', () => {
	test.each([
		['plain words', 'plain words'],
		['**bold** and __bold__', '*bold* and *bold*'],
		['*italics* and _italics_', '_italics_ and _italics_'],
		['~~struck~~ and ~struck~', '~struck~ and ~struck~'],
		['`code`', '`code`'],
		['``code with ` in it``', 'code with ` in it'],
		['***both***', '_*both*_'],
		['**bold with _italics_ in it**', '*bold with _italics_ in it*'],
		['**bold `code`**', '*bold `code`*'],
		['**bold **inside** bold**', '*bold inside bold*'],
		['~~**_all_**~~', '~*_all_*~'],
		['**Total:** 12 €', '*Total:* 12 €'],
		['("**quoted**")', '("*quoted*")'],
		['**one** **two**', '*one* *two*'],
	])('%j becomes %j', (source, written) => expect(markdownToWhatsApp(source)).toBe(written));

	test.each([
		['un**believ**able', 'unbelievable'],
		['**bold**ly', 'boldly'],
		['**3**rd', '3rd'],
		['这是**重要**的', '这是重要的'],
		['**a***b*', 'ab'],
		['snake_case_name', 'snake_case_name'],
		['a*frigging* b', 'afrigging b'],
	])('next to letters there are no signs: %j', (source, written) =>
		expect(markdownToWhatsApp(source)).toBe(written),
	);

	test.each(['2*3*4', 'a*b*c = 5', '2**3**4'])('a product is none: %j', (source) =>
		expect(markdownToWhatsApp(source)).toBe(source),
	);

	test.each([
		['**open', '**open'],
		['open** here', 'open** here'],
		['`open', '`open'],
		['[text](', '[text]('],
		['[text]', '[text]'],
		['~~open', '~~open'],
		['** not bold **', '** not bold **'],
	])('what is not closed stays: %j', (source, written) =>
		expect(markdownToWhatsApp(source)).toBe(written),
	);

	test.each([
		['\\*as typed\\*', '*as typed*'],
		['1 \\< 2 \\_', '1 < 2 _'],
		['a <b>b</b> &amp; &nbsp;', 'a <b>b</b> &amp; &nbsp;'],
		['line one<br>line **two**<br />three', 'line one\nline *two*\nthree'],
		['**a * b**', 'a * b'],
		['*see my_file_ here*', 'see my_file_ here'],
		['*a_b*', '_a_b_'],
	])('escapes, HTML and own signs: %j', (source, written) =>
		expect(markdownToWhatsApp(source)).toBe(written),
	);

	test('each line has its own signs', () => {
		expect(markdownToWhatsApp('**one\ntwo** three')).toBe('*one*\n*two* three');
		expect(markdownToWhatsApp('**one  \ntwo**')).toBe('*one*\n*two*');
		expect(markdownToWhatsApp('a  \nb\\\nc\nd')).toBe('a\nb\nc\nd');
	});
});

describe('links and pictures', () => {
	test.each([
		['[prices](https://example.com)', 'prices (https://example.com)'],
		['[prices](https://example.com "Title")', 'prices (https://example.com)'],
		['[**prices**](https://example.com)', '*prices* (https://example.com)'],
		['**[prices](https://example.com)**', '*prices (https://example.com)*'],
		['[a][1] b\n\n[1]: https://example.com/a', 'a (https://example.com/a) b'],
		['[](https://example.com)', 'https://example.com'],
		['[https://example.com/](https://example.com)', 'https://example.com'],
		['[example.com](https://example.com)', 'https://example.com'],
		['<https://example.com>', 'https://example.com'],
		['https://example.com/a_b_c', 'https://example.com/a_b_c'],
		['www.example.com', 'www.example.com'],
		['<me@example.com>', 'me@example.com'],
		['[write](mailto:me@example.com)', 'write (me@example.com)'],
		['[call](tel:+15550100)', 'call (+15550100)'],
		['[hours](#hours)', 'hours'],
		['![a fern](https://example.com/f.png)', 'a fern (https://example.com/f.png)'],
		['![](https://example.com/f.png)', 'https://example.com/f.png'],
		[
			'[![fern](https://example.com/f.png)](https://example.com)',
			'fern (https://example.com/f.png) (https://example.com)',
		],
	])('%j becomes %j', (source, written) => expect(markdownToWhatsApp(source)).toBe(written));
});

describe('blocks', () => {
	test.each([
		['a heading', '# Hours', '*Hours*'],
		['one underlined', 'Hours\n=====\nNine to five', '*Hours*\nNine to five'],
		['one with bold in it', '## Our **hours**', '*Our hours*'],
		['one with signs', '# 5 * 3', '5 * 3'],
		['without an empty line', 'Open\n# Hours\nNine', 'Open\n*Hours*\nNine'],
		['with one', '# Hours\n\nNine\n\n\n\nFive', '*Hours*\n\nNine\n\nFive'],
		['a list', '* one\n* **two**', '- one\n- *two*'],
		['a list behind a line', 'You need:\n- soil\n- water', 'You need:\n- soil\n- water'],
		['numbers', '1. one\n1. two', '1. one\n2. two'],
		['numbers from four', '4. four\n5. five', '4. four\n5. five'],
		['a loose list', '- one\n\n- two', '- one\n\n- two'],
		['a list in a list', '- a\n  - b\n    1. c\n- d', '- a\n  - b\n    1. c\n- d'],
		['several lines', '1. one\n   more\n2. two', '1. one\n   more\n2. two'],
		['boxes', '- [ ] open\n- [x] **done**', '- [ ] open\n- [x] *done*'],
		['an empty entry', '- a\n-\n- b', '- a\n-\n- b'],
		['a quote', '> one\n> **two**', '> one\n> *two*'],
		['a quote in a quote', '> one\n> > two', '> one\n> two'],
		['a list in a quote', '> - one\n> - two', '> - one\n> - two'],
		['code', '```js\nconst a = 1;\nb();\n```', '```const a = 1;\nb();```'],
		['code that is not closed', 'So:\n```\na\n\nb', 'So:\n```a\n\nb```'],
		['code with fences in it', '````\n```\na\n```\n````', '```\na\n```'],
		['indented code', 'So:\n\n    a = 1', 'So:\n\n```a = 1```'],
		['a rule', 'a\n\n---\n\nb', 'a\n\n———\n\nb'],
		[
			'a table',
			'| Plant | Price |\n|:--|--:|\n| **Fern** | 12 € |\n| Palm |  |',
			'*Plant* | *Price*\n*Fern* | 12 €\nPalm |',
		],
		['line breaks in a table', '| a | b |\n|---|---|\n| x<br>y | z |', '*a* | *b*\nx y | z'],
		['HTML', '<div>\n<b>a</b>\n</div>\n\nb', '<div>\n<b>a</b>\n</div>\n\nb'],
		['Windows line ends', '# A\r\n\r\n- b\r\n- c', '*A*\n\n- b\n- c'],
	])('%s', (_what, source, written) => expect(markdownToWhatsApp(source)).toBe(written));
});

describe('odd texts', () => {
	test.each([
		'**',
		'*',
		'_',
		'#',
		'>',
		'```',
		'``````',
		'[](',
		'| |',
		'- ',
		'[1]: https://example.com',
		'&nbsp;',
		'\\',
		'<',
	])('only signs, %j, leave something to read', (source) =>
		expect(markdownToWhatsApp(source).trim()).not.toBe(''),
	);

	test.each(['***', '* * *', '____', '---', '**', '_*~`', '> ', '*'.repeat(4_000)])(
		'only signs stay as typed: %.20s',
		(source) => expect(markdownToWhatsApp(source)).toBe(source),
	);

	test.each([
		'x**2 + y**2',
		'src/**/*.ts, test/**/*.ts',
		'2*3 and 4*5',
		'takes 5~10~15 min',
		'$*5*off',
	])('%s is no formatting', (source) => expect(markdownToWhatsApp(source)).toBe(source));

	test.each([
		['**注意：**请看这里。', '注意：请看这里。'],
		['これは**「重要」**です。', 'これは「重要」です。'],
		['**Preis:**5 €', 'Preis:5 €'],
		['**注意：** 请看', '*注意：* 请看'],
	])('bold that ends with a mark leaves no stars behind: %s', (source, written) =>
		expect(markdownToWhatsApp(source)).toBe(written),
	);

	test('deep nesting stays as typed', () => {
		const source = `${'>'.repeat(50_000)} deep`;
		expect(markdownToWhatsApp(source)).toBe(source);
	});

	test('a long text of signs that close nothing is read all the same', () => {
		const written = markdownToWhatsApp(`**Log**\n\n${'_aaa_bbb '.repeat(9_000)}`);
		expect(written).toMatch(/^\*Log\*\n\n_aaa_bbb /);
	});

	test('the lines of a long paragraph are read one by one', () => {
		const line = '**Fern** [price](https://example.com)';
		const written = markdownToWhatsApp(Array(300).fill(line).join('\n'));
		expect(written.split('\n')).toEqual(Array(300).fill('*Fern* price (https://example.com)'));
	});

	const signs = fc.array(
		fc.constantFrom(
			...Array.from('*_~`#>-+|[]()<>!\\ \n\tab1.:&é🌵'),
			'**',
			'```',
			'\n\n',
			'- ',
			'1. ',
			'> ',
			'http://a.b/',
		),
		{ maxLength: 60 },
	);

	test('whatever comes, letters and digits are kept in order', () => {
		const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}🌵]/gu, '');
		fc.assert(
			fc.property(signs, (parts) => {
				const source = parts.join('');
				// A code block's language, link definitions and list numbers are not text.
				fc.pre(!/[`~]{3}|\]:|\d\.|[[<]|http|&/.test(source));
				expect(letters(markdownToWhatsApp(source))).toBe(letters(source));
			}),
			{ numRuns: 2000 },
		);
	});

	test('whatever comes, something is left, no line ends in a lonely opening sign', () => {
		fc.assert(
			fc.property(signs, (parts) => {
				const source = parts.join('');
				const written = markdownToWhatsApp(source);
				expect(typeof written).toBe('string');
				if (source.trim() !== '') expect(written.trim()).not.toBe('');
			}),
			{ numRuns: 2000 },
		);
	});
});
