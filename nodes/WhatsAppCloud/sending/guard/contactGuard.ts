import { hasClockJumped } from '../../contacts/clockJump';
import { handoffFor } from '../../contacts/handoff';
import { consentFor } from '../../contacts/consent';
import { overCap } from '../../contacts/rules/frequency';
import { dependsOnCategory, type ContactRules } from '../../contacts/rules/rules';
import { blockedBy, needsOf } from '../../contacts/rules/ruleTable';
import type { Blocked, GuardedMessage } from '../../contacts/rules/situation';
import { windowFor, type ServiceWindow } from '../../contacts/window';
import type { Category } from '../../pricing/market/category';
import type { Contact } from '../../store/contacts/contactStore';
import { createBatcher } from '../../store/engine/batch';
import type { CapCount, SentToRequest } from '../../store/outbox/outboxStore';
import type { Store } from '../../store/store';
import type { Clock } from '../../time/clock';
import { minuteMs } from '../../time/durations';
import { ShortMemory } from '../../time/shortMemory';
import { isGroup, recipientAddress, type Recipient } from '../../values/recipient';
import type { BlockedMessage, OutgoingMessage } from '../attempt/outcome';
import { guardedMessage, templateNameIn } from './guardedMessage';

/** What the rules make of a message. */
export interface Verdict {
	blocked: BlockedMessage | null;
	/** To be counted as the message starts; null without a cap. */
	cap: CapCount | null;
	/** Null for what goes at any time. */
	window: ServiceWindow | null;
}

/** Asks the rules before a message goes. */
export interface ContactGuard {
	/** What a message must keep to. */
	rulesOf(message: OutgoingMessage): ContactRules;
	/**
	 * @param store null if the message goes without the state; then only the quiet hours are asked
	 * @param options.countsLater the cap is not asked: the message is counted as it starts anyway
	 * @throws StateProblem
	 */
	judge(
		message: OutgoingMessage,
		store: Store | null,
		options?: { countsLater?: boolean },
	): Promise<Verdict>;
	/**
	 * Why a message did not start that the cap refused at the last moment.
	 *
	 * @throws RangeError if its rules have no cap
	 * @throws StateProblem
	 */
	refusedByCap(message: OutgoingMessage, store: Store, verdict: Verdict): Promise<BlockedMessage>;
	/** @throws StateProblem */
	windowOf(recipient: Recipient, phoneNumberId: string, store: Store): Promise<ServiceWindow>;
	/**
	 * Remembers that Meta found a person's window closed.
	 *
	 * @param askedAt when the message left, in milliseconds since 1970
	 * @throws StateProblem
	 */
	learnClosed(message: OutgoingMessage, askedAt: number, store: Store): Promise<void>;
}

/** What it needs from its run. */
export interface GuardRun {
	accountKey: string;
	/** The key under which the state keeps a person. */
	keyOf: (address: string) => string;
	/** Of a message that brings none. */
	usualRules: ContactRules;
	/** Since when a trigger records what a number gets; null if none does. */
	listeningSince: (store: Store, phoneNumberId: string) => Promise<number | null>;
	/** Null if nobody can tell it. */
	categoryOfTemplate: (name: string) => Promise<Category | null>;
	clock: Clock;
}

/** What nobody can keep to without the state. */
const withoutState = { marketingConsent: 'notOptedOut', cap: null, unread: null } as const;

const noWindow = { state: 'unknown', until: null, isFreeEntry: false } as const;

