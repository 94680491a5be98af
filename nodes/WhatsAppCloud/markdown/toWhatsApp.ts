import { Lexer, type Token } from 'marked';
import { writeBlocks } from './blocks';

/** No message is longer; anything beyond this is refused for its length anyway. */
const maxSourceCharacters = 100_000;

/** A text without any is only signs, and not meant as formatting. */
const hasWords = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/**
 * A longer paragraph is read line by line, and a longer line stays as typed: the parser's time for
 * unclosed signs grows with the square of their number.
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
 * Turns Markdown into WhatsApp's own formatting, which has no nesting across lines, no link texts
 * and no escapes: https://faq.whatsapp.com/539178204879377.
 *
 * What WhatsApp cannot show becomes readable text; a text of nothing but signs stays as it is.
 */
export function markdownToWhatsApp(source: string): string {
	if (source.length > maxSourceCharacters || !hasWords.test(source)) return source;
	try {
		const written = writeBlocks(new BoundedLexer().lex(source)).trim();
		return written === '' ? source : written;
	} catch {
		// Thousands of nested levels overflow the parser's stack; nobody means those as formatting.
		return source;
	}
}
