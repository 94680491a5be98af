import {
	chooseMessage,
	defineVariant,
	type MessageType,
} from '../../../nodes/WhatsAppCloud/messages/messageType';
import { optionalText } from '../../../nodes/WhatsAppCloud/values/schema/reading';
import { z } from 'zod/v4';

const plain = defineVariant({
	name: 'Plain',
	fields: [{ displayName: 'Word', name: 'word', type: 'string', default: '' }],
	schema: z.object({ word: optionalText(10) }),
	build: ({ word }) => ({ type: 'plain', word }),
});

const elsewhere = defineVariant({
	name: 'Elsewhere',
	fields: [{ displayName: 'Person', name: 'person', type: 'string', default: '' }],
	schema: z.object({ person: optionalText(20) }),
	build: () => ({ type: 'elsewhere' }),
	envelope: ({ person = '' }) => ({
		endpoint: 'marketing_messages' as const,
		recipient: { to: person },
	}),
});

const choice: MessageType = chooseMessage(
	{ displayName: 'Kind', name: 'kind', default: 'plain' },
	{ plain, elsewhere },
);

describe('a message that is chosen from several types', () => {
	test('has the content of the chosen one', () => {
		const values = choice.schema.parse({ kind: 'plain', word: 'Moin' });
		expect(choice.build(values)).toEqual({ type: 'plain', word: 'Moin' });
	});

	test('goes where the chosen one goes, and to whom it names', () => {
		const values = choice.schema.parse({ kind: 'elsewhere', person: '+4915112345678' });
		expect(choice.envelope?.(values)).toEqual({
			endpoint: 'marketing_messages',
			recipient: { to: '+4915112345678' },
		});
	});

	test('goes where all go, unless the chosen one says otherwise', () => {
		const values = choice.schema.parse({ kind: 'plain', word: 'Moin' });
		expect(choice.envelope?.(values)).toEqual({});
	});

	test.each([['toString'], ['none'], [undefined]])('is refused as %p', (kind) => {
		const parsed = choice.schema.safeParse({ kind, word: 'Moin' });
		expect(parsed.error?.issues[0]?.path).toEqual(['kind']);
		expect(() => choice.build({ kind })).toThrow(RangeError);
	});

	test("shows each type's own fields for that type only", () =>
		expect(
			choice.fields.map(({ name, displayOptions }) => [name, displayOptions?.show?.['kind']]),
		).toEqual([
			['kind', undefined],
			['word', ['plain']],
			['person', ['elsewhere']],
		]));
});
