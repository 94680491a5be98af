import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Campaign } from './campaign/campaign';
import { deliver, type SendAnswer } from './attempt/deliver';
import { startLeaseHeartbeat, type LeaseHeartbeat } from './idempotency/leaseHeartbeat';
import { KeyConflict, sendOnce } from './idempotency/once';
import { completionOf, type Protection, type SendOnceResult } from './idempotency/settle';
import { cancelledDelivery, type Delivery, type OutgoingMessage } from './attempt/outcome';
import { createKeyedQueue } from '../concurrency/pool';
import type { DeliverySettings } from './settings/deliveryFields';
import { accountKeyOf, type Account } from '../graph/account';
import type { GraphClient } from '../graph/client';
import { sendPolicy, type RetryPolicy } from '../graph/steps/policy';
import { slotOf, type TokenChoice } from '../graph/tokenChoice';
import { addressOf, type Recipient } from '../values/recipient';
import { openAccountStore } from '../store/accountStore';
import type { Completion, EnqueueRequest, Lease } from '../store/outbox/outboxStore';
import { StateProblem } from '../store/stateProblem';
import type { Store } from '../store/store';
import { purgeNowAndThen } from '../store/purgeNowAndThen';
import type { RunIdentity } from './idempotency/runIdentity';
import { createAdmission } from './campaign/admission';
import { readDeliverySettings } from './settings/deliverySettings';
import { createLeftOver, type LeftOver } from './campaign/leftOver';
import { createMessageLog } from './messageLog';
import type { SendSettings } from './campaign/recorded';
import { pacerOf } from './sharedPacers';
import { systemClock } from '../time/system/systemClock';

/** What a messenger needs from its run. */
interface MessengerRun {
	host: IExecuteFunctions;
	account: Account;
	/** Makes each call once; the delivery adds its own steps around a send. */
	graph: GraphClient;
	/** Shared with the run's other calls. */
	tokens: TokenChoice;
	signal: AbortSignal | undefined;
	identity: RunIdentity;
}

/** A message on its way, with what the store keeps about it. */
export interface Dispatch {
	message: OutgoingMessage;
	intent: EnqueueRequest;
}

/** What a run knows about one of its own incomplete messages; the rest is in the store. */
interface OwnEntry extends Pick<
	EnqueueRequest,
	'itemIndex' | 'part' | 'payloadHash' | 'phoneNumberId'
> {
	isEnqueued: boolean;
}

/** Delivers one run's messages: protected by the store, paced and retried. */
export interface Messenger {
	/** @throws FieldProblem if a setting cannot be used */
	settings(): DeliverySettings;
	/**
	 * The IDs under which this message went out before, newest first, if the user retried an
	 * execution: in an earlier execution, or in this one if it was killed and then continued.
	 *
	 * @throws StateProblem
	 */
	earlierOperationIds(fingerprint: string): Promise<string[]>;
	/** Enqueues messages to be sent later in this run. Without a store it does nothing. */
	record(dispatches: readonly Dispatch[]): Promise<void>;
	/**
	 * Runs one recipient's tasks one after the other, in the order given. A task covers all that a
	 * message needs, including its upload and lookups. A task must not call `inOrder` itself: it
	 * would wait for itself.
	 */
	inOrder<Result>(recipient: Recipient, task: () => Promise<Result>): Promise<Result>;
	/**
	 * Sends a message, from within a task of `inOrder`.
	 *
	 * @throws KeyConflict when the key belongs to another message
	 * @throws StateProblem if the store cannot be used and the user chose to stop in that case
	 */
	send(dispatch: Dispatch): Promise<Delivery>;
	/** Orphaned messages of other executions. */
	readonly leftOver: LeftOver;
	/** Ends the lease on whatever this run has not completed. */
	close(): Promise<void>;
}

/** An execution that does not renew its lease for this long counts as dead. */
const leaseMs = 20_000;

/** At most this many tool calls with the same values are recognised again. */
const mostRepeated = 20;

/** How long to leave a failed state alone, so that a slow one does not hold up every message. */
const troubleMs = 30_000;

