import type { Category } from '../../pricing/market/category';

/** What is done with a free-form message whose person's window is closed. */
export type IfClosed = 'block' | 'template' | 'directSend' | 'try';

/** Which messages a rule is about. */
export type AppliesTo = 'marketing' | 'all';

/** Hours during which a person is left alone. */
export interface QuietHours {
	/** Minutes since midnight. */
	from: number;
	/** Minutes since midnight, exclusive; at or before `from`, it is on the next day. */
	to: number;
	/** Days on which they begin, 0 for Sunday; empty for every day. */
	days: number[];
	/** IANA name; null for the time zones of the person's country. */
	timeZone: string | null;
	/** Where the country is not known. */
	otherwise: string;
	appliesTo: AppliesTo;
}

/** How many messages a person gets. */
export interface Cap {
	messages: number;
	periodMs: number;
	appliesTo: AppliesTo;
}

/** What a message to a person must keep to, as its sender chose. Plain JSON: it stays with it. */
export interface ContactRules {
	ifClosed: IfClosed;
	/** Who gets marketing: all who have not opted out, or only those who have opted in. */
	marketingConsent: 'notOptedOut' | 'optedIn';
	/** What else those who opted out of marketing do not get. */
	notForOptedOut: Exclude<Category, 'marketing'>[];
	cap: Cap | null;
	quietHours: QuietHours | null;
	/** Leaves out who read none of their last so many marketing messages; null: nobody. */
	unread: number | null;
	ifTakenOver: 'block' | 'send';
	/** Whether a message that only time holds back waits for Message › Resume. */
	keepForResume: boolean;
}

/** The rules of a sender that has chosen nothing. */
export const usualRules: ContactRules = {
	ifClosed: 'block',
	marketingConsent: 'notOptedOut',
	notForOptedOut: [],
	cap: null,
	quietHours: null,
	unread: null,
	ifTakenOver: 'block',
	keepForResume: false,
};

/** Whether the rules ask for what only the state knows, and cannot be kept without it. */
export const needsState = ({ marketingConsent, cap, unread }: ContactRules): boolean =>
	marketingConsent === 'optedIn' || cap !== null || unread !== null;

/** Whether the rules ask more of marketing than of other messages. */
export const dependsOnCategory = ({
	marketingConsent,
	notForOptedOut,
	cap,
	quietHours,
	unread,
}: ContactRules): boolean =>
	marketingConsent === 'optedIn' ||
	notForOptedOut.length > 0 ||
	unread !== null ||
	cap?.appliesTo === 'marketing' ||
	quietHours?.appliesTo === 'marketing';
