import { handoffFor } from '../handoff';
import { asMoment, isMarketing, type Rule } from './situation';

/**
 * A bot is silent while somebody else answers. What the person waits for all the same, a one-time
 * password or news of an order, goes.
 */
export const takenOver: Rule = ({ message, rules, contact, now }) => {
	const { kind, phoneNumberId } = message;
	const isAnswer = kind !== 'template' || isMarketing(message);
	if (rules.ifTakenOver === 'send' || !isAnswer) return null;
	const taken = handoffFor(contact, phoneNumberId, now);
	if (taken === null) return null;
	const { by, reason, until } = taken;
	const end = until === null ? '' : `, until ${asMoment(until)}`;
	const why = reason === null ? '' : ` (${reason})`;
	if (taken.kind === 'standby') {
		return {
			rule: 'standby',
			reason: `Another app has the conversation at Meta${by === null ? '' : ` (${by})`}${end}.`,
			advice:
				'Wait for the person to write here again, request the thread, or set Contact Rules › If Someone Has Taken Over to Send.',
			until,
		};
	}
	return {
		rule: 'handoff',
		reason: `${by ?? 'A person'} has taken over the conversation${why}${end}.`,
		advice:
			'Return it with Contact › Set Handoff, or set Contact Rules › If Someone Has Taken Over to Send.',
		until,
	};
};
