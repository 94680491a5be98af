import {
	FlowJsonProblem,
	readFlowErrors,
} from '../../../nodes/WhatsAppCloud/operations/flow/json/flowErrors';

const metas = {
	error: 'INVALID_PROPERTY_VALUE',
	error_type: 'FLOW_JSON_ERROR',
	message: "Invalid value found for property 'type'.",
	line_start: 10,
	line_end: 10,
	column_start: 21,
	column_end: 34,
};

describe("Meta's validation errors", () => {
	test.each<[string, unknown, string | null]>([
		['as objects', [{ line_start: 10, path: 'screens[0].layout.type' }], 'screens[0].layout.type'],
		['as texts', ['screens[0].layout.type'], 'screens[0].layout.type'],
		['without a path', [{ line_start: 10 }], null],
		['left out', undefined, null],
	])('are read with pointers %s', (_name, pointers, path) => {
		expect(readFlowErrors([{ ...metas, pointers }])).toEqual([
			{
				error: 'INVALID_PROPERTY_VALUE',
				message: "Invalid value found for property 'type'.",
				line: 10,
				column: 21,
				path,
			},
		]);
	});

	test.each([undefined, null, {}, 'none', []])('%j is none', (value) => {
		expect(readFlowErrors(value)).toEqual([]);
	});

	test('whatever is in the list is an error', () => {
		const nothing = { error: null, line: null, column: null, path: null };
		expect(readFlowErrors([null, { message: 'Odd' }])).toEqual([
			{ ...nothing, message: 'Meta gives no reason' },
			{ ...nothing, message: 'Odd' },
		]);
	});
});

describe('the problem', () => {
	const errors = (count: number) =>
		readFlowErrors(
			Array.from({ length: count }, (_, index) => ({ ...metas, line_start: index + 1 })),
		);

	test('of one error is said once', () => {
		const problem = new FlowJsonProblem('1', errors(1), 'Correct it.');
		expect(problem.message).toBe(
			"The Flow JSON has an error: line 1, column 21: Invalid value found for property 'type'",
		);
		expect(problem.advice).toBe('Correct it.');
	});

	test('without a place has the words alone', () => {
		const problem = new FlowJsonProblem('1', readFlowErrors([{ message: 'Odd.' }]), 'Correct it.');
		expect(problem.message).toBe('The Flow JSON has an error: Odd');
	});

	test('of many errors lists ten of them', () => {
		const { message, advice } = new FlowJsonProblem('1', errors(12), 'Correct it.');
		expect(message).toContain('has 12 errors: line 1, column 21');
		expect(advice).toMatch(
			/^Correct it\. All errors: \(1\) line 1, .* \(10\) line 10, .*; and 2 more\.$/,
		);
	});
});
