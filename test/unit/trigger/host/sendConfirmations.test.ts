import type { MessageEvent } from '../../../../nodes/WhatsAppCloud/events/messages/messageEvent';
import { normalise } from '../../../../nodes/WhatsAppCloud/events/normalise';
import { parseAccountWithoutToken } from '../../../../nodes/WhatsAppCloud/graph/account';
import { accountKeyOf } from '../../../../nodes/WhatsAppCloud/graph/identifiers';
import { toMessages } from '../../../../nodes/WhatsAppCloud/trigger/host/sendConfirmations';
import { namingOf } from '../../../../nodes/WhatsAppCloud/trigger/receive/naming';
import { messagesWebhook } from '../../events/fixture';

const trigger = { workflowId: 'w', nodeId: 'n', nodeName: 'Trigger' };

/** Somebody's STOP at the business account of the fixtures, 300000000000001. */
function stopFrom(sender: Record<string, string>): MessageEvent {
	const [event] = normalise(
		messagesWebhook({
			messages: [
				{
					id: 'wamid.1',
					timestamp: '1793620800',
					type: 'text',
					text: { body: 'STOP' },
					...sender,
				},
			],
		}),
	);
	return event as MessageEvent;
}

test.each([
	['its own', '300000000000001', true],
	['another one', '1', false],
])(
	'is sent in the name of the account whose number sends: %s',
	(_, businessAccountId, keepsTexts) => {
		const account = parseAccountWithoutToken({
			appSecret: 'secret',
			businessAccountId,
			advancedSettings: true,
			keepTexts: true,
		});
		const confirmation = { event: stopFrom({ from: '49151' }), text: 'Bye', key: 'k' };
		const [message] = toMessages([confirmation], trigger, namingOf(account));
		expect(message).toMatchObject({
			...{ trigger, key: 'k', text: 'Bye', phoneNumberId: '200000000000001' },
			recipient: { to: '+49151' },
			account: { appSecret: 'secret', keepTexts: keepsTexts },
		});
		expect(message && accountKeyOf(message.account)).toBe('300000000000001');
	},
);

test('goes to a user ID where there is no number, and to nobody without either', () => {
	const naming = namingOf(parseAccountWithoutToken({ appSecret: 'secret' }));
	const answer = (sender: Record<string, string>) =>
		toMessages([{ event: stopFrom(sender), text: 'Bye', key: 'k' }], trigger, naming);
	expect(answer({ from_user_id: 'DE.1' })).toMatchObject([{ recipient: { recipient: 'DE.1' } }]);
	expect(answer({})).toEqual([]);
});
