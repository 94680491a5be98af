import { dayMs, hourMs } from '../../time/durations';
import type { SentMessage } from '../../store/outbox/outboxStore';
import type { AppliesTo, Cap } from './rules';
import { asMoment, isMarketing, type Blocked, type Rule } from './situation';

/** Whether a rule for some messages is about one of these. */
const isAbout = (appliesTo: AppliesTo, isMarketingMessage: boolean): boolean =>
	appliesTo === 'all' || isMarketingMessage;

/** `7 days`, `1 day`, `36 hours` */
function periodText(ms: number): string {
	const [count, noun] = ms % dayMs === 0 ? [ms / dayMs, 'day'] : [ms / hourMs, 'hour'];
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Why a person gets no more at the moment.
 *
 * @param counted what they got in the period, newest first
 */
export function overCap(cap: Cap, counted: readonly SentMessage[]): Blocked {
	const { messages, periodMs, appliesTo } = cap;
	// The newest so many must not all be within the period.
	const freeing = counted[messages - 1];
	const until = freeing === undefined ? null : freeing.at + periodMs;
	const what = `${appliesTo === 'marketing' ? 'marketing message' : 'message'}${messages === 1 ? '' : 's'}`;
	return {
		rule: 'cap',
		reason: `The person has had ${messages} ${what} within ${periodText(periodMs)}, which is the most that Contact Rules allow.`,
		advice: `${until === null ? 'Send it later' : `Send it after ${asMoment(until)}`}, or raise Contact Rules › Cap.`,
		until,
	};
}

/** Nobody gets more than so many messages in a period. */
export const capRule: Rule = ({ message, rules: { cap }, counted }) =>
	cap !== null && isAbout(cap.appliesTo, isMarketing(message)) && counted.length >= cap.messages
		? overCap(cap, counted)
		: null;

/** Whether the cap is about a message, so that it must be counted when it starts. */
export const isCapped = (cap: Cap | null, isMarketingMessage: boolean): cap is Cap =>
	cap !== null && isAbout(cap.appliesTo, isMarketingMessage);

/**
 * Who reads none of their last marketing messages is left out. Only what arrived counts, and who
 * has written since is interested: some people show nobody what they read.
 */
export const engagement: Rule = ({ message, rules: { unread }, marketing, contact }) => {
	if (unread === null || !isMarketing(message)) return null;
	const last = marketing.filter(({ isDelivered }) => isDelivered).slice(0, unread);
	const first = last[unread - 1];
	if (first === undefined || last.some(({ isRead }) => isRead)) return null;
	const wroteAt = Object.values(contact?.inbound ?? {}).map(({ at }) => at);
	if (wroteAt.some((at) => at >= first.at)) return null;
	return {
		rule: 'engagement',
		reason: `The person has read none of the last ${unread} marketing messages, the first of them of ${asMoment(first.at)}.`,
		advice:
			'It goes again once the person reads one or writes. Or change Contact Rules › Leave Out Who Reads Nothing.',
		until: null,
	};
};
