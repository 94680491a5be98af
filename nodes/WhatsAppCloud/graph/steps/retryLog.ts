import type { Logger } from 'n8n-workflow';
import { GraphApiError, type GraphFailure } from '../errors/errors';

/**
 * Logs a retry.
 *
 * @param what is tried again, as the beginning of a sentence
 * @param details name it, without text, token or contact
 */
export function logRetry(
	logger: Pick<Logger, 'warn'>,
	what: 'A call to Meta' | 'A message',
	details: Record<string, unknown>,
	error: GraphFailure,
	waitMs: number,
): void {
	const isGraphs = error instanceof GraphApiError;
	logger.warn(`${what} is tried again`, {
		...details,
		code: isGraphs ? error.code : null,
		class: isGraphs ? error.errorClass : 'no_answer',
		waitMs,
	});
}
