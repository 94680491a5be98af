import { problemOf } from '../../../nodes/WhatsAppCloud/fields/issues';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { characters } from '../../fixtures/messageProblems';
import { sendOperationNamed } from '../../fixtures/messageFixtures';
import { present } from '../../present';

/** What the node advises about values of an operation. */
function adviceOn(operation: string, values: Record<string, unknown>): string {
	const { message, fields } = sendOperationNamed(operation);
	const { error } = message.schema.safeParse(values, parsing);
	return problemOf(fields, present(error)).advice;
}

const buttons = (rows: unknown[]) => ({
	interactiveType: 'button',
	body: 'Which one?',
	buttons: rows,
});

test.each([
	[
		'a text for several messages',
		'sendText',
		{ text: characters(5000) },
		'Shorten it, or switch on Options › Split Long Text.',
	],
	['a text beyond any splitting', 'sendText', { text: characters(5_000_000) }, /^Shorten it\./],
	['nothing', 'sendText', { text: '' }, /^Fill it in\./],
	['another kind of value', 'sendText', { text: {} }, /^Change the expression/],
	[
		'a choice that there is not',
		'sendReaction',
		{ messageId: 'wamid.1', reaction: 'x' },
		/^Pick one/,
	],
	[
		'an unknown member',
		'sendInteractive',
		buttons([{ id: 'a', title: 'A', emoji: '🌵' }]),
		/^Remove it/,
	],
	[
		'too many entries',
		'sendInteractive',
		buttons(['a', 'b', 'c', 'd'].map((id) => ({ id, title: id }))),
		/^Remove some/,
	],
	['a number that is too large', 'sendLocation', { latitude: 91, longitude: 0 }, /^(Enter|Change)/],
	['JSON that is none', 'sendContacts', { contacts: '[{' }, /^Correct the JSON/],
])('%s', (_, operation, values, advice) => {
	expect(adviceOn(operation, values)).toMatch(advice);
});

test('further problems are told after it', () => {
	expect(adviceOn('sendLocation', { latitude: '', longitude: '' })).toMatch(
		/^Fill it in\. .* Also: "Longitude" is empty\.$/,
	);
});
