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

/** What a messenger needs of its run. */
interface MessengerRun {
	host: IExecuteFunctions;
	account: Account;
	/** Makes each call once; the steps around a send are those of its delivery. */
	graph: GraphClient;
	/** Shared with the other calls of the run. */
	tokens: TokenChoice;
	signal: AbortSignal | undefined;
	identity: RunIdentity;
}

/** A message on its way, with what the store keeps of it. */
export interface Dispatch {
	message: OutgoingMessage;
	intent: EnqueueRequest;
}

/** What a run knows of a message of its own that is not complete; all else is in the store. */
interface OwnEntry extends Pick<
	EnqueueRequest,
	'itemIndex' | 'part' | 'payloadHash' | 'phoneNumberId'
> {
	isEnqueued: boolean;
}

/** Delivers the messages of one run: protected by the store, paced, retried. */
export interface Messenger {
	/** @throws FieldProblem when a setting cannot be used */
	settings(): DeliverySettings;
	/**
	 * The IDs under which this message went out before, newest first, where the user has retried an
	 * execution: in an earlier one, or in this one, which may have been killed and continued.
	 *
	 * @throws StateProblem
	 */
	earlierOperationIds(fingerprint: string): Promise<string[]>;
	/** Records messages that are to be sent later in this run. Without a store it does nothing. */
	record(dispatches: readonly Dispatch[]): Promise<void>;
	/**
	 * Carries out the tasks of one recipient one after the other, in the order in which they were
	 * given: all that a message needs, its upload and its look-ups included. A task must not ask for
	 * a place in this line itself; it would wait for its own end.
	 */
	inOrder<Result>(recipient: Recipient, task: () => Promise<Result>): Promise<Result>;
	/**
	 * Sends a message, within a task of `inOrder`.
	 *
	 * @throws KeyConflict when the key belongs to another message
	 * @throws StateProblem when the store cannot be used and the user wants to stop then
	 */
	send(dispatch: Dispatch): Promise<Delivery>;
	/** What other executions have left. */
	readonly leftOver: LeftOver;
	/** Ends the lease on what this run has not settled. */
	close(): Promise<void>;
}

/** After this time without renewal an execution counts as dead. */
const leaseMs = 20_000;

/** So many calls of a tool with the same values are found again. */
const mostRepeated = 20;

/** So long a state that failed is left alone, so that a slow one does not hold up each message. */
const troubleMs = 30_000;

export function createMessenger(run: MessengerRun): Messenger {
	const { host, account, tokens, signal, identity } = run;
	const accountKey = accountKeyOf(account);
	const inLane = createKeyedQueue();
	const log = createMessageLog(host, identity.executionId);
	const lease: Lease = { owner: `${identity.executionId}:${randomUUID()}`, leaseMs };
	let settings: DeliverySettings | undefined;
	let opening: Promise<Store | null> | undefined;
	/** When a state that could not be opened is tried again; until then its error stands. */
	let opensAgainAt = Infinity;
	let campaign: Campaign | undefined;
	let held: LeaseHeartbeat | undefined;
	/** Until then the state is not asked, where the user wants to go on without it. */
	let troubledUntil = 0;
	/** Whether something may be left enqueued when the run ends. */
	let mayLeaveEntries = false;
	/** What this run has enqueued or is sending, by operation ID. */
	const own = new Map<string, OwnEntry>();
	const inTurn = createKeyedQueue();
	/** Messages whose entry may still say enqueued, because the state failed after that. */
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
	 * @param opened null where the message goes without protection
	 * @param begin asked before each request; false: it is another's now
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

	/** Messages of a run that share a key go one after the other; the first holds the key. */
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
		return await inTurn(operationId, async () => {
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

	/** @throws the error, unless it is one of the state and the user wants to go on then */
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
			// Of messages with the same key the first holds it.
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
		inOrder: (recipient, task) => inLane(addressOf(recipient), task),
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
				inLane(addressOf(left.message.recipient), () =>
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
				// Only what a killed process left is for others to send.
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
			// Not waited for: a run does not last longer because much is old.
			void purgeNowAndThen(opened, accountKey, account.retentionDays, log.trouble);
		},
	};
}
