import { randomUUID } from 'node:crypto';

import { deliver, type DeliveryContext } from './attempt/deliver';
import { mayGoLater, stopsAll, type OutgoingMessage, type SendResult } from './attempt/outcome';
import { readStoredRequest } from './campaign/storedRequest';
import { createCompose, envelopeOf, type Dispatch } from './compose';
import { operationIdOfKey, payloadHashOf } from './idempotency/identity';
import { sendEntry, type Protection } from './idempotency/sendEntry';
import { keptTextOf } from './keptText';
import { deliverySchema } from './settings/deliveryFields';
import { pacerOf } from './sharedPacers';
import { usualRules } from '../contacts/rules/rules';
import type { Account } from '../graph/account';
import { accountKeyOf, contentHashOf } from '../graph/identifiers';
import { sendPolicy } from '../graph/steps/policy';
import { confirmationExecution } from '../store/outbox/outboxEntry';
import type { Lease } from '../store/outbox/outboxStore';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';
import { dayMs, minuteMs } from '../time/durations';
import type { Recipient } from '../values/recipient';
import { errorOf, reasonOf } from '../values/unknown';

/** A text that a trigger sends by itself, such as the confirmation of an opt-out. */
export interface ConfirmationMessage {
	/** The same for the same occasion, so that it is sent once. */
	key: string;
	/** Whose number sends it: the trigger of a whole app answers people of several accounts. */
	account: Account;
	phoneNumberId: string;
	recipient: Recipient;
	text: string;
	trigger: SendingTrigger & { nodeName: string };
}

/** A trigger, as the outbox names what it has sent. */
export interface SendingTrigger {
	workflowId: string;
	nodeId: string;
}

/** A message of the outbox, with the account whose key it lies under. */
interface Queued {
	message: OutgoingMessage;
	accountKey: string;
}

/** Confirmations that this process has enqueued, and is to send. */
export interface QueuedConfirmations {
	messages: readonly Queued[];
	lease: Lease;
}

/** What sends them: a token, and a request made once. */
type Sender = Pick<DeliveryContext, 'tokens' | 'attempt'>;

/**
 * Texts that triggers send by themselves. They go through the outbox like every message, so that each
 * goes once: what a killed process has enqueued, another one sends; what may have gone out, nobody
 * sends again.
 */
export interface Confirmations {
	/**
	 * Enqueues them. Call it before what they answer is kept: then they are not lost either.
	 *
	 * @returns those that nobody else has enqueued or sent
	 * @throws StateProblem
	 */
	keep(confirmations: readonly ConfirmationMessage[]): Promise<QueuedConfirmations>;
	/**
	 * Deletes what `keep` returned, as if it had never been.
	 *
	 * @throws StateProblem
	 */
	takeBack(queued: QueuedConfirmations): Promise<void>;
	/**
	 * Sends what `keep` returned. Whatever fails for a reason other than the message itself stays for
	 * `sendOrphaned`. Does not throw.
	 *
	 * @returns what went wrong
	 */
	send(queued: QueuedConfirmations): Promise<string[]>;
	/**
	 * Sends what processes that are gone have enqueued for the trigger, within a day. Whatever fails
	 * for a reason other than the message itself stays for the next time; if that keeps all of them
	 * from going, such as a token that Meta refuses, it tries no more of them. Does not throw.
	 *
	 * @param trigger which it is: its credential has the token for them, whatever account they belong to
	 * @param signal ends it after the request that is being made
	 * @returns what went wrong
	 */
	sendOrphaned(trigger: SendingTrigger, signal?: AbortSignal): Promise<string[]>;
}

interface ConfirmationsSetting {
	/** Of the trigger's credential: its token sends, its secret decrypts. */
	account: Account;
	store: Store;
	/**
	 * Called before anything is started, so that nothing is lost if it throws.
	 *
	 * @param timeoutSeconds longest that Meta may take for an answer
	 * @throws CredentialProblem if the token is missing
	 */
	openSender: (timeoutSeconds: number) => Promise<Sender>;
	clock: Clock;
}

/**
 * Longer than sending one takes, retries included. `start` refuses what another process takes while
 * this one is busy with those before.
 */
const leaseMs = 3 * minuteMs;

const settings = deliverySchema.parse({
	messagesPerSecond: -1,
	timeoutSeconds: 20,
	maxSeconds: 60,
});

/** How many are reclaimed at once. */
const mostAtOnce = 100;

/** No rule holds them back: the person has just written, so the window is open. */
const rules = { ...usualRules, ifClosed: 'try', ifTakenOver: 'send' } as const;

/**
 * Creates the confirmations of one credential. Nothing is opened before there is something to send.
 */
