import {
	sendOptionsField,
	sendOptionsSchema,
} from '../../../nodes/WhatsAppCloud/fields/sendOptions';
import { labelIssues } from '../../../nodes/WhatsAppCloud/fields/issues';
import { parsing } from '../../../nodes/WhatsAppCloud/values/words';
import { characters } from '../../fixtures/messageProblems';

const problems = (options: unknown): string[] => {
	const { error } = sendOptionsSchema.safeParse(options, parsing);
	const fields = sendOptionsField().options as Parameters<typeof labelIssues>[0];
	return error ? labelIssues(fields, error).map((each) => `${each.label}: ${each.message}`) : [];
};

const once = (settings: Record<string, unknown>) => ({
	sendOnlyOnce: { settings: { key: 'order-1042', ...settings } },
});

test.each([
	[undefined],
	[null],
	[{}],
	[{ trackingText: characters(300) }],
	[{ trackingText: '🌵'.repeat(300) }],
	[once({ key: characters(512) })],
	[{ identityKeyHash: characters(512) }],
	[once({ days: 365 })],
	[once({ days: '0.5' })],
	[once({ days: '' })],
	[{ ...once({ scope: 'account' }), recipientType: 'group' }],
])('%# is taken', (options) => expect(problems(options)).toEqual([]));

test.each([
	[
		{ trackingText: characters(301) },
		'Tracking Text: can have at most 300 characters, but has 301',
	],
	[
		once({ key: characters(513) }),
		'Send Only Once › Idempotency Key: can have at most 512 characters, but has 513',
	],
	[once({ key: '\u200b' }), 'Send Only Once › Idempotency Key: is empty'],
	[once({ key: null }), 'Send Only Once › Idempotency Key: is empty'],
	[{ sendOnlyOnce: {} }, 'Send Only Once › Idempotency Key: is empty'],
	[
		{ identityKeyHash: characters(513) },
		'Recipient Identity Hash: can have at most 512 characters, but has 513',
	],
	[
		once({ days: 0 }),
		'Send Only Once › Key Expires After: must be above 0 and at most 365 days, but is 0',
	],
	[
		once({ days: 365.5 }),
		'Send Only Once › Key Expires After: must be above 0 and at most 365 days, but is 365.5',
	],
	[
		once({ days: 'NaN' }),
		'Send Only Once › Key Expires After: must be a number of days, but is "NaN"',
	],
	[
		once({ scope: 'team' }),
		'Send Only Once › Key Scope: must be one of Workflow (workflow), Account (account), but is the text "team"',
	],
	[
		{ recipientType: 'list' },
		'Recipient Type: must be one of Person (individual), Group (group), but is the text "list"',
	],
])('%#: %s', (options, message) => expect(problems(options)).toEqual([message]));

test('spaces at the ends of a key make no other key', () => {
	const options = once({ key: ' order 1042 ' });
	expect(sendOptionsSchema.parse(options)).toMatchObject({ sendOnlyOnce: { key: 'order 1042' } });
});
