import { attemptSend } from './attempt/attemptSend';
import { deliver } from './attempt/deliver';
import {
	blockedResult,
	cancelledResult,
	type SendResult,
	type OutgoingMessage,
} from './attempt/outcome';
import { createAdmission, type AdmissionHost } from './campaign/admission';
import type { Campaign } from './campaign/campaign';
import type { SendSettings } from './campaign/storedRequest';
import type { ContactGuard, Verdict } from './guard/contactGuard';
import { isFailedByWindow } from './guard/windowFailure';
import { keptTextOf } from './keptText';
import type { RunIdentity } from './idempotency/runIdentity';
import type { Start } from './idempotency/sendEntry';
import type { LogHost, MessageLog } from './messageLog';
import type { RunStore } from './runStore';
import type { DeliverySettings } from './settings/deliveryFields';
import { pacerOf } from './sharedPacers';
import type { Account } from '../graph/account';
import { accountKeyOf } from '../graph/identifiers';
import type { GraphClient } from '../graph/client';
import { sendPolicy, type RetryPolicy } from '../graph/steps/policy';
import type { TokenChoice } from '../graph/tokenChoice';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';
import { minuteMs } from '../time/durations';
import { hasPassed } from '../time/passed';

/** What sending a message needs from its run. */
export interface DeliveryRun {
	host: AdmissionHost & LogHost;
	account: Account;
	/** Makes each call once; a send adds its own steps. */
	graph: GraphClient;
	/** Shared with the run's other calls. */
	tokens: TokenChoice;
	signal: AbortSignal | undefined;
	identity: Pick<RunIdentity, 'executionId' | 'executionBegan'>;
}

/** How one message goes out, where it differs from the run's way. */
interface DeliverOptions {
	/** Called before each request; anything but `started` means that the message must not go. */
	start?: Start;
	/** Those of the run that enqueued it. */
	settings?: SendSettings;
	/** What the rules made of it a moment ago, if they were asked. */
	verdict?: Verdict | null;
}

/**
 * Delivers one message: asks the rules for contacts, waits for its wave, its hours and its slot, and
 * makes its requests.
 *
 * @param store null if the message goes without protection
 */
type DeliverNow = (
	message: OutgoingMessage,
	store: Store | null,
	options?: DeliverOptions,
) => Promise<SendResult>;

/**
 * Delivers the messages of one run; its admission to waves and hours begins with the first.
 *
 * @param parts what the run's messages share
 */
export function createDeliverNow(
	{ host, account, graph, tokens, signal, identity }: DeliveryRun,
	parts: {
		settings(): DeliverySettings;
		runStore: Pick<RunStore, 'stillOwns'>;
		guard: ContactGuard;
		clock: Clock;
		log: Pick<MessageLog, 'retried' | 'trouble'>;
	},
): DeliverNow {
	const { runStore, guard, clock, log } = parts;
	const { executionId } = identity;
	const accountKey = accountKeyOf(account);
	let campaign: Campaign | undefined;
	const admission = (): Campaign =>
		(campaign ??= createAdmission(host, parts.settings(), executionId, clock));

	return async (
		message,
		store,
		{
			start = () => Promise.resolve('started'),
			settings = parts.settings(),
			verdict: known = null,
		} = {},
	) => {
		const { messagesPerSecond, timeoutSeconds, maxAttempts, maxSeconds } = settings;
		const maxTotalMs = maxSeconds * 1000;
		const retryPolicy: RetryPolicy = { ...sendPolicy, maxAttempts, maxTotalMs };
		// What waits for its slot is counted before, so that it takes no slot in vain.
		const asking = { countsLater: messagesPerSecond === null };
		let verdict = known ?? (await guard.judge(message, store, asking));
		if (verdict.blocked !== null) return blockedResult(tokens.inUse, verdict.blocked);
		const asked = clock.now();
		if (!(await admission().admit(signal))) return cancelledResult(tokens.inUse);
		if (hasPassed(asked, verdictMs, clock.now())) {
			verdict = await guard.judge(message, store, asking);
			if (verdict.blocked !== null) return blockedResult(tokens.inUse, verdict.blocked);
		}
		const { cap, window } = verdict;
		const last = { isCapped: false, leftAt: clock.now() };
		const result = await deliver(message, {
			attempt: attemptSend(graph, account, timeoutSeconds),
			tokens,
			pacer: pacerOf(store, accountKey),
			beforeRequest: async ({ operationId }) => {
				last.leftAt = clock.now();
				const answer = await start(cap);
				last.isCapped = answer === 'capped';
				const isOurs = answer === 'started';
				return isOurs && (store === null || (await runStore.stillOwns(operationId)));
			},
			execution: executionId,
			messagesPerSecond,
			retryPolicy,
			clock,
			random: Math.random,
			signal,
			onRetry: log.retried,
		});
		if (last.isCapped && store !== null) {
			return blockedResult(tokens.inUse, await guard.refusedByCap(message, store, verdict));
		}
		if (store !== null && isFailedByWindow(result)) {
			await guard.learnClosed(message, last.leftAt, store).catch((error: unknown) => {
				log.trouble('That a window was closed could not be recorded', error);
			});
		}
		const keptText = keptTextOf(message, result, account);
		return {
			...result,
			...(window === null ? {} : { window: window.state }),
			...(keptText === null ? {} : { keptText }),
		};
	};
}

/** How long a verdict counts while a message waits for its wave or its hours. */
const verdictMs = minuteMs;