export function createConfirmations({
	account,
	store,
	openSender,
	clock,
}: ConfirmationsSetting): Confirmations {
	const dispatchOf = async (confirmation: ConfirmationMessage): Promise<Dispatch> => {
		const { key, account: owner, phoneNumberId, recipient, text, trigger } = confirmation;
		const { workflowId } = trigger;
		const compose = createCompose({
			// How it waits in the state is the trigger's matter, whose secret decrypts it.
			account: { ...owner, keepTexts: account.keepTexts },
			timeZone: 'UTC',
			categoryOfTemplate: async () => await Promise.resolve(null),
			settings: () => settings,
		});
		const scope = { scope: 'account', accountKey: accountKeyOf(owner), workflowId } as const;
		const operationId = operationIdOfKey(key, scope, null);
		const content = envelopeOf({ type: 'text', text: { body: text } }, recipient);
		return await compose({
			...trigger,
			...{ executionId: confirmationExecution, runIndex: 0, itemIndex: 0, part: 0 },
			...{ operationId, fingerprint: operationId, phoneNumberId, recipient, content, rules },
			endpoint: 'messages',
			payloadHash: payloadHashOf(content, new Map(), contentHashOf(owner)),
			// The text may have been edited since.
			payloadMayDiffer: true,
			category: 'service',
			trackingText: undefined,
			templateText: null,
			// Later, it would only puzzle the person, and its window is closed.
			expiresAt: clock.now() + dayMs,
		});
	};

	const sendOne = async (
		{ message, accountKey }: Queued,
		lease: Lease,
		sender: Sender,
		signal: AbortSignal | undefined,
	): Promise<SendResult | null> => {
		const protection: Protection = { store, lease, clock, onUnknown: 'report', graceMs: 0, signal };
		return await sendEntry(
			message.operationId,
			'enqueued',
			protection,
			async (start) => {
				const result = await deliver(message, {
					...sender,
					pacer: pacerOf(store, accountKey),
					beforeRequest: async () => (await start()) === 'started',
					execution: confirmationExecution,
					messagesPerSecond: settings.messagesPerSecond,
					retryPolicy: {
						...sendPolicy,
						maxAttempts: settings.maxAttempts,
						maxTotalMs: settings.maxSeconds * 1_000,
					},
					clock,
					random: Math.random,
					signal,
					onRetry: () => undefined,
				});
				// Whether another account keeps texts, only its own credential says; what is orphaned comes
				// without it.
				const isOwn = accountKey === accountKeyOf(account);
				const keptText = isOwn ? keptTextOf(message, result, account) : null;
				return keptText === null ? result : { ...result, keptText };
			},
			{ isForLater: mayGoLater },
		);
	};

	/** Sends one after the other, until it is clear that none can go. */
	const sendAll = async (
		queued: Iterable<Queued> | AsyncIterable<Queued>,
		lease: Lease,
		signal?: AbortSignal,
	): Promise<string[]> => {
		const problems: string[] = [];
		const isEnded = () => signal?.aborted === true;
		try {
			let sender: Sender | undefined;
			for await (const each of queued) {
				if (isEnded()) break;
				sender ??= await openSender(settings.timeoutSeconds);
				const result = await sendOne(each, lease, sender, signal);
				if (isEnded() && result?.outcome === 'cancelled') break;
				problems.push(...problemsIn(result));
				if (result !== null && stopsAll(result)) break;
			}
		} catch (error) {
			problems.push(reasonOf(error));
		}
		// What was not sent waits for the next round, of any process.
		await store.outbox.releaseLease(lease.owner, clock.now()).catch((error: unknown) => {
			problems.push(reasonOf(error));
		});
		return problems;
	};

	/** What processes that are gone have enqueued, but for what this one cannot decrypt or read. */
	async function* orphanedOf(
		{ workflowId, nodeId }: SendingTrigger,
		accountKeys: readonly string[],
		lease: Lease,
	): AsyncGenerator<Queued> {
		for (const accountKey of accountKeys) {
			const filter = {
				accountKey,
				workflowId,
				nodeId,
				executionId: confirmationExecution,
				limit: mostAtOnce,
			};
			let found: number;
			do {
				const { entries } = await store.outbox.reclaim(filter, lease, clock.now());
				found = entries.length;
				for (const entry of entries) {
					const stored = readStoredRequest(entry, clock.now(), account.appSecret);
					if (stored !== null) yield { message: stored.message, accountKey };
				}
			} while (found === mostAtOnce);
		}
	}

	return {
		async keep(confirmations) {
			const lease = newLease();
			if (confirmations.length === 0) return { messages: [], lease };
			const entries = await Promise.all(confirmations.map(dispatchOf));
			const answers = await store.outbox.enqueue(
				entries.map(({ intent }) => intent),
				lease,
				clock.now(),
			);
			const isOurs = (index: number) => answers[index]?.outcome === 'claimed';
			const ours = entries.filter((_, index) => isOurs(index));
			const messages = ours.map(({ message, intent: { accountKey } }) => ({ message, accountKey }));
			return { messages, lease };
		},
		async takeBack({ messages, lease }) {
			const ids = messages.map(({ message }) => message.operationId);
			if (ids.length > 0) await store.outbox.takeBack(ids, lease.owner);
		},
		async send({ messages, lease }) {
			return messages.length === 0 ? [] : await sendAll(messages, lease);
		},
		async sendOrphaned(trigger, signal) {
			const accountKeys = await store.outbox.accountsOfOrphaned(trigger).catch(errorOf);
			if (accountKeys instanceof Error) return [accountKeys.message];
			if (accountKeys.length === 0) return [];
			const lease = newLease();
			return await sendAll(orphanedOf(trigger, accountKeys, lease), lease, signal);
		},
	};
}

const newLease = (): Lease => ({ owner: `${confirmationExecution}:${randomUUID()}`, leaseMs });

function problemsIn(result: SendResult | null): string[] {
	if (result === null || result.outcome === 'sent' || result.outcome === 'duplicate') return [];
	return [result.error?.message ?? result.outcome];
}
