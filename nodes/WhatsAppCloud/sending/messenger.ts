import type { SendResult, OutgoingMessage } from './attempt/outcome';
import { createOrphanedMessages, type OrphanedMessages } from './campaign/orphanedMessages';
import { createCompose, type Compose, type Dispatch } from './compose';
import { createDeliverNow, type DeliveryRun } from './deliverNow';
import { createContactGuard, type GuardRun, type Verdict } from './guard/contactGuard';
import type { Protection, SendOnceResult } from './idempotency/sendEntry';
import { createMessageLog } from './messageLog';
import { createOwnEntries } from './ownEntries';
import { createRunStore } from './runStore';
import {
	enqueuingWaitMs,
	leavesAtOnce,
	outcomeWaitMs,
	type DeliverySettings,
} from './settings/deliveryFields';
import { createKeyedQueue } from '../concurrency/pool';
import { rulesFrom } from '../contacts/panel/rulesSchema';
import type { ServiceWindow } from '../contacts/window';
import { accountKeyOf, identifierKey } from '../graph/identifiers';
import { openAccountStore } from '../store/accountStore';
import { purgeNowAndThen } from '../store/purgeNowAndThen';
import type { Store } from '../store/store';
import { minuteMs } from '../time/durations';
import { systemClock as clock } from '../time/system/systemClock';
import { recipientAddress, type Recipient } from '../values/recipient';

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
	compose: Compose;
	/**
	 * Enqueues messages to be sent later in this run. Without a store it does nothing.
	 *
	 * @throws StateProblem if the store cannot be used and the user chose to stop in that case
	 */
	enqueue(dispatches: readonly Dispatch[]): Promise<void>;
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
	send(dispatch: Dispatch): Promise<SendResult>;
	/** Orphaned messages of other executions. */
	readonly orphaned: OrphanedMessages;
	/**
	 * What the rules for contacts make of a message, which is not sent.
	 *
	 * @throws StateProblem
	 */
	judge(message: OutgoingMessage): Promise<Verdict>;
	/**
	 * The person's service window; null without a state.
	 *
	 * @throws StateProblem
	 */
	windowOf(recipient: Recipient, phoneNumberId: string): Promise<ServiceWindow | null>;
	/** Ends the lease on whatever this run has not completed. */
	close(): Promise<void>;
}

/** What delivering a run's messages needs. */
type MessengerRun = DeliveryRun & Pick<GuardRun, 'listeningSince' | 'categoryOfTemplate'>;

/** At most this many tool calls with the same values are recognised again. */
const mostRepeated = 20;

/**
 * Composes what a run's messages share; see the parts.
 *
 * @param readSettings called once; throws FieldProblem if a setting cannot be used
 */
export function createMessenger(
	run: MessengerRun,
	readSettings: () => DeliverySettings,
): Messenger {
	const { host, account, signal, identity, categoryOfTemplate } = run;
	const { executionId, executionBegan } = identity;
	const accountKey = accountKeyOf(account);
	const timeZone = host.getTimezone();
	const inRecipientQueue = createKeyedQueue();
	const log = createMessageLog(host, executionId, clock);
	let read: DeliverySettings | undefined;
	const settings = (): DeliverySettings => (read ??= readSettings());
	const runStore = createRunStore({
		openStore: () => openAccountStore(account),
		executionId,
		settings,
		clock,
		log,
	});
	const { lease } = runStore;
	const entries = createOwnEntries(lease, clock, (waiting) =>
		enqueuingWaitMs(settings().messagesPerSecond, waiting),
	);
	const guard = createContactGuard({
		accountKey,
		keyOf: (address) => identifierKey(account, address),
		usualRules: rulesFrom(undefined, account.rules, timeZone),
		listeningSince: run.listeningSince,
		categoryOfTemplate,
		clock,
	});
	const deliverNow = createDeliverNow(run, { settings, runStore, guard, clock, log });

	const protectionOf = (store: Store): Protection => {
		const { onUnknown, graceMinutes, messagesPerSecond } = settings();
		const graceMs = graceMinutes * minuteMs;
		const outcomeMayWaitMs = (): number => outcomeWaitMs(messagesPerSecond);
		return { store, lease, clock, onUnknown, graceMs, signal, outcomeMayWaitMs };
	};
	/**
	 * One that leaves at once is judged first if it counts, so that one write enqueues, counts and
	 * starts it. What a rule forbids is enqueued first: an earlier run may have sent it.
	 */
	const sendProtected = async (
		{ message, intent }: Dispatch,
		store: Store,
	): Promise<SendOnceResult> => {
		const leaves = leavesAtOnce(settings());
		const isCapped = guard.rulesOf(message).cap !== null;
		const judged =
			leaves && isCapped ? await guard.judge(message, store, { countsLater: true }) : null;
		return await entries.send(
			intent,
			protectionOf(store),
			(start) => deliverNow(message, store, { start, verdict: judged }),
			{
				leavesAtOnce: leaves && (!isCapped || judged?.blocked === null),
				cap: judged?.cap ?? null,
			},
		);
	};
	const send = async ({ message, intent }: Dispatch): Promise<SendResult> => {
		const sendUnprotected = async (): Promise<SendOnceResult> => {
			const sent = await deliverNow(message, null);
			entries.sentUnprotected(message.operationId, sent);
			return sent;
		};
		const store = await runStore.open();
		if (store === null) return await sendUnprotected();
		const result = await sendProtected({ message, intent }, store).catch(async (error: unknown) => {
			runStore.goOnWithout(error);
			return await sendUnprotected();
		});
		if (result.stateProblem !== undefined) log.notRecorded(result, result.stateProblem);
		return result;
	};

	return {
		settings,
		compose: createCompose({ account, timeZone, categoryOfTemplate, settings }),
		async earlierOperationIds(fingerprint) {
			const fingerprints = [fingerprint];
			const request = { accountKey, fingerprints, executionBegan, limitEach: mostRepeated };
			const found = await runStore.use(({ outbox }) => outbox.findByFingerprint(request), []);
			return found.flat().map(({ operationId }) => operationId);
		},
		async enqueue(dispatches) {
			const requests = dispatches.map(({ intent }) => intent);
			await runStore.use((store) => entries.enqueue(requests, store), undefined);
		},
		inOrder: (recipient, task) => inRecipientQueue(recipientAddress(recipient), task),
		async send(dispatch) {
			const result = await send(dispatch);
			log.delivered(dispatch.message, result);
			return result;
		},
		orphaned: createOrphanedMessages({
			store: runStore.open,
			accountKey,
			appSecret: account.appSecret,
			lease,
			clock,
			protectionOf,
			delivered: (message, result) => log.delivered(message, result),
			deliver: ({ message, settings: own }, store, start) =>
				inRecipientQueue(recipientAddress(message.recipient), () =>
					deliverNow(message, store, { start, settings: own }),
				),
		}),
		judge: async (message) => await guard.judge(message, await runStore.open()),
		windowOf: async (recipient, phoneNumberId) =>
			await runStore.use(
				async (store) => await guard.windowOf(recipient, phoneNumberId, store),
				null,
			),
		async close() {
			const store = await runStore.stop();
			log.finish(signal?.aborted === true);
			if (store === null) return;
			try {
				await entries.close(accountKey, store);
			} catch (error) {
				log.trouble(
					'What this run did not send stays recorded, and Message › Resume may send it',
					error,
				);
			}
			// Not awaited: a large purge must not make the run longer.
			void purgeNowAndThen(store, accountKey, account, log.trouble);
		},
	};
}
