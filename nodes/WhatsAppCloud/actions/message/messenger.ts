import { randomUUID } from 'node:crypto';
import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { createCampaign, type Campaign } from '../../delivery/campaign';
import { deliver, type SendAnswer, type TokenChoice } from '../../delivery/deliver';
import { sendAndSettle, sendOnce, type Protection, type SendOnceResult } from '../../delivery/once';
import type { Delivery, OutgoingMessage } from '../../delivery/outcome';
import { createPacer, type Clock, type Pacer } from '../../delivery/pacer';
import { createLanes } from '../../delivery/pool';
import { defaultRetryPolicy, type RetryPolicy } from '../../delivery/retry';
import { createLocalSlots } from '../../delivery/slots';
import { createStoreSlots } from '../../delivery/storeSlots';
import { deliveryField, deliverySchema, type DeliverySettings } from '../../fields/delivery';
import { accountKeyOf, tokenIn, type Account, type TokenSlot } from '../../graph/account';
import type { GraphClient } from '../../graph/client';
import { addressOf } from '../../messages/recipient';
import { openAccountStore } from '../../state/accountStore';
import type { Lease, OperationIntent, OperationRecord } from '../../state/operations/operation';
import { StateProblem } from '../../state/problem';
import type { Store } from '../../state/store';
import { fieldProblem } from '../problems';
import type { RunIdentity } from '../run';

/** What a messenger needs of its run. */
export interface MessengerRun {
	host: IExecuteFunctions;
	account: Account;
	graph: GraphClient;
	signal: AbortSignal | undefined;
	identity: RunIdentity;
}

/** A message on its way, with what the store keeps of it. */
export interface Dispatch {
	message: OutgoingMessage;
	intent: OperationIntent;
}

/** Which left messages a run takes over, and how many at once. */
export interface AdoptFilter {
	workflowId?: string;
	campaign?: string;
	limit: number;
}

/** The settings that go with a message, also when another execution sends it. */
export type SendSettings = Pick<
	DeliverySettings,
	'messagesPerSecond' | 'timeoutSeconds' | 'maxAttempts' | 'maxSeconds'
>;

/** What the store keeps of a message so that another execution can send it. */
interface Recorded extends Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body'> {
	settings: SendSettings;
}

/** The text in which a message is recorded. */
export function recordedForm(
	{ endpoint, recipient, body }: Pick<OutgoingMessage, 'endpoint' | 'recipient' | 'body'>,
	{ messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds }: SendSettings,
): string {
	const settings = { messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds };
	return JSON.stringify({ endpoint, recipient, body, settings } satisfies Recorded);
}

/** Delivers the messages of one run: protected by the store, paced, retried. */
export interface Messenger {
	/** @throws FieldProblem when a setting cannot be used */
	settings(): DeliverySettings;
	/**
	 * The ID under which an earlier execution had this message, where the user retried that one.
	 *
	 * @throws StateProblem
	 */
	earlierOperationId(fingerprint: string): Promise<string | null>;
	/** Records messages that are to be sent later in this run. Without a store it does nothing. */
	record(dispatches: readonly Dispatch[]): Promise<void>;
	/**
	 * @throws KeyConflict when the key belongs to another message
	 * @throws StateProblem when the store cannot be used and the user wants to stop then
	 */
	send(dispatch: Dispatch): Promise<Delivery>;
	/** Takes over what dead executions left recorded, oldest first; none left: an empty list. */
	adopt(filter: AdoptFilter): Promise<OperationRecord[]>;
	/**
	 * Sends a message that was taken over, at the pace and with the attempts of its own run.
	 *
	 * @returns null where another execution was faster
	 */
	sendRecorded(
		record: OperationRecord,
	): Promise<{ message: OutgoingMessage; delivery: Delivery } | null>;
	/** Ends the lease on what this run has not settled. */
	close(): Promise<void>;
}

const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		// A cancelled sleep ends early; whoever slept looks at the signal.
		await sleep(ms, signal).catch((error: unknown) =>
			signal?.aborted === true ? undefined : Promise.reject(error),
		);
	},
};

/** After this time without renewal an execution counts as dead. Renewed three times as often. */
const leaseMs = 20_000;

/** One pacer for each store, and one for all accounts without: executions of a process share it. */
const storePacers = new WeakMap<Store, Map<string, Pacer>>();
const localPacer = createPacer(createLocalSlots(), systemClock);

function pacerOf(store: Store | null, accountKey: string): Pacer {
	if (store === null) return localPacer;
	const ofStore = storePacers.get(store) ?? new Map<string, Pacer>();
	storePacers.set(store, ofStore);
	const pacer =
		ofStore.get(accountKey) ?? createPacer(createStoreSlots(store, accountKey), systemClock);
	ofStore.set(accountKey, pacer);
	return pacer;
}

