import { consentFor, type Consent } from '../consent';
import { asMoment, isMarketing, type Rule } from './situation';

const since = ({ at, source }: Consent): string => {
	const parts = [source, at === null ? null : asMoment(at)].filter((part) => part !== null);
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};

const recordIt = 'If the person agrees again, record it with Contact › Set Consent.';

/**
 * Marketing goes to nobody who opted out, whatever the settings say. What the person refused by its
 * category does not go either; for the rest, the sender chooses.
 */
export const consent: Rule = ({ message, rules, contact }) => {
	const { category } = message;
	const marketing = consentFor(contact, 'marketing');
	if (isMarketing(message)) {
		const guess =
			category === null
				? ' The category of the template is not known, so it counts as marketing.'
				: '';
		if (marketing.state === 'withdrawn') {
			return {
				rule: 'consent',
				reason: `The person has opted out of marketing${since(marketing)}.${guess}`,
				advice: recordIt,
				until: null,
			};
		}
		if (rules.marketingConsent === 'optedIn' && marketing.state !== 'granted') {
			return {
				rule: 'consent',
				reason: `The person has not opted in to marketing.${guess}`,
				advice:
					'If they did, record it with Contact › Set Consent, or set Contact Rules › Marketing Consent to All but the Opted-Out.',
				until: null,
			};
		}
		return null;
	}
	if (category === null || category === 'marketing') return null;
	const own = consentFor(contact, category);
	if (own.state === 'withdrawn') {
		return {
			rule: 'consent',
			reason: `The person has opted out of ${category} messages${since(own)}.`,
			advice: recordIt,
			until: null,
		};
	}
	// Who agreed to this category after opting out of marketing wants it.
	const wantsIt = own.state === 'granted' && (own.at ?? 0) >= (marketing.at ?? 0);
	if (!rules.notForOptedOut.includes(category) || marketing.state !== 'withdrawn' || wantsIt) {
		return null;
	}
	return {
		rule: 'consent',
		reason: `The person has opted out${since(marketing)}, and Contact Rules keep ${category} messages from them, too.`,
		advice: `${recordIt} Or change Contact Rules › Opting Out Also Blocks.`,
		until: null,
	};
};
