import { invalidParameter } from '../errors/graph-error.ts';
import { badValue, missing, requireObject, requireText } from './rules.ts';
import type { MessageType } from './type.ts';

const maxIdLength = 1000;
/** Messages accept reactions for 30 days. */
const maxAgeMs = 30 * 86_400_000;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages */
export const reaction: MessageType = {
	type: 'reaction',
	check({ simulator, body }) {
		const content = requireObject(body, 'reaction');
		const id = requireText(content, 'message_id', 'reaction.message_id', { max: maxIdLength });
		const { emoji } = content;
		if (emoji === undefined || emoji === null) throw missing('reaction.emoji');
		if (typeof emoji !== 'string') throw invalidParameter('Param reaction.emoji must be a string.');
		if (emoji !== '' && !isEmoji(emoji)) throw badValue('reaction.emoji must be one emoji');
		if (!simulator.settings.strictReferences) return undefined;
		// Meta accepts these, then reports the failure in a status.
		const target = simulator.messages.get(id);
		const isTooOld = target && simulator.clock.now() - target.chat.timestamp > maxAgeMs;
		if (target && !isTooOld && target.chat.type !== 'reaction') return undefined;
		return {
			fails: {
				code: 131009,
				details: 'The message to react to does not exist, is a reaction or is older than 30 days',
			},
		};
	},
};

/** Whether the text is a single emoji, including skin tones, flags, keycaps and joined emoji. */
function isEmoji(text: string): boolean {
	const graphemes = [...segmenter.segment(text)];
	return (
		graphemes.length === 1 &&
		/\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3/u.test(text)
	);
}