export function createMessenger(run: MessengerRun): Messenger {
	const { host, account, signal, identity } = run;
	const accountKey = accountKeyOf(account);
	const inLane = createLanes();
	const lease: Lease = { owner: `${identity.executionId}:${randomUUID()}`, leaseMs };
	const tokens: TokenChoice = { inUse: 'active', hasStandby: otherToken(account) !== '' };
	let settings: DeliverySettings | undefined;
	let opening: Promise<Store | null> | undefined;
	let campaign: Campaign | undefined;
	let renewal: AbortController | undefined;

	const readSettings = (): DeliverySettings => {
		if (settings !== undefined) return settings;
		const stored = host.getNode().parameters['delivery'];
		const value = stored === undefined ? {} : host.getNodeParameter('delivery', 0, {});
		const parsed = deliverySchema.safeParse(value);
		if (!parsed.success) {
			const issues = parsed.error.issues.map((issue) => ({
				...issue,
				path: ['delivery', ...issue.path],
			}));
			throw fieldProblem([deliveryField], { issues });
		}
		return (settings = parsed.data);
	};

	const openStore = async (): Promise<Store | null> => {
		return await openAccountStore(account).catch((error: unknown) => {
			if (readSettings().onStateProblem === 'stop') return Promise.reject(error);
			warn('The state cannot be used; sending goes on without protection', error);
			return null;
		});
	};

	const warn = (what: string, error: unknown): void => {
		const reason = error instanceof Error ? error.message : String(error);
		host.logger.warn(`${what}: ${reason}`, { executionId: identity.executionId });
		host.addExecutionHints({ message: `${what}: ${reason}`, location: 'outputPane' });
	};

	const store = async (): Promise<Store | null> => {
		opening ??= openStore();
		const opened = await opening;
		if (opened !== null && renewal === undefined) {
			renewal = new AbortController();
			void keepLease(opened, lease, renewal.signal, warn);
		}
		return opened;
	};

	const admission = (): Campaign => {
		const { waves, window } = readSettings();
		campaign ??= createCampaign(
			{
				waves: waves?.waves
					? { size: waves.waves.size, pauseMs: waves.waves.pauseMinutes * 60_000 }
					: null,
				window: window?.window
					? {
							outside: false,
							fromMinute: window.window.from,
							toMinute: window.window.to,
							weekdays: new Set(window.window.days),
							timeZone: window.window.timeZone ?? host.getTimezone(),
						}
					: null,
			},
			systemClock,
			({ reason, untilMs, admitted }) => {
				const until = new Date(untilMs).toISOString();
				const cause = reason === 'wave' ? 'the pause between two waves' : 'the time window';
				const message = `${admitted} messages are through; waiting for ${cause} until ${until}`;
				host.logger.info(message, { executionId: identity.executionId });
			},
		);
		return campaign;
	};

	const deliverNow = async (
		message: OutgoingMessage,
		{ messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds }: SendSettings = readSettings(),
	): Promise<Delivery> => {
		const retryPolicy: RetryPolicy = {
			...defaultRetryPolicy,
			maxAttempts,
			maxTotalMs: maxSeconds * 1000,
		};
		if (!(await admission().admit(signal))) return cancelled(tokens.inUse);
		return await deliver(message, {
			attempt: (outgoing, token) =>
				run.graph.attempt<SendAnswer>({
					method: 'POST',
					path: `/${outgoing.phoneNumberId}/${outgoing.endpoint}`,
					json: outgoing.body,
					tokenSlot: slotOf(account, token),
					timeoutMs: timeoutSeconds * 1000,
				}),
			tokens,
			pacer: pacerOf(await store(), accountKey),
			execution: identity.executionId,
			messagesPerSecond,
			retryPolicy,
			clock: systemClock,
			random: Math.random,
			signal,
			onRetry(outgoing, error, waitMs) {
				host.logger.warn('A message is tried again', {
					operationId: outgoing.operationId,
					recipient: masked(addressOf(outgoing.recipient)),
					reason: error.message,
					waitMs,
				});
			},
		});
	};

	const protectionOf = (opened: Store): Protection => {
		const { onUnknown, graceMinutes } = readSettings();
		const graceMs = graceMinutes * 60_000;
		return { store: opened, lease, clock: systemClock, onUnknown, graceMs, signal };
	};

	const sendProtected = async ({ message, intent }: Dispatch): Promise<Delivery> => {
		const opened = await store();
		if (opened === null) return await deliverNow(message);
		const protection = protectionOf(opened);
		const delivery = await sendOnce(intent, protection, () => deliverNow(message)).catch(
			async (error: unknown): Promise<SendOnceResult> => {
				const goOn = error instanceof StateProblem && readSettings().onStateProblem === 'continue';
				if (!goOn) return await Promise.reject(error);
				warn('The state cannot be used; sending goes on without protection', error);
				return await deliverNow(message);
			},
		);
		if (delivery.stateProblem !== undefined) {
			warn('A message was sent, but that could not be recorded', delivery.stateProblem);
		}
		return delivery;
	};

	return {
		settings: readSettings,
		async earlierOperationId(fingerprint) {
			const opened = await store();
			if (opened === null) return null;
			const { executionId } = identity;
			const request = { accountKey, fingerprints: [fingerprint], executionId, limitEach: 1 };
			const [found] = await opened.operations.findByFingerprint(request, systemClock.now());
			return found?.[0]?.operationId ?? null;
		},
		async record(dispatches) {
			const opened = await store();
			if (opened === null || dispatches.length === 0) return;
			const intents = dispatches.map(({ intent }) => intent);
			await opened.operations.record(intents, lease, systemClock.now());
		},
		async send(dispatch) {
			const delivery = await inLane(addressOf(dispatch.message.recipient), () =>
				sendProtected(dispatch),
			);
			host.logger.debug('A message was delivered to Meta or not', {
				operationId: dispatch.message.operationId,
				recipient: masked(addressOf(dispatch.message.recipient)),
				outcome: delivery.outcome,
				attempts: delivery.attempts,
				latencyMs: delivery.latencyMs,
				code: delivery.error?.code ?? null,
			});
			return delivery;
		},
		async adopt(filter) {
			const opened = await store();
			if (opened === null) return [];
			const request = { accountKey, ...filter };
			const { records } = await opened.operations.adopt(request, lease, systemClock.now());
			return records;
		},
		async sendRecorded(record) {
			const opened = await store();
			if (opened === null || record.body === null) return null;
			const { operationId, phoneNumberId, payloadHash } = record;
			const now = systemClock.now();
			const [taken] = await opened.operations.take([operationId], 'recorded', lease, now);
			if (taken !== true) return null;
			const { settings: own, ...stored } = JSON.parse(record.body) as Recorded;
			const message: OutgoingMessage = { operationId, phoneNumberId, payloadHash, ...stored };
			const delivery = await inLane(addressOf(message.recipient), () =>
				sendAndSettle(operationId, protectionOf(opened), () => deliverNow(message, own)),
			);
			return { message, delivery };
		},
		async close() {
			renewal?.abort();
			const opened = await opening?.catch(() => null);
			if (!opened) return;
			await opened.operations
				.releaseLease(lease.owner, systemClock.now())
				.catch((error: unknown) => {
					warn('The lease of this run ends by itself in a minute', error);
				});
			await purgeNowAndThen(opened, account.retentionDays, warn);
		},
	};
}

