import { askAll } from '../../asking/askAll';
import { answerShape } from '../../asking/answerItems';
import { askFields, askSchema } from '../../asking/panel/askPanel';
import { defineOperation } from '../../node/operation';

/** Asks in the chat; the execution waits for the answer. */
export const sendAndWait = defineOperation({
	name: 'Send and Wait for Response',
	action: 'Send message and wait for response',
	subtitle: 'Question',
	description: 'Ask in the chat and go on when the person answers',
	permission: 'whatsapp_business_messaging',
	fields: askFields,
	schema: askSchema,
	outputSchema: answerShape,
	executeAll: askAll,
});
