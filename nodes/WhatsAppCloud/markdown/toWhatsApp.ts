import { lexer } from 'marked';
import { writeBlocks } from './blocks';

/** No message is longer; a text beyond this is refused for its length, whatever it holds. */
const maxSourceCharacters = 100_000;

/**
 * Turns Markdown into WhatsApp's own formatting, which has no nesting across lines, no links with a
 * text of their own and no escapes: https://faq.whatsapp.com/539178204879377.
 *
 * What WhatsApp cannot show becomes readable text; a text that is nothing but signs stays as it is.
 */
export function markdownToWhatsApp(source: string): string {
	if (source.length > maxSourceCharacters) return source;
	try {
		const written = writeBlocks(lexer(source)).trim();
		return written === '' ? source : written;
	} catch {
		// Thousands of levels of nesting, on which the parser runs out of stack: nobody reads them as such.
		return source;
	}
}
