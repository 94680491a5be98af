import { seal, unseal } from '../store/sealedText';
import { isObject } from '../values/unknown';

/** What is kept of a message. */
export interface KeptMessage {
	/** Meta's ID. It also makes equal texts differ once they are encrypted. */
	id: string | null;
	/** Meta's type: `text`, `image`, `interactive`, …; `voice` for a voice message. */
	type: string;
	/** What a person reads: the text, the caption, what a template says. */
	text: string | null;
	/** The name of a template whose text is not known; `text` then has its values alone. */
	template?: string;
}

/** A kept message as it is stored. */
export const sealMessage = (message: KeptMessage, appSecret: string): string =>
	seal(JSON.stringify(message), appSecret);

/** @returns null if it was encrypted under another app secret */
export function openMessage(content: string, appSecret: string): KeptMessage | null {
	const text = unseal(content, appSecret);
	const message: unknown = text === null ? null : parseOrNull(text);
	return isKept(message) ? message : null;
}

function parseOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

const isKept = (value: unknown): value is KeptMessage =>
	isObject(value) && typeof value['type'] === 'string';

const plainTypes: ReadonlySet<string> = new Set(['text', 'button', 'interactive', 'template']);

/** Files, which a model does not see. */
const fileTypes: ReadonlySet<string> = new Set([
	'audio',
	'document',
	'image',
	'sticker',
	'video',
	'voice',
]);

/** Whether the message is a file, with or without a caption. */
export const isFile = ({ type }: Pick<KeptMessage, 'type'>): boolean => fileTypes.has(type);

/** The message as one text: `Hello`, `[image] The broken pot`, `[template order_update] 1042`. */
export function lineOf({ type, text, template }: KeptMessage): string {
	const isPlain = plainTypes.has(type) && template === undefined && text !== null;
	if (isPlain) return text;
	const name = template === undefined ? type : `template ${template}`;
	return text === null || text === '' ? `[${name}]` : `[${name}] ${text}`;
}
