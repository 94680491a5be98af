import { z } from 'zod/v4';
import { readAt } from '../../../nodes/WhatsAppCloud/values/schema/reading';
import { type Problems, report, step } from '../../../nodes/WhatsAppCloud/values/schema/singleStep';

const even = step((value, problems): number => {
	const number = Number(value);
	if (number % 2 !== 0) report(problems, ['half'], 'must be even', 'otherForm');
	return number;
});

const schemas = {
	'a single step': even,
	'a step with a check': even.check(({ value, issues }) => {
		if (value > 10) report({ issues }, [], 'is too large', 'tooLarge');
	}),
	'a step before another': even.transform((number) => number + 1),
	'a step behind another': z.preprocess((value) => value ?? 4, even),
};

describe.each(Object.entries(schemas))('readAt reads %s as zod does', (_, schema) => {
	test.each([2, '4', 3, 12, null])('%j', (value) => {
		const problems: Problems = { issues: [] };
		const read = readAt(schema, value, ['numbers', 0], problems);
		const parsed = schema.safeParse(value);
		expect(read).toBe(parsed.success ? parsed.data : undefined);
		expect(problems.issues.map(({ path, message }) => ({ path, message }))).toEqual(
			(parsed.error?.issues ?? []).map(({ path, message }) => ({
				path: ['numbers', 0, ...path],
				message,
			})),
		);
	});
});

test('a problem keeps its fault, which the advice depends on', () => {
	const problems: Problems = { issues: [] };
	readAt(even, 3, ['number'], problems);
	expect(problems.issues).toEqual([
		{
			code: 'custom',
			path: ['number', 'half'],
			message: 'must be even',
			input: 3,
			params: { fault: 'otherForm' },
		},
	]);
});
