import { deliver, type SendAnswer } from './attempt/deliver';
import { cancelledResult, type SendResult, type OutgoingMessage } from './attempt/outcome';
import { createAdmission, type AdmissionHost } from './campaign/admission';
import type { Campaign } from './campaign/campaign';
import type { SendSettings } from './campaign/storedRequest';
import type { RunIdentity } from './idempotency/runIdentity';
import type { LogHost, MessageLog } from './messageLog';
import type { RunStore } from './runStore';
import type { DeliverySettings } from './settings/deliveryFields';
import { pacerOf } from './sharedPacers';
import { accountKeyOf, type Account } from '../graph/account';
import type { GraphClient } from '../graph/client';
import { sendPolicy, type RetryPolicy } from '../graph/steps/policy';
import { tokenSlotOf, type TokenChoice } from '../graph/tokenChoice';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';

/** What sending a message needs from its run. */
export interface DeliveryRun {
	host: AdmissionHost & LogHost;
	account: Account;
	/** Makes each call once; a send adds its own steps. */
	graph: GraphClient;
	/** Shared with the run's other calls. */
	tokens: TokenChoice;
	signal: AbortSignal | undefined;
	identity: RunIdentity;
}

/** How one message goes out, where it differs from the run's way. */
interface DeliverOptions {
	/** Called before each request; false means another execution owns the message now. */
	start?: () => Promise<boolean>;
	/** Those of the run that enqueued it. */
	settings?: SendSettings;
}

/**
 * Delivers one message: waits for its wave, its hours and its slot, and makes its requests.
 *
 * @param store null if the message goes without protection
 */
type DeliverNow = (
	message: OutgoingMessage,
	store: Store | null,
	options?: DeliverOptions,
) => Promise<SendResult>;

/** @param parts what the run's messages share */
export function createDeliverNow(
	{ host, account, graph, tokens, signal, identity }: DeliveryRun,
	parts: {
		settings(): DeliverySettings;
		runStore: Pick<RunStore, 'stillOwns'>;
		clock: Clock;
		log: Pick<MessageLog, 'retried'>;
	},
): DeliverNow {
	const { runStore, clock, log } = parts;
	const { executionId } = identity;
	const accountKey = accountKeyOf(account);
	let campaign: Campaign | undefined;
	const admission = (): Campaign =>
		(campaign ??= createAdmission(host, parts.settings(), executionId, clock));

	return async (
		message,
		store,
		{ start = () => Promise.resolve(true), settings = parts.settings() } = {},
	) => {
		const { messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds } = settings;
		const maxTotalMs = maxSeconds * 1000;
		const retryPolicy: RetryPolicy = { ...sendPolicy, maxAttempts, maxTotalMs };
		if (!(await admission().admit(signal))) return cancelledResult(tokens.inUse);
		return await deliver(message, {
			attempt: ({ phoneNumberId, endpoint, body }, token) =>
				graph.attempt<SendAnswer>({
					method: 'POST',
					node: phoneNumberId,
					edge: endpoint,
					json: body,
					tokenSlot: tokenSlotOf(account, token),
					timeoutMs: timeoutSeconds * 1000,
				}),
			tokens,
			pacer: pacerOf(store, accountKey),
			beforeRequest: async ({ operationId }) =>
				(await start()) && (store === null || (await runStore.stillOwns(operationId))),
			execution: executionId,
			messagesPerSecond,
			retryPolicy,
			clock,
			random: Math.random,
			signal,
			onRetry: log.retried,
		});
	};
}