/** Renews the lease until the run ends. A failure is told; the next renewal may succeed. */
async function keepLease(
	store: Store,
	lease: Lease,
	signal: AbortSignal,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	for (;;) {
		await systemClock.sleep(leaseMs / 3, signal);
		if (signal.aborted) return;
		await store.operations.renewLease(lease, systemClock.now()).catch((error: unknown) => {
			warn('The lease of this run could not be renewed', error);
		});
	}
}

const purgeIntervalMs = 3_600_000;
const lastPurge = new WeakMap<Store, number>();

/** Old state goes once an hour, after a run, so that no run waits for it. */
async function purgeNowAndThen(
	store: Store,
	retentionDays: number,
	warn: (what: string, error: unknown) => void,
): Promise<void> {
	const now = systemClock.now();
	if (now - (lastPurge.get(store) ?? 0) < purgeIntervalMs) return;
	lastPurge.set(store, now);
	const kept = retentionDays * 86_400_000;
	await store.purge(now, { operationsMs: kept, statusesMs: kept }).catch((error: unknown) => {
		warn('Old state could not be deleted', error);
	});
}

const slotOf = (account: Account, token: TokenChoice['inUse']): TokenSlot => {
	if (token === 'active') return account.activeToken;
	return account.activeToken === 'primary' ? 'standby' : 'primary';
};

const otherToken = (account: Account): string => tokenIn(account, slotOf(account, 'standby'));

/** The last digits tell people apart in a log without saying who they are. */
const masked = (address: string): string => `…${address.slice(-4)}`;

function cancelled(token: TokenChoice['inUse']): Delivery {
	return {
		outcome: 'cancelled',
		messageId: null,
		waId: null,
		userId: null,
		attempts: 0,
		latencyMs: null,
		fbtraceId: null,
		httpStatus: null,
		token,
		error: null,
		cause: null,
	};
}
