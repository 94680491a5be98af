import {
	sendOptionsField,
	sendOptionsSchema,
} from '../../../nodes/WhatsAppCloud/fields/sendOptions';
import { labelIssues } from '../../../nodes/WhatsAppCloud/fields/issues';
import { describeIssue } from '../../../nodes/WhatsAppCloud/values/words';
import { characters } from '../../fixtures/messageProblems';

const problems = (options: unknown): string[] => {
	const { error } = sendOptionsSchema.safeParse(options, { error: describeIssue });
	const fields = sendOptionsField().options as Parameters<typeof labelIssues>[0];
	return error ? labelIssues(fields, error).map((each) => `${each.label}: ${each.message}`) : [];
};

test.each([
	[undefined],
	[null],
	[{}],
	[{ callbackValue: characters(300) }],
	[{ callbackValue: '🌵'.repeat(300) }],
	[{ idempotencyKey: characters(512) }],
	[{ identityKeyHash: characters(512) }],
	[{ keyLifeDays: 365 }],
	[{ keyLifeDays: '0.5' }],
	[{ keyLifeDays: '' }],
	[{ keyScope: 'account', recipientType: 'group' }],
])('%# is taken', (options) => expect(problems(options)).toEqual([]));

test.each([
	[
		{ callbackValue: characters(301) },
		'Callback Value: can have at most 300 characters, but has 301',
	],
	[
		{ idempotencyKey: characters(513) },
		'Idempotency Key: can have at most 512 characters, but has 513',
	],
	[{ idempotencyKey: '\u200b' }, 'Idempotency Key: is empty'],
	[
		{ identityKeyHash: characters(513) },
		'Recipient Identity Hash: can have at most 512 characters, but has 513',
	],
	[{ keyLifeDays: 0 }, 'Key Expires After: must be above 0 and at most 365 days, but is 0'],
	[{ keyLifeDays: 365.5 }, 'Key Expires After: must be above 0 and at most 365 days, but is 365.5'],
	[{ keyLifeDays: 'NaN' }, 'Key Expires After: must be a number of days, but is "NaN"'],
	[
		{ keyScope: 'team' },
		'Key Scope: must be one of Workflow (workflow), Account (account), but is the text "team"',
	],
	[
		{ recipientType: 'list' },
		'Recipient Type: must be one of Person (individual), Group (group), but is the text "list"',
	],
])('%#: %s', (options, message) => expect(problems(options)).toEqual([message]));

test('spaces at the ends of a key make no other key', () => {
	const options = { idempotencyKey: ' order 1042 ' };
	expect(sendOptionsSchema.parse(options)).toMatchObject({ idempotencyKey: 'order 1042' });
});
