import { asMoment, type Rule } from './situation';

/** A free-form message goes within the person's window. An unknown window does not hold it back. */
export const windowRule: Rule = ({ message, rules, window }) => {
	if (message.kind !== 'freeForm' || window.state !== 'closed') return null;
	if (rules.ifClosed === 'try') return null;
	const since = window.until === null ? '' : ` since ${asMoment(window.until)}`;
	return {
		rule: 'window',
		reason: `The person's 24-hour window is closed${since}, and Meta takes only templates then.`,
		advice:
			'Send a template, choose another way under Contact Rules › If the Window Is Closed, or wait until the person writes.',
		until: null,
	};
};
