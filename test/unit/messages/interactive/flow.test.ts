import { characters, contentOf, problemsOf } from '../../../fixtures/messageProblems';

const good = {
	interactiveType: 'flow',
	body: 'Book a visit',
	buttonText: 'Book',
	flow: '1197715005513101',
};
const problems = (values: Record<string, unknown>): string[] =>
	problemsOf('sendInteractive', { ...good, ...values });
const parametersOf = (values: Record<string, unknown>): unknown => {
	const { interactive } = contentOf('sendInteractive', { ...good, ...values });
	return (interactive as { action: { parameters: unknown } }).action.parameters;
};

test.each([
	['a button of 30 characters', { buttonText: characters(30) }],
	['a body of 1,024', { body: characters(1024) }],
	['a name in place of an ID', { flow: 'booking' }],
	['an ID as a number', { flow: 1197715005513101 }],
	['data without a screen', { flowData: { a: 1 } }],
	['empty data', { flowAction: 'data_exchange', flowData: '{}' }],
	['data as JSON text', { flowScreen: 'A', flowData: '{"a": 1}' }],
	['a long token', { flowReference: characters(2000) }],
	['an endpoint', { flowAction: 'data_exchange', flowScreen: '', flowData: '' }],
])('%s is taken', (_, values) => expect(problems(values)).toEqual([]));

test.each([
	[{ buttonText: characters(31) }, 'Button Text: can have at most 30 characters, but has 31'],
	[{ buttonText: '' }, 'Button Text: is empty'],
	[{ body: characters(1025) }, 'Body: can have at most 1,024 characters, but has 1,025'],
	[{ flow: '' }, 'Flow: is empty'],
	[
		{ flowAction: 'open' },
		'On Opening: must be one of Show a Screen (navigate), Ask the Endpoint (data_exchange), but is the text "open"',
	],
	[{ flowScreen: 'A', flowData: '{' }, expect.stringMatching(/^Data \(JSON\): is no valid JSON: /)],
	[{ flowData: '[1]' }, 'Data (JSON): must be a JSON object, but is a list'],
	[{ flowData: 'true' }, 'Data (JSON): must be a JSON object, but is the boolean true'],
	[
		{ flowAction: 'data_exchange', flowScreen: 'A' },
		'First Screen: can only be given where On Opening is Show a Screen (navigate)',
	],
	[
		{ flowAction: 'data_exchange', flowData: { a: 1 } },
		'Data (JSON): can only be given where On Opening is Show a Screen (navigate)',
	],
	[
		{ options: { flowMode: 'beta' } },
		'Options › Flow Version: must be one of Draft (draft), Published (published), but is the text "beta"',
	],
])('%j: %s', (values, message) => expect(problems(values)).toEqual([message]));

test('ID or name, never both', () => {
	expect(parametersOf({ flow: 'booking' })).toEqual({
		flow_message_version: '3',
		flow_name: 'booking',
		flow_cta: 'Book',
	});
	expect(parametersOf({})).toEqual({
		flow_message_version: '3',
		flow_id: '1197715005513101',
		flow_cta: 'Book',
	});
});

test('data without properties is not sent', () => {
	expect(parametersOf({ flowScreen: 'A', flowData: {} })).toMatchObject({
		flow_action_payload: { screen: 'A' },
	});
	expect(parametersOf({ flowData: '{}' })).not.toHaveProperty('flow_action_payload');
});
