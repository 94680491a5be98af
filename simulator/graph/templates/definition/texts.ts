import { templateError } from '../../../errors/graph-error.ts';
import type { JsonObject } from '../../../json.ts';
import { allowFields, limitText, requireText } from './fields.ts';
import type { DefinitionContext } from './context.ts';
import { checkExamples, checkPlaces, readVariables } from './variables.ts';

/** Characters; https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components */
const maxHeader = 60;
const maxFooter = 60;
const maxEmojis = 10;

const emoji = /\p{Extended_Pictographic}/u;
const emojis = /\p{Extended_Pictographic}/gu;

/** The text header. @throws GraphError 2388040, 2388042, 2388043 or 2388047 */
export function checkTextHeader(context: DefinitionContext, header: JsonObject): void {
	allowFields(header, ['format', 'text', 'example']);
	const text = requireText(header, 'text');
	limitText(text, maxHeader, 'The header');
	const names = readVariables(text, context.isNamed, 2388047);
	if (names.length > 1) throw templateError(2388047, 'The header can have one variable.');
	const words = text.replace(/\{\{\w+\}\}/g, '');
	if (/[\n\r*_~`]/.test(words) || emoji.test(words)) {
		throw templateError(
			2388047,
			"The message header can't have any new lines, formatting characters, emojis or asterisks.",
		);
	}
	checkExamples(header, names, context.isNamed);
}

/**
 * The body of a template or of a card.
 * @throws GraphError 2388040, 2388042, 2388043, 2388072, 2388293 or 2388299
 */
export function checkBodyText(
	context: DefinitionContext,
	body: JsonObject,
	maxLength: number,
): void {
	allowFields(body, ['text', 'example']);
	const text = requireText(body, 'text');
	limitText(text, maxLength, 'The body');
	const names = readVariables(text, context.isNamed, 2388072);
	const words = text.replace(/\{\{\w+\}\}/g, '');
	if (
		/\n{3,}/.test(text) ||
		!/[\p{L}\p{N}]/u.test(words) ||
		(text.match(emojis)?.length ?? 0) > maxEmojis
	) {
		throw templateError(
			2388072,
			"The message body can't have more than two consecutive newline characters, only have parameters, or have more than 10 emojis.",
		);
	}
	checkPlaces(text, names);
	checkExamples(body, names, context.isNamed);
}

/** @throws GraphError 2388040, 2388042, 2388043 or 2388073 */
export function checkFooter(footer: JsonObject): void {
	allowFields(footer, ['text']);
	const text = requireText(footer, 'text');
	limitText(text, maxFooter, 'The footer');
	if (/\{\{|\}\}/.test(text)) {
		throw templateError(2388073, "The message footer can't have any variables.");
	}
	if (/[\n\r]/.test(text) || emoji.test(text)) {
		throw templateError(2388073, "The message footer can't have any newlines or emojis.");
	}
}
