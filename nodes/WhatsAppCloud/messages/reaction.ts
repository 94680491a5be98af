import { reportNoChoice } from '../values/choice';
import { messageIdField } from '../fields/messageId';
import { requiredMessageId } from '../values/id';
import { readParameter, readText } from '../values/schema/reading';
import { defineMessage } from './messageType';
import { report, rowOf, shown } from '../values/row';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How an emoji begins: a picture, the two letters of a flag, or a key with its cap. */
const emojiStart = /^(\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3)/u;

/** One symbol on the screen: skin tones, flags, families and keycaps have several code points. */
function isOneEmoji(text: string): boolean {
	if (!emojiStart.test(text)) return false;
	const [first] = segmenter.segment(text);
	return first?.segment === text;
}

/**
 * An emoji on a received message. On the wire, an empty one removes it. Meta accepts it up to 30 days after the
 * message. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages
 */
export const reaction = defineMessage({
	fields: [
		messageIdField({
			hint: 'The message can be at most 30 days old',
			description: 'The ID of the message to react to, from the trigger',
		}),
		{
			displayName: 'Reaction',
			name: 'reaction',
			type: 'options',
			options: [
				{ name: 'React With Emoji', value: 'add', description: 'Replaces an earlier reaction' },
				{ name: 'Remove Reaction', value: 'remove' },
			],
			default: 'add',
		},
		{
			displayName: 'Emoji',
			name: 'emoji',
			type: 'string',
			default: '',
			placeholder: 'e.g. 👍',
			hint: 'Exactly one emoji. Skin tones and flags work.',
			displayOptions: { show: { reaction: ['add'] } },
		},
	],
	schema: rowOf((values, context) => {
		const id = readParameter(requiredMessageId, values, 'messageId', context) ?? '';
		const { reaction: choice = 'add' } = values;
		if (choice === 'remove') return { messageId: id, emoji: '' };
		if (choice !== 'add') reportNoChoice(context, ['reaction'], ['add', 'remove'], choice);
		const emoji = (readText(values['emoji'], context, ['emoji']) ?? '').trim();
		if (emoji === '' && typeof values['emoji'] === 'string') {
			report(
				context,
				['emoji'],
				'is empty; to remove the reaction, choose Remove Reaction instead',
			);
		} else if (emoji !== '' && !isOneEmoji(emoji)) {
			report(context, ['emoji'], `must be exactly one emoji, but is ${shown(emoji)}`, 'otherForm');
		}
		return { messageId: id, emoji };
	}),
	build: ({ messageId: id, emoji }) => ({
		type: 'reaction',
		reaction: { message_id: id, emoji },
	}),
});
