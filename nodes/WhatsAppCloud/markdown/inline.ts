import type { MarkedToken, Token, Tokens } from 'marked';
import type { Run, Style } from './styledText';

/** The contents of a line or paragraph, as stretches of text with their styles. */
export function inlineRuns(tokens: readonly Token[], styles: readonly Style[] = []): Run[] {
	return tokens.flatMap((token, index) => {
		const [before, after] = [tokens[index - 1]?.raw ?? '', tokens[index + 1]?.raw ?? ''];
		return isProduct(token, before, after)
			? [{ text: token.raw, styles }]
			: runsOf(token as MarkedToken, styles);
	});
}

/** `5~10~15`, or next to a word; a single `~` strikes only whole words. */
const isWithinWord = (before: string, after: string): boolean =>
	/[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after);

/**
 * Whether people see a product (`2*3*4`, `x**2 + y**2`) or a file pattern (`src/**`) where Markdown
 * sees formatting that begins within a word.
 */
function isProduct({ type, raw }: Token, before: string, after: string): boolean {
	if (type === 'del') return !raw.startsWith('~~') && isWithinWord(before, after);
	if (!raw.startsWith('*')) return false;
	if (/[$€£¥]$/.test(before)) return true;
	if (/[A-Za-z0-9/]$/.test(before) && /[\s/]/.test(raw)) return true;
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
		case 'html':
			// Models write it where Markdown has no line break, as in tables.
			return plain(/^<br\s*\/?>$/i.test(token.raw) ? '\n' : token.raw);
		case 'escape':
			return plain(token.text);
		case 'text':
			return token.tokens === undefined
				? looseBold(token.text, styles)
				: inlineRuns(token.tokens, styles);
		default:
			// Checkboxes stay as typed, as does other HTML.
			return plain(token.raw);
	}
}

/** Words between double asterisks. */
const bold = /(?<!\*)\*\*(?![\s*])([^*\n]+)(?<!\s)\*\*(?!\*)/g;

/**
 * Bold that Markdown misses because it ends in punctuation and a letter or digit follows without a
 * space: `**Price:**5`, and commonly in Chinese, Japanese and Korean.
 */
function looseBold(text: string, styles: readonly Style[]): Run[] {
	// Every second piece was between asterisks.
	return text.split(bold).flatMap((piece, index): Run[] => {
		if (piece === '') return [];
		if (index % 2 === 0) return [{ text: piece, styles }];
		if (!/[\p{L}\p{N}]/u.test(piece)) return [{ text: `**${piece}**`, styles }];
		return [{ text: piece, styles: styles.includes('bold') ? styles : [...styles, 'bold'] }];
	});
}

function linkRuns({ raw, text, href, tokens }: Tokens.Link, styles: readonly Style[]): Run[] {
	// A bare address, which WhatsApp turns into a link by itself.
	if (!raw.startsWith('[')) return [{ text, styles }];
	const shown = inlineRuns(tokens, styles);
	const words = shown.map((run) => run.text).join('');
	// An anchor in the same text is nothing to open.
	if (href.startsWith('#')) return shown;
	const whole = withAddress(words, href);
	return whole.startsWith(words) && words.trim() !== ''
		? [...shown, { text: whole.slice(words.length), styles }]
		: [{ text: whole, styles }];
}

/** `prices (https://example.com)`; just the address if the words add nothing. */
function withAddress(words: string, href: string): string {
	const address = href.replace(/^(mailto|tel):/i, '');
	const bare = (text: string): string => text.replace(/^https?:\/\//i, '').replace(/\/$/, '');
	return words.trim() === '' || bare(words.trim()) === bare(address)
		? address
		: `${words} (${address})`;
}
