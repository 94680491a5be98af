import { characters, problemsOf } from '../../../fixtures/messageProblems';

const required = ['location_request_message', 'request_contact_info', 'voice_call'];
const optional = ['call_permission_request'];

describe.each([...required, ...optional])('%s', (interactiveType) => {
	test('the body has up to 1,024 characters', () => {
		const problems = (body: string): string[] =>
			problemsOf('sendInteractive', { interactiveType, body });
		expect(problems(characters(1024))).toEqual([]);
		expect(problems(characters(1025))).toEqual([
			'Body: can have at most 1,024 characters, but has 1,025',
		]);
	});
});

test.each(required)('%s needs a body', (interactiveType) => {
	expect(problemsOf('sendInteractive', { interactiveType, body: '' })).toEqual(['Body: is empty']);
});

test.each(optional)('%s needs no body', (interactiveType) => {
	expect(problemsOf('sendInteractive', { interactiveType })).toEqual([]);
});

describe('voice_call', () => {
	const problems = (values: Record<string, unknown>): string[] =>
		problemsOf('sendInteractive', { interactiveType: 'voice_call', body: 'Call us', ...values });

	test.each([
		{ buttonText: characters(20) },
		{ buttonText: '' },
		{ ttlMinutes: 1 },
		{ ttlMinutes: 43_200 },
		{ ttlMinutes: '60' },
		{ ttlMinutes: '' },
		{ payload: characters(512) },
	])('%j is taken', (values) => expect(problems(values)).toEqual([]));

	test.each([
		[{ buttonText: characters(21) }, 'Button Text: can have at most 20 characters, but has 21'],
		[{ ttlMinutes: 0 }, 'Valid for Minutes: must be from 1 to 43,200, but is 0'],
		[{ ttlMinutes: 43_201 }, 'Valid for Minutes: must be from 1 to 43,200, but is 43,201'],
		[{ ttlMinutes: 1.5 }, 'Valid for Minutes: must be a whole number, but is "1.5"'],
		[{ ttlMinutes: 'soon' }, 'Valid for Minutes: must be a whole number, but is "soon"'],
		[{ ttlMinutes: true }, 'Valid for Minutes: must be a whole number, but is the boolean true'],
		[{ payload: characters(513) }, 'Payload: can have at most 512 characters, but has 513'],
	])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));
});

test('a type that does not exist is refused with those that do', () => {
	expect(problemsOf('sendInteractive', { interactiveType: 'toString', body: 'A' })).toEqual([
		expect.stringMatching(
			/^Type: must be one of Reply Buttons \(button\), List \(list\), .*, but is the text "toString"$/,
		),
	]);
});
