import { NoAnswerError } from '../../../nodes/WhatsAppCloud/graph/errors/errors';
import {
	cancelledResult,
	describeError,
	type SendResult,
} from '../../../nodes/WhatsAppCloud/sending/attempt/outcome';
import { graphError } from './errors';

/** Meta took the message. */
export const delivered = (changes: Partial<SendResult> = {}): SendResult => ({
	...cancelledResult('active'),
	outcome: 'sent',
	messageId: 'wamid.1',
	attempts: 1,
	...changes,
});

const lostAnswer = new NoAnswerError('timeout', 'no answer');

/** It may have arrived. */
export const unknown = delivered({
	outcome: 'unknown',
	messageId: null,
	error: describeError(lostAnswer),
	cause: lostAnswer,
});

const refusal = graphError(131026);

/** Meta refused it. */
export const refused = delivered({
	outcome: 'failed',
	messageId: null,
	error: describeError(refusal),
	cause: refusal,
});
