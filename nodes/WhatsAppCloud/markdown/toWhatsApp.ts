import { Lexer, type Token } from 'marked';
import { writeBlocks } from './blocks';

/** No message is longer; a text beyond this is refused for its length, whatever it holds. */
const maxSourceCharacters = 100_000;

/** A text without any is only signs, and no formatting is meant. */
const hasWords = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * A paragraph beyond this is read line by line, and a line beyond it stays as typed: the time that
 * the parser takes for signs that close nothing grows with the square of their number.
 */
const maxParagraphCharacters = 10_000;

class BoundedLexer extends Lexer {
	override inlineTokens(source: string, tokens: Token[] = []): Token[] {
		if (source.length <= maxParagraphCharacters) return super.inlineTokens(source, tokens);
		const asTyped = (text: string): Token => ({ type: 'text', raw: text, text, escaped: false });
		for (const [index, line] of source.split('\n').entries()) {
			if (index > 0) tokens.push(asTyped('\n'));
			if (line.length > maxParagraphCharacters) tokens.push(asTyped(line));
			else tokens.push(...super.inlineTokens(line));
		}
		return tokens;
	}
}

/**
 * Turns Markdown into WhatsApp's own formatting, which has no nesting across lines, no links with a
 * text of their own and no escapes: https://faq.whatsapp.com/539178204879377.
 *
 * What WhatsApp cannot show becomes readable text; a text that is nothing but signs stays as it is.
 */
export function markdownToWhatsApp(source: string): string {
	if (source.length > maxSourceCharacters || !hasWords.test(source)) return source;
	try {
		const written = writeBlocks(new BoundedLexer().lex(source)).trim();
		return written === '' ? source : written;
	} catch {
		// Thousands of levels of nesting, on which the parser runs out of stack: nobody reads them as such.
		return source;
	}
}
