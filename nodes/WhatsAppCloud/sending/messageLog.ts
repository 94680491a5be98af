import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendResult, Outcome, OutgoingMessage } from './attempt/outcome';
import type { GraphFailure } from '../graph/errors/errors';
import { logRetry } from '../graph/steps/retryLog';
import { formatNumber } from '../values/limits';
import { recipientAddress } from '../values/recipient';
import { reasonOf } from '../values/unknown';
import type { Clock } from '../time/clock';

/**
 * What a run reports besides its items. No line contains message text or a token; contacts are
 * masked.
 */
export interface MessageLog {
	/** Logs one debug line per message, and an overall line now and then. */
	delivered(message: OutgoingMessage, result: SendResult): void;
	retried: (message: OutgoingMessage, error: GraphFailure, waitMs: number) => void;
	/** Reports as trouble that the state could not record a message's outcome. */
	notRecorded(result: SendResult, error: unknown): void;
	/** Logs a line every time, and gives the user a hint the first time. */
	trouble: (what: string, error: unknown) => void;
	/** Tells the user how it went, if the run was long or cancelled. */
	finish(isCancelled: boolean): void;
}

/** The part of n8n's context that the log needs. */
export type LogHost = Pick<IExecuteFunctions, 'getInputData' | 'addExecutionHints' | 'logger'>;

/** What to say about a message whose outcome could not be recorded. */
const notRecorded: Record<Outcome, string> = {
	sent: 'A message was sent',
	duplicate: 'A message was sent before',
	blocked: 'A message was not sent',
	failed: 'A message was not sent',
	cancelled: 'A message was not sent',
	unknown: 'It is not known whether a message was sent',
};

/** How often a long run reports progress, and how long a run must take to count as long. */
const progressMs = 60_000;

export function createMessageLog(host: LogHost, executionId: string, clock: Clock): MessageLog {
	const startedAt = clock.now();
	const counts = new Map<Outcome, number>();
	const hinted = new Set<string>();
	let processed = 0;
	let toldAt = startedAt;

	/** `1,200 of 10,000 messages processed: 1,190 sent, 10 failed` */
	const progress = (): string => {
		const total = host.getInputData().length;
		// A resumed run has one item for many messages; a long text makes many messages of one item.
		const all = processed > total ? '' : ` of ${formatNumber(total)}`;
		const noun = all === '' && processed === 1 ? 'message' : 'messages';
		const parts = [...counts].map(([outcome, count]) => `${formatNumber(count)} ${outcome}`);
		return `${formatNumber(processed)}${all} ${noun} processed: ${parts.join(', ')}`;
	};
	/** Based on the pace so far, pauses included. */
	const estimate = (now: number): string => {
		const left = host.getInputData().length - processed;
		if (left <= 0) return '';
		const endMs = now + ((now - startedAt) / processed) * left;
		return `; at this pace the last one will be sent at about ${new Date(endMs).toISOString()}`;
	};

	const trouble: MessageLog['trouble'] = (what, error) => {
		const text = `${what}: ${reasonOf(error)}`;
		host.logger.warn(text, { executionId });
		if (hinted.has(what)) return;
		hinted.add(what);
		host.addExecutionHints({ message: text, location: 'outputPane' });
	};

	return {
		trouble,
		notRecorded({ outcome }, error) {
			trouble(`${notRecorded[outcome]}, and that could not be recorded`, error);
		},
		delivered(message, result) {
			host.logger.debug('A message was processed', {
				operationId: message.operationId,
				phoneNumberId: message.phoneNumberId,
				recipient: masked(message),
				outcome: result.outcome,
				messageId: result.messageId === null ? null : ending(result.messageId, 8),
				attempts: result.attempts,
				latencyMs: result.latencyMs,
				token: result.token,
				code: result.error?.code ?? null,
				class: result.error?.class ?? null,
				fbtraceId: result.fbtraceId,
			});
			processed++;
			counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1);
			const now = clock.now();
			if (now - toldAt < progressMs) return;
			toldAt = now;
			host.logger.info(`${progress()}${estimate(now)}`, { executionId });
		},
		retried(message, error, waitMs) {
			const details = { operationId: message.operationId, recipient: masked(message) };
			logRetry(host.logger, 'A message', details, error, waitMs);
		},
		finish(isCancelled) {
			const isLong = clock.now() - startedAt >= progressMs;
			if (processed === 0 || !(isLong || isCancelled)) return;
			const message = `${isCancelled ? 'Cancelled. ' : ''}${progress()}`;
			host.logger.info(message, { executionId });
			host.addExecutionHints({ message, location: 'outputPane' });
		},
	};
}

/** The last digits tell contacts apart in a log without identifying them. */
const masked = ({ recipient }: OutgoingMessage): string => ending(recipientAddress(recipient), 4);

/** Meta's message IDs begin with the recipient's number in Base64; their end tells them apart. */
const ending = (id: string, length: number): string => `…${id.slice(-length)}`;
