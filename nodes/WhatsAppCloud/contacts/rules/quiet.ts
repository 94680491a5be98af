import { endOfQuiet } from '../quietHours';
import { asMoment, isMarketing, type Rule } from './situation';

/** People are left alone at night. */
export const quiet: Rule = ({ message, rules: { quietHours }, now }) => {
	if (quietHours === null) return null;
	if (quietHours.appliesTo === 'marketing' && !isMarketing(message)) return null;
	const until = endOfQuiet(quietHours, message.address, now);
	if (until === null) return null;
	return {
		rule: 'quietHours',
		reason: `It is within the quiet hours of the person, until ${asMoment(until)}.`,
		advice:
			'Send it later: with Contact Rules › Keep for Resume, Message › Resume does. Or change Contact Rules › Quiet Hours.',
		until,
	};
};
