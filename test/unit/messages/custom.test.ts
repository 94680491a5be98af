import { sendOperationNamed } from '../../fixtures/messageFixtures';
import { contentOf, problemsOf } from '../../fixtures/messageProblems';

const problems = (customBody: unknown): string[] => problemsOf('sendCustom', { customBody });
const content = (customBody: unknown): unknown => contentOf('sendCustom', { customBody });

test.each([
	['', 'is empty'],
	[undefined, 'is empty'],
	[null, 'is empty'],
	['[1]', 'must be a JSON object, but is a list'],
	['"text"', 'must be a JSON object, but is the text "text"'],
	[5, 'must be a JSON object, but is the number 5'],
	[{}, 'has no "type", the name of the kind of message, such as "text"'],
	[{ type: ' ' }, 'has no "type", the name of the kind of message, such as "text"'],
	[
		{ text: { body: 'Hi' }, audio: { id: '1' } },
		'has no "type", and could be audio or text; add "type"',
	],
	[{ type: 5 }, 'has a "type" that must be text, but is the number 5'],
])('%j: %s', (customBody, message) =>
	expect(problems(customBody)).toEqual([`Message (JSON): ${message}`]),
);

test('broken JSON is told as such', () => {
	expect(problems('{"type": "text"')).toEqual([
		expect.stringMatching(/^Message \(JSON\): is no valid JSON: /),
	]);
});

test('an object of an expression and JSON text are the same', () => {
	const body = { type: 'text', text: { body: 'Hi' }, biz_opaque_callback_data: 'mine' };
	expect(content(body)).toEqual(body);
	expect(content(JSON.stringify(body))).toEqual(body);
});

test('what it holds is left to Meta', () => {
	const body = { type: 'text', text: { body: 'x'.repeat(9000) }, unheard: [null, 1] };
	expect(content(body)).toEqual(body);
});

describe('the recipient', () => {
	const envelope = (body: Record<string, unknown>) => {
		const { message } = sendOperationNamed('sendCustom');
		const values = message.schema.parse({ customBody: { type: 'text', ...body } });
		return message.envelope?.(values);
	};

	test.each([
		['is the field where the body names none', {}, {}],
		['is the field where the body has an empty one', { to: '', recipient: null }, {}],
		['is the number of the body', { to: '+15551234567' }, { recipient: { to: '+15551234567' } }],
		[
			'is the number with a plus, without which the country of the sender would count',
			{ to: 15551234567 },
			{ recipient: { to: '+15551234567' } },
		],
		[
			'is the number as the field would read it, however it is written',
			{ to: ' +1 (555) 020-0002 ' },
			{ recipient: { to: '+15550200002' } },
		],
		[
			'is the number without its blanks, also without a plus',
			{ to: '1 555 020 0002' },
			{ recipient: { to: '+15550200002' } },
		],
		['is what no phone number looks like', { to: ' new:1 ' }, { recipient: { to: 'new:1' } }],
		[
			'is the group as it is',
			{ to: '15551234567', recipient_type: 'group' },
			{ recipient: { to: '15551234567', recipient_type: 'group' } },
		],
		['is the user ID of the body', { recipient: 'US.1' }, { recipient: { recipient: 'US.1' } }],
		[
			'is the number where there is a user ID, too',
			{ to: '+15551234567', recipient: 'US.1' },
			{ recipient: { to: '+15551234567' } },
		],
	])('%s', (_, body, expected) => expect(envelope(body)).toEqual(expected));

	test('goes out in that form', () => {
		const body = { type: 'text', to: ' +1 555 020 0002', recipient: ' US.1 ' };
		expect(content(body)).toEqual({ type: 'text', to: '+15550200002', recipient: 'US.1' });
	});

	test.each([
		[{ to: { a: 1 } }, 'to: must be text, but is an object'],
		[{ to: ['+15551234567'] }, 'to: must be text, but is a list'],
		[{ to: true }, 'to: must be text, but is the boolean true'],
		[{ to: NaN }, 'to: is NaN, which is no number'],
		[{ recipient: { a: 1 } }, 'recipient: must be text, but is an object'],
		[
			{ to: '+1 555' },
			'to: cannot be used: "+1 555" is no phone number: 4 digits do not fit its country',
		],
	])('%j is refused with the name of the field', (body, message) =>
		expect(problems({ type: 'text', ...body })).toEqual([`Message (JSON) › ${message}`]),
	);

	test('empty addresses do not go along', () => {
		expect(content({ type: 'text', to: '', recipient: null })).toEqual({ type: 'text' });
	});
});