export function createMessenger(run: MessengerRun): Messenger {
	const { host, account, tokens, signal, identity } = run;
	const accountKey = accountKeyOf(account);
	const inRecipientQueue = createKeyedQueue();
	const log = createMessageLog(host, identity.executionId);
	const lease: Lease = { owner: `${identity.executionId}:${randomUUID()}`, leaseMs };
	let settings: DeliverySettings | undefined;
	let opening: Promise<Store | null> | undefined;
	/** When to try opening the state again after a failure; until then its error stands. */
	let opensAgainAt = Infinity;
	let campaign: Campaign | undefined;
	let held: LeaseHeartbeat | undefined;
	/** Until then the state is not used, if the user chose to go on without it. */
	let troubledUntil = 0;
	/** Whether anything may still be enqueued when the run ends. */
	let mayLeaveEntries = false;
	/** What this run has enqueued or is sending, by operation ID. */
	const own = new Map<string, OwnEntry>();
	const inKeyQueue = createKeyedQueue();
	/** Messages whose entry may still say enqueued because the state failed afterwards. */
	const sentUnprotected: Completion[] = [];

	const readSettings = (): DeliverySettings => (settings ??= readDeliverySettings(host));

	const openStore = async (): Promise<Store | null> => {
		return await openAccountStore(account).catch((error: unknown) => {
			opensAgainAt = systemClock.now() + troubleMs;
			goOnWithout(error);
			return null;
		});
	};

	const store = async (): Promise<Store | null> => {
		if (systemClock.now() < troubledUntil) return null;
		if (opening === undefined || systemClock.now() >= opensAgainAt) {
			opensAgainAt = Infinity;
			opening = openStore();
		}
		const opened = await opening;
		if (opened !== null) {
			held ??= startLeaseHeartbeat(opened, lease, systemClock, (error) => {
				log.trouble('The lease of this run could not be renewed', error);
			});
		}
		return opened;
	};

	const admission = (): Campaign =>
		(campaign ??= createAdmission(host, readSettings(), identity.executionId));

	/**
	 * @param opened null if the message goes without protection
	 * @param begin called before each request; false means another execution owns the message now
	 */
	const deliverNow = async (
		message: OutgoingMessage,
		opened: Store | null,
		begin: () => Promise<boolean> = () => Promise.resolve(true),
		{ messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds }: SendSettings = readSettings(),
	): Promise<Delivery> => {
		const retryPolicy: RetryPolicy = {
			...sendPolicy,
			maxAttempts,
			maxTotalMs: maxSeconds * 1000,
		};
		if (!(await admission().admit(signal))) return cancelledDelivery(tokens.inUse);
		return await deliver(message, {
			attempt: (outgoing, token) =>
				run.graph.attempt<SendAnswer>({
					method: 'POST',
					node: outgoing.phoneNumberId,
					edge: outgoing.endpoint,
					json: outgoing.body,
					tokenSlot: slotOf(account, token),
					timeoutMs: timeoutSeconds * 1000,
				}),
			tokens,
			pacer: pacerOf(opened, accountKey),
			stillOwns: async ({ operationId }) =>
				(await begin()) &&
				(opened === null || held === undefined || (await held.stillOwns(operationId))),
			execution: identity.executionId,
			messagesPerSecond,
			retryPolicy,
			clock: systemClock,
			random: Math.random,
			signal,
			onRetry: log.retried,
		});
	};

	const protectionOf = (opened: Store): Protection => {
		const { onUnknown, graceMinutes } = readSettings();
		const graceMs = graceMinutes * 60_000;
		return { store: opened, lease, clock: systemClock, onUnknown, graceMs, signal };
	};

	const leavesAtOnce = (): boolean => {
		const { messagesPerSecond, waves, window } = readSettings();
		return messagesPerSecond === null && !waves?.waves && !window?.window;
	};

	/** A run's messages that share a key go one after the other; the first holds the key. */
	const sendWith = async (
		opened: Store,
		message: OutgoingMessage,
		intent: EnqueueRequest,
	): Promise<SendOnceResult> => {
		const { operationId, itemIndex, part, payloadHash, phoneNumberId } = intent;
		const holder = own.get(operationId);
		const isItself = holder?.itemIndex === itemIndex && holder.part === part;
		if (holder !== undefined && !isItself && holder.payloadHash !== payloadHash) {
			throw new KeyConflict(holder);
		}
		return await inKeyQueue(operationId, async () => {
			const isEnqueued = own.get(operationId)?.isEnqueued === true;
			own.set(operationId, { itemIndex, part, payloadHash, phoneNumberId, isEnqueued });
			let isThrough = false;
			try {
				const delivery = await sendOnce(
					intent,
					protectionOf(opened),
					(start) => deliverNow(message, opened, start),
					{ isEnqueued, leavesAtOnce: leavesAtOnce() },
				);
				isThrough = true;
				return delivery;
			} finally {
				mayLeaveEntries ||= !isThrough;
				own.delete(operationId);
			}
		});
	};

	/** @throws the error, unless the state caused it and the user chose to go on in that case */
	const goOnWithout = (error: unknown): void => {
		const goOn = error instanceof StateProblem && readSettings().onStateProblem === 'continue';
		if (!goOn) throw error;
		troubledUntil = systemClock.now() + troubleMs;
		log.trouble('The state cannot be used; sending goes on without protection', error);
	};

	const sendProtected = async ({ message, intent }: Dispatch): Promise<Delivery> => {
		const opened = await store();
		if (opened === null) return await deliverNow(message, null);
		const delivery = await sendWith(opened, message, intent).catch(
			async (error: unknown): Promise<SendOnceResult> => {
				goOnWithout(error);
				const sent = await deliverNow(message, null);
				sentUnprotected.push(completionOf(message.operationId, lease, sent));
				return sent;
			},
		);
		if (delivery.stateProblem !== undefined) {
			log.notRecorded(delivery, delivery.stateProblem);
		}
		return delivery;
	};

	return {
		settings: readSettings,
		async earlierOperationIds(fingerprint) {
			const opened = await store();
			if (opened === null) return [];
			const { executionBegan } = identity;
			const fingerprints = [fingerprint];
			const request = { accountKey, fingerprints, executionBegan, limitEach: mostRepeated };
			const [found = []] = await opened.outbox
				.findByFingerprint(request)
				.catch((error: unknown) => {
					goOnWithout(error);
					return [];
				});
			return found.map(({ operationId }) => operationId);
		},
		async record(dispatches) {
			const opened = await store();
			// Of messages with the same key, the first holds it.
			const intents = dispatches.flatMap(({ intent }) =>
				own.has(intent.operationId) ? [] : [intent],
			);
			if (opened === null || intents.length === 0) return;
			const answers = await opened.outbox
				.enqueue(intents, lease, systemClock.now(), { steadySince: systemClock.steadySince?.() })
				.catch((error: unknown) => {
					goOnWithout(error);
					return [];
				});
			answers.forEach(({ outcome }, index) => {
				const intent = intents[index];
				if (outcome !== 'claimed' || intent === undefined) return;
				const { operationId, itemIndex, part, payloadHash, phoneNumberId } = intent;
				own.set(operationId, { itemIndex, part, payloadHash, phoneNumberId, isEnqueued: true });
				mayLeaveEntries = true;
			});
		},
		inOrder: (recipient, task) => inRecipientQueue(addressOf(recipient), task),
		async send(dispatch) {
			const delivery = await sendProtected(dispatch);
			log.delivered(dispatch.message, delivery);
			return delivery;
		},
		leftOver: createLeftOver({
			store,
			accountKey,
			lease,
			protectionOf,
			delivered: (message, delivery) => log.delivered(message, delivery),
			deliver: (left, opened, begin) =>
				inRecipientQueue(addressOf(left.message.recipient), () =>
					deliverNow(left.message, opened, begin, left.settings),
				),
		}),
		async close() {
			await held?.stop();
			log.finish(signal?.aborted === true);
			const opened = await opening?.catch(() => null);
			if (!opened) return;
			try {
				const now = systemClock.now();
				if (sentUnprotected.length > 0) await opened.outbox.complete(sentUnprotected, now);
				// Others may send only what a killed process left behind.
				if (mayLeaveEntries) {
					await opened.outbox.cancel({ accountKey, owner: lease.owner }, now);
				}
				await opened.outbox.releaseLease(lease.owner, now);
			} catch (error) {
				log.trouble(
					'What this run did not send stays recorded, and Message › Resume may send it',
					error,
				);
			}
			// Not awaited: a large purge must not make the run longer.
			void purgeNowAndThen(opened, accountKey, account.retentionDays, log.trouble);
		},
	};
}
