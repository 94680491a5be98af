import { parseAccountWithoutToken } from '../../../nodes/WhatsAppCloud/graph/account';
import { lineOf, openMessage } from '../../../nodes/WhatsAppCloud/memory/keptMessage';
import type {
	OutgoingMessage,
	SendResult,
} from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import { keptTextOf } from '../../../nodes/WhatsAppCloud/sending/keptText';
import { message } from './fakeDelivery';

const account = parseAccountWithoutToken({
	businessAccountId: '1',
	phoneNumberId: '1',
	appSecret: 'secret',
	keepTexts: true,
});
const sent = { outcome: 'sent', messageId: 'wamid.1' } as SendResult;

/** What an agent reads of a message that has gone; null if nothing. */
function remembered(changes: Partial<OutgoingMessage>, result = sent): string | null {
	const content = keptTextOf({ ...message, ...changes }, result, account);
	const kept = content === null ? null : openMessage(content, account.appSecret);
	return kept === null ? null : lineOf(kept);
}

const template = (body: string[], button: string[] = []) => ({
	type: 'template',
	template: {
		name: 'login',
		components: [
			{ type: 'body', parameters: body.map((text) => ({ type: 'text', text })) },
			...button.map((text) => ({
				type: 'button',
				sub_type: 'url',
				index: '0',
				parameters: [{ type: 'text', text }],
			})),
		],
	},
});

test('what a person has got is kept, and nothing else', () => {
	expect(remembered({ body: { type: 'text', text: { body: 'Hello' } } })).toBe('Hello');
	expect(remembered({}, { ...sent, outcome: 'unknown' })).toBeNull();
});

test.each<[string, Partial<OutgoingMessage>, string]>([
	[
		'of a template, whose text is known',
		{
			category: 'AUTHENTICATION',
			templateText: '483920 is your code.',
			body: template(['483920'], ['483920']),
		},
		'[template login]',
	],
	[
		'of a template, of which nobody knows anything',
		{ body: template(['483920'], ['483920']) },
		'[template login]',
	],
	[
		'sent directly',
		{ body: { type: 'text', category: 'authentication', text: { body: '483920 is your code.' } } },
		'[text]',
	],
])('a one-time password is not kept: %s', (_, changes, line) => {
	expect(remembered(changes)).toBe(line);
});

test('other templates are kept with their values', () => {
	const body = template(['1042'], ['1042']);
	expect(remembered({ category: 'utility', body })).toBe('[template login] 1042, 1042');
	expect(remembered({ body: template(['1042'], ['track']) })).toBe('[template login] 1042, track');
	expect(remembered({ body: template(['Ada', '1042'], ['1042']) })).toContain('Ada');
});
