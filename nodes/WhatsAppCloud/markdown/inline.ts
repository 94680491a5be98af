import type { MarkedToken, Token, Tokens } from 'marked';
import type { Run, Style } from './styledText';

/** What stands within a line or paragraph, as stretches of text with their styles. */
export function inlineRuns(tokens: readonly Token[], styles: readonly Style[] = []): Run[] {
	return tokens.flatMap((token, index) => {
		const [before, after] = [tokens[index - 1]?.raw ?? '', tokens[index + 1]?.raw ?? ''];
		return isProduct(token, before, after)
			? [{ text: token.raw, styles }]
			: runsOf(token as MarkedToken, styles);
	});
}

/** `2*3*4` and `2**3**4`, where Markdown sees formatting within a word and people see a product. */
function isProduct({ type, raw }: Token, before: string, after: string): boolean {
	if (!raw.startsWith('*')) return false;
	const factor = type === 'em' ? '[A-Za-z0-9]' : type === 'strong' ? '[0-9]' : null;
	if (factor === null) return false;
	return new RegExp(`${factor}$`).test(before) && new RegExp(`^${factor}`).test(after);
}

function runsOf(token: MarkedToken, styles: readonly Style[]): Run[] {
	const plain = (text: string): Run[] => [{ text, styles }];
	const styled = (style: Style, { tokens }: { tokens: Token[] }): Run[] =>
		inlineRuns(tokens, styles.includes(style) ? styles : [...styles, style]);
	switch (token.type) {
		case 'strong':
			return styled('bold', token);
		case 'em':
			return styled('italic', token);
		case 'del':
			return styled('strike', token);
		case 'codespan':
			return [{ text: token.text.replaceAll('\n', ' '), styles: [...styles, 'code'] }];
		case 'link':
			return linkRuns(token, styles);
		case 'image':
			return plain(withAddress(token.text, token.href));
		case 'br':
			return plain('\n');
		case 'escape':
			return plain(token.text);
		case 'text':
			return token.tokens === undefined ? plain(token.text) : inlineRuns(token.tokens, styles);
		default:
			// HTML and boxes to tick stay as they were typed.
			return plain(token.raw);
	}
}

function linkRuns({ raw, text, href, tokens }: Tokens.Link, styles: readonly Style[]): Run[] {
	// An address that stands for itself, which WhatsApp makes a link on its own.
	if (!raw.startsWith('[')) return [{ text, styles }];
	const shown = inlineRuns(tokens, styles);
	const words = shown.map((run) => run.text).join('');
	// A place in the same text is none that could be opened.
	if (href.startsWith('#')) return shown;
	const whole = withAddress(words, href);
	return whole.startsWith(words) && words.trim() !== ''
		? [...shown, { text: whole.slice(words.length), styles }]
		: [{ text: whole, styles }];
}

/** `prices (https://example.com)`; the address alone where the words say nothing else. */
function withAddress(words: string, href: string): string {
	const address = href.replace(/^(mailto|tel):/i, '');
	const bare = (text: string): string => text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
	return words.trim() === '' || bare(words.trim()) === bare(address)
		? address
		: `${words} (${address})`;
}