/** Asks the rules for one run, whose messages read their contacts together. */
export function createContactGuard(run: GuardRun): ContactGuard {
	const { accountKey, keyOf, clock } = run;
	const rulesOf = ({ rules }: OutgoingMessage): ContactRules => rules ?? run.usualRules;
	const { batched } = createBatcher(0);
	/** Many messages at once read their persons together. */
	const readers = new WeakMap<Store, (key: string) => Promise<Contact | null>>();
	const contactOf = async (address: string, store: Store): Promise<Contact | null> => {
		const known = readers.get(store);
		if (known !== undefined) return await known(keyOf(address));
		const get = batched(
			async (keys: readonly string[]) => await store.contacts.get(accountKey, keys),
		);
		const read = async (key: string): Promise<Contact | null> => (await get([key]))[0] ?? null;
		readers.set(store, read);
		return await read(keyOf(address));
	};

	const setBack = new ShortMemory<boolean>({
		keptMs: minuteMs,
		maxEntries: 1,
		now: () => clock.now(),
	});
	const hasJumped = async (store: Store): Promise<boolean> => {
		const clockWasSetBack = async (now: number): Promise<boolean> =>
			await setBack.read('state', async () => await store.clockWasSetBack(now));
		return await hasClockJumped({ clockWasSetBack }, clock);
	};

	const windowOf = async (
		contact: Contact | null,
		phoneNumberId: string,
		store: Store,
	): Promise<ServiceWindow> => {
		const about = { now: clock.now(), hasJumped: await hasJumped(store) };
		const early = windowFor(contact, phoneNumberId, { ...about, listeningSince: null });
		// Only a window that may be closed depends on who has listened.
		if (early.state !== 'unknown') return early;
		const listeningSince = await run.listeningSince(store, phoneNumberId);
		return windowFor(contact, phoneNumberId, { ...about, listeningSince });
	};

	/** A template's category, looked up if something depends on it. */
	const withCategory = async (
		message: OutgoingMessage,
		guarded: GuardedMessage,
		contact: Contact | null,
	): Promise<GuardedMessage> => {
		const name = templateNameIn(message);
		const isAsked =
			dependsOnCategory(rulesOf(message)) ||
			consentFor(contact, 'marketing').state === 'withdrawn' ||
			Object.keys(contact?.consents ?? {}).length > 0 ||
			handoffFor(contact, guarded.phoneNumberId, clock.now()) !== null;
		if (guarded.category !== null || name === null || !isAsked) return guarded;
		return { ...guarded, category: await run.categoryOfTemplate(name) };
	};

	const requestFor = (contact: Contact | null, address: string): Omit<SentToRequest, 'since'> => ({
		accountKey,
		contactKeys: contact?.keys ?? [keyOf(address)],
		category: null,
	});

	return {
		rulesOf,
		async judge(message, store, { countsLater = false } = {}) {
			const rules = rulesOf(message);
			const asked = guardedMessage(message);
			if (asked === null) return { blocked: null, cap: null, window: null };
			const now = clock.now();
			const { address, phoneNumberId } = asked;
			const contact = store === null ? null : await contactOf(address, store);
			const guarded = store === null ? asked : await withCategory(message, asked, contact);
			const isFreeForm = guarded.kind === 'freeForm';
			const window =
				store === null || !isFreeForm ? noWindow : await windowOf(contact, phoneNumberId, store);
			if (store === null) {
				const blocked = blockedBy({
					...{ message: guarded, contact, window, now, counted: [], marketing: [] },
					rules: { ...rules, ...withoutState },
				});
				return { blocked: held(blocked, rules), cap: null, window: isFreeForm ? window : null };
			}
			const needs = needsOf(guarded, rules);
			const request = requestFor(contact, address);
			const cap =
				needs.counted && rules.cap !== null
					? {
							...request,
							since: now - rules.cap.periodMs,
							category: rules.cap.appliesTo === 'marketing' ? 'marketing' : null,
							ownCategory: guarded.category,
							most: rules.cap.messages,
						}
					: null;
			const others = (sent: { operationId: string }): boolean =>
				sent.operationId !== message.operationId;
			const counted =
				cap === null || countsLater ? [] : (await store.outbox.sentTo(cap)).filter(others);
			const marketing = needs.marketing
				? await store.outbox.sentTo({ ...request, since: 0, category: 'marketing' })
				: [];
			const blocked = blockedBy({
				message: guarded,
				rules,
				contact,
				window,
				counted,
				marketing,
				now,
			});
			return { blocked: held(blocked, rules), cap, window: isFreeForm ? window : null };
		},

		async refusedByCap(message, store, { cap }) {
			const { operationId } = message;
			const rules = rulesOf(message);
			const counted = cap === null ? [] : await store.outbox.sentTo(cap);
			const others = counted.filter((each) => each.operationId !== operationId);
			if (rules.cap === null) throw new RangeError('A message without a cap was counted');
			return heldBy(overCap(rules.cap, others), rules);
		},

		async windowOf(recipient, phoneNumberId, store) {
			const contact = await contactOf(recipientAddress(recipient), store);
			return await windowOf(contact, phoneNumberId, store);
		},

		async learnClosed({ recipient, phoneNumberId }, askedAt, store) {
			if (isGroup(recipient)) return;
			const contactKey = keyOf(recipientAddress(recipient));
			const fact = { fact: 'windowClosed', phoneNumberId } as const;
			await store.contacts.record([{ ...fact, accountKey, contactKey, at: askedAt }], clock.now());
		},
	};
}

const held = (blocked: Blocked | null, rules: ContactRules): BlockedMessage | null =>
	blocked === null ? null : heldBy(blocked, rules);

const heldBy = (blocked: Blocked, { keepForResume }: ContactRules): BlockedMessage => ({
	...blocked,
	resumableFrom: keepForResume ? blocked.until : null,
});
