import { randomUUID } from 'node:crypto';

import { deliver, type DeliveryContext } from './attempt/deliver';
import { mayGoLater, type OutgoingMessage, type SendResult } from './attempt/outcome';
import { readStoredRequest } from './campaign/storedRequest';
import { createCompose, type Dispatch } from './compose';
import { operationIdOfKey, payloadHashOf } from './idempotency/identity';
import { sendEntry, type Protection } from './idempotency/sendEntry';
import { keptTextOf } from './keptText';
import { deliverySchema } from './settings/deliveryFields';
import { pacerOf } from './sharedPacers';
import { usualRules } from '../contacts/rules/rules';
import { accountKeyOf, contentHashOf, type Account } from '../graph/account';
import { sendPolicy } from '../graph/steps/policy';
import { createTokenChoice } from '../graph/tokenChoice';
import type { Lease } from '../store/outbox/outboxStore';
import type { Store } from '../store/store';
import type { Clock } from '../time/clock';
import { dayMs, minuteMs } from '../time/durations';
import type { Recipient } from '../values/recipient';
import { reasonOf } from '../values/unknown';

/** A text that a trigger sends by itself, such as the confirmation of an opt-out. */
export interface Courtesy {
	/** The same for the same occasion, so that it is sent once. */
	key: string;
	phoneNumberId: string;
	recipient: Recipient;
	text: string;
	/** The trigger. */
	workflowId: string;
	nodeId: string;
	nodeName: string;
}

/** A courtesy that this process keeps, and is to send. */
export interface Kept {
	message: OutgoingMessage;
	lease: Lease;
}

/**
 * Texts that triggers send by themselves. They take the way of all messages, through the outbox, so
 * that each goes once: what a killed process has kept, another one sends; what may have gone out,
 * nobody sends again.
 */
export interface Courtesies {
	/**
	 * Keeps them. Call it before what they answer is kept: then they are not lost either.
	 *
	 * @returns those that nobody else has kept or sent
	 * @throws StateProblem
	 */
	keep(courtesies: readonly Courtesy[]): Promise<Kept[]>;
	/**
	 * Sends what `keep` returned. Does not throw.
	 *
	 * @returns what went wrong
	 */
	send(kept: readonly Kept[]): Promise<string[]>;
	/**
	 * Sends what processes that are gone have kept, within a day. Whatever fails for a reason other
	 * than the message itself stays for the next time.
	 *
	 * @returns what went wrong
	 * @throws StateProblem
	 */
	sendLeft(): Promise<string[]>;
}

/** What they need. */
interface CourtesiesSetting {
	account: Account;
	store: Store;
	/** Makes a request once. */
	attempt: DeliveryContext['attempt'];
	clock: Clock;
}

/** Marks a courtesy in the outbox, in place of an execution. */
const executionId = 'trigger';

/** Longer than sending takes, retries included. */
const leaseMs = 3 * minuteMs;

const settings = deliverySchema.parse({
	messagesPerSecond: -1,
	timeoutSeconds: 20,
	maxSeconds: 60,
});

/** How many are reclaimed at once. */
const mostLeft = 100;

/** Nobody is asked whether they may go: the person has just written. */
const rules = { ...usualRules, ifClosed: 'try', ifTakenOver: 'send' } as const;

export function createCourtesies({
	account,
	store,
	attempt,
	clock,
}: CourtesiesSetting): Courtesies {
	const accountKey = accountKeyOf(account);

	const compose = createCompose({
		account,
		timeZone: 'UTC',
		categoryOfTemplate: async () => await Promise.resolve(null),
		settings: () => settings,
	});

	const dispatchOf = async (courtesy: Courtesy): Promise<Dispatch> => {
		const { key, phoneNumberId, recipient, text, workflowId, nodeId, nodeName } = courtesy;
		const scope = { scope: 'account', accountKey, workflowId } as const;
		const operationId = operationIdOfKey(key, scope, null);
		const content = {
			messaging_product: 'whatsapp',
			recipient_type: 'individual',
			type: 'text',
			text: { body: text },
			...recipient,
		};
		return await compose({
			...{ workflowId, executionId, nodeId, nodeName, runIndex: 0, itemIndex: 0, part: 0 },
			...{ operationId, fingerprint: operationId, phoneNumberId, recipient, content, rules },
			endpoint: 'messages',
			payloadHash: payloadHashOf(content, new Map(), contentHashOf(account)),
			// The text may have been edited since.
			payloadMayDiffer: true,
			category: 'service',
			trackingText: undefined,
			templateText: null,
			// Later, it would only puzzle the person, and its window is closed.
			expiresAt: clock.now() + dayMs,
		});
	};

	const sendOne = async ({ message, lease }: Kept): Promise<string | null> => {
		const protection: Protection = {
			...{ store, lease, clock, onUnknown: 'report', graceMs: 0, signal: undefined },
		};
		const result = await sendEntry(
			message.operationId,
			'enqueued',
			protection,
			async (start) => {
				const result = await deliver(message, {
					attempt,
					tokens: createTokenChoice(account),
					pacer: pacerOf(store, accountKey),
					beforeRequest: async () => (await start()) === 'started',
					execution: executionId,
					messagesPerSecond: settings.messagesPerSecond,
					retryPolicy: {
						...sendPolicy,
						maxAttempts: settings.maxAttempts,
						maxTotalMs: settings.maxSeconds * 1_000,
					},
					clock,
					random: Math.random,
					signal: undefined,
					onRetry: () => undefined,
				});
				const keptText = keptTextOf(message, result, account);
				return keptText === null ? result : { ...result, keptText };
			},
			{ isForLater: mayGoLater },
		);
		return result === null ? null : problemIn(result);
	};

	const send: Courtesies['send'] = async (kept) => {
		const problems: string[] = [];
		for (const each of kept) {
			const problem = await sendOne(each).catch((error: unknown) => reasonOf(error));
			if (problem !== null) problems.push(problem);
		}
		const owners = new Set(kept.map(({ lease }) => lease.owner));
		for (const owner of owners) {
			// What was put back waits for the next round, of any process.
			await store.outbox.releaseLease(owner, clock.now()).catch(() => undefined);
		}
		return problems;
	};

	return {
		async keep(courtesies) {
			if (courtesies.length === 0) return [];
			const lease = newLease();
			const entries = await Promise.all(courtesies.map(dispatchOf));
			const answers = await store.outbox.enqueue(
				entries.map(({ intent }) => intent),
				lease,
				clock.now(),
			);
			return entries.flatMap(({ message }, index) =>
				answers[index]?.outcome === 'claimed' ? [{ message, lease }] : [],
			);
		},
		send,
		async sendLeft() {
			const lease = newLease();
			const request = { accountKey, executionId, limit: mostLeft };
			const { entries } = await store.outbox.reclaim(request, lease, clock.now());
			const kept = entries.flatMap((entry) => {
				const stored = readStoredRequest(entry, clock.now(), account.appSecret);
				return stored === null ? [] : [{ message: stored.message, lease }];
			});
			const problems = await send(kept);
			await store.outbox.releaseLease(lease.owner, clock.now());
			return problems;
		},
	};
}

const newLease = (): Lease => ({ owner: `${executionId}:${randomUUID()}`, leaseMs });

function problemIn({ outcome, error }: SendResult): string | null {
	if (outcome === 'sent' || outcome === 'duplicate') return null;
	return error?.message ?? outcome;
}
