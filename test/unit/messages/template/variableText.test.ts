import { mendVariableText } from '../../../../nodes/WhatsAppCloud/messages/template/variableText';
import { contentOf, problemsOf } from '../../../fixtures/messageProblems';

const named = { template: 'order_update:en' };
const problems = (values: Record<string, unknown>) =>
	problemsOf('sendTemplate', { ...named, ...values });
const parts = (values: Record<string, unknown>) =>
	contentOf('sendTemplate', { ...named, ...values })['template'] as Record<string, unknown>;

const advice = '; take that out, or have it mended by Options › Line Breaks in Variables';
const lineBreak = `has a line break, which Meta does not take in a variable${advice}`;
const tab = `has a tab, which Meta does not take in a variable${advice}`;

describe('what Meta does not take in a variable', () => {
	test.each([
		...['a\nb', 'a\rb', 'a\r\nb', 'a\vb', 'a\fb', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\n'].map(
			(text): [string, string] => [text, lineBreak],
		),
		['a\tb', tab],
		['a     b', `has 5 spaces in a row, of which Meta takes at most 4 in a variable${advice}`],
	])('%j', (text, message) =>
		expect(problems({ bodyVariables: ['fine', text] })).toEqual([
			`Body Variables › Variable 2 › Text: ${message}`,
		]),
	);

	test('four spaces are taken', () =>
		expect(problems({ bodyVariables: ['a    b    c'] })).toEqual([]));
});

describe('is named wherever a text fills a variable', () => {
	const bad = 'Order\nready';

	test.each([
		[{ headerText: bad }, 'Header Variable'],
		[{ bodyVariables: { name: bad } }, 'Body Variables › Variable 1 › Text'],
		[{ bodyVariables: { '1': 'a', '2': bad } }, 'Body Variables › Variable 2 › Text'],
		[
			{ bodyVariables: [{ type: 'currency', amount: 1, currencyCode: 'EUR', text: bad }] },
			'Body Variables › Variable 1 › Text',
		],
		[
			{ bodyVariables: [{ type: 'date_time', date_time: { fallback_value: bad } }] },
			'Body Variables › Variable 1 › Text',
		],
		[{ buttons: [{ type: 'url', text: 'a\nb' }] }, 'Buttons › Button 1 › URL Variable'],
		[
			{ cards: [{ headerMediaId: '1', headerType: 'image', bodyVariables: ['a', bad] }] },
			'Cards › Card 1 › Body Variables › Variable 2 › Text',
		],
		[
			{ components: [{ type: 'body', parameters: [{ type: 'text', text: bad }] }] },
			'Components (JSON) 1 › parameters 1 › text',
		],
		[
			{
				components: JSON.stringify([
					{
						type: 'carousel',
						cards: [{ components: [{ type: 'BODY', parameters: [{ type: 'TEXT', text: bad }] }] }],
					},
				]),
			},
			'Components (JSON) 1 › cards 1 › components 1 › parameters 1 › text',
		],
	])('%j', (values, label) => {
		const told = problems(values).map((problem) =>
			problem.replace(/(: has a line break).*/s, '$1'),
		);
		expect(told).toEqual([`${label}: has a line break`]);
	});

	test('also in a custom body', () => {
		const components = [{ type: 'body', parameters: [{ type: 'text', text: bad }] }];
		const template = { name: 'x', language: { code: 'en' }, components };
		const [problem] = problemsOf('sendCustom', { customBody: { type: 'template', template } });
		expect(problem).toContain(
			'Message (JSON) › template › components 1 › parameters 1 › text: has a line break',
		);
	});
});

describe('mended', () => {
	test.each([
		['a\nb', 'a b', 'a · b'],
		['a \r\n\r\n  b\tc', 'a b c', 'a · b c'],
		['a     b  c', 'a b c', 'a b c'],
		['\n\na\u2028b\n', 'a b', 'a · b'],
		['a\vb\fc\u0085d\u2029e\rf', 'a b c d e f', 'a · b · c · d · e · f'],
		['plain', 'plain', 'plain'],
	])('%j', (text, spaced, dotted) => {
		expect(mendVariableText(text, 'space')).toBe(spaced);
		expect(mendVariableText(text, 'dot')).toBe(dotted);
	});

	const options = { variableBreaks: 'dot' };

	test('in every part', () => {
		const text = 'a\nb';
		const values = {
			options,
			headerText: text,
			bodyVariables: [text, { type: 'date_time', text }],
			buttons: [{ type: 'url', text }],
			cards: [{ headerType: 'image', headerMediaId: '1', bodyVariables: { x: text } }],
		};
		expect(problems(values)).toEqual([]);
		const json = JSON.stringify(parts(values));
		expect(json).not.toContain('a\\nb');
		expect(json.match(/a · b/g)).toHaveLength(5);
	});

	test('in components as JSON', () => {
		const components = [{ type: 'body', parameters: [{ type: 'text', text: 'a\n b' }] }];
		expect(parts({ options, components })).toMatchObject({
			components: [{ parameters: [{ text: 'a · b' }] }],
		});
	});

	test('a choice that is none is told', () => {
		expect(problems({ options: { variableBreaks: 'comma' } })).toEqual([
			'Options › Line Breaks in Variables: must be one of Refuse (refuse), Replace With " · " (dot), Replace With Space (space), but is the text "comma"',
		]);
	});
});
