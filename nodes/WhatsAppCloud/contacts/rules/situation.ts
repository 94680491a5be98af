import type { Category } from '../../pricing/market/category';
import type { Contact } from '../../store/contacts/contactStore';
import type { SentMessage } from '../../store/outbox/outboxStore';
import type { ServiceWindow } from '../window';
import type { ContactRules } from './rules';

/** What the rules look at in a message. */
export interface GuardedMessage {
	phoneNumberId: string;
	/** The person: `+` and digits, or a user ID. */
	address: string;
	/** `directSend` is free-form and goes at any time, as a template that Meta makes. */
	kind: 'freeForm' | 'directSend' | 'template';
	/** Null for a template whose category is not known. */
	category: Category | null;
}

/** What is known when a message is about to go. */
export interface Situation {
	message: GuardedMessage;
	rules: ContactRules;
	/** Null if nothing is known of the person. */
	contact: Contact | null;
	window: ServiceWindow;
	/** Of the cap's period and kind, newest first; empty without a cap. */
	counted: readonly SentMessage[];
	/** Marketing, newest first; empty unless the rules ask for it. */
	marketing: readonly SentMessage[];
	/** In milliseconds since 1970. */
	now: number;
}

/** The rules by name. The values are stored, so they must not change. */
export type RuleName =
	'handoff' | 'standby' | 'consent' | 'window' | 'quietHours' | 'engagement' | 'cap';

/** Why a message does not go. */
export interface Blocked {
	rule: RuleName;
	/** A sentence. */
	reason: string;
	/** Ways out, as sentences. */
	advice: string;
	/** When the rule lets it go by itself, in milliseconds since 1970; null if never, or unknown. */
	until: number | null;
}

/** Decides about one message; null lets it go. */
export type Rule = (situation: Situation) => Blocked | null;

/**
 * Whether a message is marketing. A template that nobody can tell the category of counts: it is the
 * one that must not go.
 */
export const isMarketing = ({ category }: GuardedMessage): boolean =>
	category === null || category === 'marketing';

/** A moment in a sentence: `2026-11-26 12:05 UTC`. */
export const asMoment = (ms: number): string =>
	`${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
