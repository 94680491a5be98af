import { parseExactJson } from '../../values/json/exactJson';
import { camelCased } from '../reading/camelCase';
import type { FlowAnswer } from './messageParts';
import {
	isObject,
	readObject,
	readString,
	withinDepth,
	type JsonObject,
	type JsonValue,
} from '../reading/lenientJson';
import type { ContentReader, MessageContent } from './content';
import { readPaymentMethod } from './paymentMethod';
import { productContent, readProducts } from './product';

/**
 * The answer to buttons, lists, Flows and other things to tap; a product that somebody shares; or,
 * in an echo, the question and its buttons as sent.
 */
export const readInteractive: ContentReader = (interactive) => {
	const type = readString(interactive['type']) ?? 'unknown';
	const answer = readObject(interactive[type]) ?? {};
	if (type === 'nfm_reply') return readFlowAnswer(answer);
	if (type === 'call_permission_reply') {
		return { text: readString(answer['response']), callPermission: camelCased(answer) };
	}
	if (type === 'payment_method') return readPaymentMethod(answer);
	const products = readProducts(interactive);
	if (products.length > 0) return productContent(interactive, products);
	if (interactive[type] === undefined && isObject(interactive['body'])) {
		return { text: readString(interactive['body']['text']) };
	}
	const id = readString(answer['id']);
	const title = readString(answer['title']);
	const description = readString(answer['description']);
	return { text: title, replyId: id, reply: { type, id, title, description } };
};

/** A quick reply of a template: its payload serves as the ID. */
export const readTemplateButton: ContentReader = (button) => {
	const id = readString(button['payload']);
	const title = readString(button['text']);
	return {
		text: title ?? id,
		replyId: id,
		reply: { type: 'button', id, title, description: null },
	};
};

/** Meta sends the answers as JSON in a string; other sources of `nfm_reply` write other text. */
function readFlowAnswer(reply: JsonObject): MessageContent {
	const json = readString(reply['response_json']);
	const name = readString(reply['name']);
	const parsed = readObject(parseOrNull(json) ?? withinDepth(reply['response_json'] ?? null));
	const { flow_token: token, ...answers } = parsed ?? {};
	const flow: FlowAnswer = {
		name,
		token: readString(token),
		answers: parsed === null ? null : answers,
		json,
	};
	const lines = parsed === null ? null : linesOf(answers);
	const body = readString(reply['body']);
	// Flows always say "Sent"; an address form puts the address itself there.
	const text = name === null || name === 'flow' ? (lines ?? body) : (body ?? lines);
	return { text, flow };
}

function parseOrNull(json: string | null): JsonValue {
	if (json === null) return null;
	try {
		return withinDepth(parseExactJson(json) as JsonValue);
	} catch {
		return null;
	}
}

function linesOf(answers: JsonObject): string | null {
	const lines = Object.entries(answers).map(
		([key, value]) => `${key}: ${typeof value === 'string' ? value : shortJson(value)}`,
	);
	return lines.length === 0 ? null : lines.join('\n');
}

/** A Flow can answer with pictures in Base64; a line for people needs only the beginning. */
const MAX_ANSWER_CHARACTERS = 300;

function shortJson(value: JsonValue | undefined): string {
	const json = JSON.stringify(value ?? null);
	return json.length > MAX_ANSWER_CHARACTERS ? `${json.slice(0, MAX_ANSWER_CHARACTERS)}…` : json;
}
