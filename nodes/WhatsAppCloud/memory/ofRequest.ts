import { readContent } from '../events/messages/messageTypes';
import type { JsonObject } from '../events/reading/lenientJson';
import { isObject, listIn, objectOf, textOrNull } from '../values/unknown';
import type { KeptMessage } from './keptMessage';

/**
 * What is kept of a message that goes to Meta.
 *
 * @param body of the request
 * @param templateText what a template says to its recipient; null if that is not known
 */
export function messageOfRequest(
	body: Readonly<Record<string, unknown>>,
	id: string | null,
	templateText: string | null = null,
): KeptMessage {
	const type = textOrNull(body['type']) ?? 'text';
	switch (type) {
		case 'template': {
			const template = objectOf(body['template']);
			if (templateText !== null) return { id, type, text: templateText };
			const name = textOrNull(template['name']) ?? '';
			return { id, type, text: joined(valuesIn(template['components']), ', '), template: name };
		}
		case 'interactive':
			return { id, type, text: joined(interactiveTexts(objectOf(body['interactive'])), '\n') };
		default: {
			const { text } = readContent(type, body as JsonObject);
			const isVoice = objectOf(body[type])['voice'] === true;
			return { id, type: isVoice ? 'voice' : type, text };
		}
	}
}

/** What is kept of a message that nobody may read again: that it was sent, and of which kind. */
export function messageWithoutText(
	body: Readonly<Record<string, unknown>>,
	id: string | null,
): KeptMessage {
	const { name } = objectOf(body['template']);
	return {
		id,
		type: textOrNull(body['type']) ?? 'text',
		text: null,
		...(typeof name === 'string' ? { template: name } : {}),
	};
}

/**
 * Whether a message has the form of a template with a one-time password: its text has one value,
 * and a button has the same one.
 */
export function hasFormOfPassword(body: Readonly<Record<string, unknown>>): boolean {
	const components = listIn(objectOf(body['template'])['components']).map(objectOf);
	const valuesOf = (type: string): string[] =>
		components.filter((each) => textOrNull(each['type'])?.toLowerCase() === type).flatMap(valuesIn);
	const [code, ...more] = valuesOf('body');
	return code !== undefined && more.length === 0 && valuesOf('button').includes(code);
}

/** What a person reads in an interactive message, from the header to what they can tap. */
function interactiveTexts(interactive: Record<string, unknown>): string[] {
	const { header, body, footer, action } = interactive;
	return [
		headerText(objectOf(header)),
		textOrNull(objectOf(body)['text']),
		textOrNull(objectOf(footer)['text']),
		joined(tapTexts(action), ' '),
	].flatMap((text) => text ?? []);
}

function headerText(header: Record<string, unknown>): string | null {
	const type = textOrNull(header['type']);
	return type === null || type === 'text' ? textOrNull(header['text']) : `[${type}]`;
}

/** Members of an action that hold what can be tapped, or lead to it. */
const shownMembers: ReadonlySet<string> = new Set(['display_text', 'flow_cta', 'title']);

/** Every text that can be tapped, in brackets; the text of a card as it is. */
function tapTexts(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(tapTexts);
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		if (shownMembers.has(name) && typeof member === 'string') return [`[${member}]`];
		if (name === 'body') return textOrNull(objectOf(member)['text']) ?? [];
		return tapTexts(member);
	});
}

/** The texts that fill a template's variables. */
function valuesIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(valuesIn);
	if (!isObject(value)) return [];
	const { text, parameters, cards } = value;
	return typeof text === 'string' ? [text] : [...valuesIn(parameters), ...valuesIn(cards)];
}

const joined = (texts: readonly string[], between: string): string | null =>
	texts.length === 0 ? null : texts.join(between);
