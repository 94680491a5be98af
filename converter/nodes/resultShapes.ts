import type { ResultShape } from '../expressions/paths.ts';

/** Meta's answer to a message, against the item of Send operations. */
export const sentShape: ResultShape = {
	what: "Meta's answer to a message",
	moved: [
		{ from: ['messages', 0, 'id'], to: ['messageId'] },
		{ from: ['contacts', 0, 'wa_id'], to: ['recipient', 'waId'] },
		{ from: ['contacts', 0, 'input'], to: ['recipient', 'input'] },
	],
	names: ['messages', 'contacts', 'messaging_product'],
};

/** Meta's answer to a look-up of a file, against the item of Media › Get. */
export const mediaShape: ResultShape = {
	what: "Meta's answer about a file",
	moved: [
		{ from: ['url'], to: ['url'] },
		{ from: ['mime_type'], to: ['mimeType'] },
		{ from: ['sha256'], to: ['sha256'] },
		{ from: ['file_size'], to: ['sizeBytes'] },
		{ from: ['id'], to: ['mediaId'] },
	],
	names: ['mime_type', 'file_size', 'id', 'messaging_product'],
};

/** Meta's answer to an upload, against the item of Media › Upload. */
export const uploadShape: ResultShape = {
	what: "Meta's answer to an upload",
	moved: [{ from: ['id'], to: ['mediaId'] }],
	names: ['id'],
};

/** Meta's answer to a deletion, against the item of Media › Delete. */
export const deletedShape: ResultShape = {
	what: "Meta's answer to a deletion",
	moved: [{ from: ['success'], to: ['deleted'] }],
	names: ['success'],
};

/** n8n's answer to Send and Wait for Response, against the item of the operation of that name. */
export const answerShape: ResultShape = {
	what: "n8n's item with an answer",
	moved: [
		{ from: ['data', 'approved'], to: ['approved'] },
		{ from: ['data', 'text'], to: ['answer', 'text'] },
	],
	names: ['data'],
	partial: ['data'],
};

const value = ['body', 'entry', 0, 'changes', 0, 'value'] as const;

/** The request of n8n's Webhook node, against the items of the trigger. */
export const webhookShape: ResultShape = {
	what: 'the request that the Webhook node gave',
	moved: [
		{ from: value, to: [] },
		{ from: ['body', 'entry', 0, 'changes', 0, 'field'], to: ['field'] },
		{ from: ['body', 'object'], to: { code: "'whatsapp_business_account'" } },
		// What Meta asks when it verifies the address: nothing asks any more.
		{ from: ['query'], to: { code: '({})' } },
	],
	names: ['body', 'headers', 'params', 'query', 'webhookUrl', 'executionMode'],
};
