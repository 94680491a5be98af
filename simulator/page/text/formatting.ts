/**
 * Parses WhatsApp's text formatting into a tree, without any DOM.
 * https://faq.whatsapp.com/539178204879377 lists the marks: `*bold*`, `_italic_`, `~strike~`,
 * three backticks for monospace, one for inline code, `> ` for quotes, `* ` or `- ` and `1. ` for
 * lists.
 */

export type Inline =
	| { kind: 'text'; text: string }
	| { kind: 'link'; text: string; href: string }
	| { kind: 'code'; text: string }
	| { kind: 'bold' | 'italic' | 'strike'; children: Inline[] };

export type Block =
	| { kind: 'paragraph'; lines: Inline[][] }
	| { kind: 'quote'; lines: Inline[][] }
	| { kind: 'bullets'; items: Inline[][] }
	| { kind: 'numbers'; start: number; items: Inline[][] }
	| { kind: 'mono'; text: string };

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof marks;

const wordCharacter = /[\p{L}\p{N}]/u;
const addressStart = /^(?:https?:\/\/|www\.)[^\s<>"']+/i;

function isMark(character: string): character is Mark {
	return character === '*' || character === '_' || character === '~';
}

/** A mark opens after a non-word character and closes before one, with no space just inside. */
function closingMark(text: string, open: number): number {
	const mark = text[open];
	const before = text[open - 1] ?? ' ';
	const first = text[open + 1] ?? ' ';
	if (wordCharacter.test(before) || /\s/.test(first) || first === mark) return -1;
	for (let index = open + 2; index < text.length; index += 1) {
		if (text[index] !== mark || /\s/.test(text[index - 1] ?? ' ')) continue;
		if (!wordCharacter.test(text[index + 1] ?? ' ')) return index;
	}
	return -1;
}

/** The URL that starts here; punctuation at the end of a sentence is not part of it. */
function addressAt(text: string, index: number): string {
	if (wordCharacter.test(text[index - 1] ?? ' ')) return '';
	const found = addressStart.exec(text.slice(index, index + 2048))?.[0] ?? '';
	let address = found.replace(/[.,;:!?*_~]+$/, '');
	if (address.endsWith(')') && !address.includes('(')) address = address.slice(0, -1);
	return address.includes('.') || address.includes('://') ? address : '';
}

/** Parses the formatting within one line. */
export function parseInline(text: string): Inline[] {
	const out: Inline[] = [];
	let plain = '';
	const flush = (): void => {
		if (plain !== '') out.push({ kind: 'text', text: plain });
		plain = '';
	};
	let index = 0;
	while (index < text.length) {
		const character = text[index] ?? '';
		if (character === '`') {
			const end = text.indexOf('`', index + 1);
			const inside = end < 0 ? '' : text.slice(index + 1, end);
			if (inside.trim() !== '') {
				flush();
				out.push({ kind: 'code', text: inside });
				index = end + 1;
				continue;
			}
		} else if (isMark(character)) {
			const end = closingMark(text, index);
			if (end > 0) {
				flush();
				out.push({ kind: marks[character], children: parseInline(text.slice(index + 1, end)) });
				index = end + 1;
				continue;
			}
		} else if (/[hw]/i.test(character)) {
			const address = addressAt(text, index);
			if (address !== '') {
				flush();
				const href = /^www\./i.test(address) ? `https://${address}` : address;
				out.push({ kind: 'link', text: address, href });
				index += address.length;
				continue;
			}
		}
		plain += character;
		index += 1;
	}
	flush();
	return out;
}

const linePatterns = {
	quote: /^> ?(.*)$/,
	bullets: /^[*-] +(.+)$/,
	numbers: /^(\d{1,3})\. +(.+)$/,
};

function addLine(blocks: Block[], line: string): void {
	const last = blocks.at(-1);
	const quote = linePatterns.quote.exec(line);
	if (quote !== null) {
		const inline = parseInline(quote[1] ?? '');
		if (last?.kind === 'quote') last.lines.push(inline);
		else blocks.push({ kind: 'quote', lines: [inline] });
		return;
	}
	const bullet = linePatterns.bullets.exec(line);
	if (bullet !== null) {
		const inline = parseInline(bullet[1] ?? '');
		if (last?.kind === 'bullets') last.items.push(inline);
		else blocks.push({ kind: 'bullets', items: [inline] });
		return;
	}
	const numbered = linePatterns.numbers.exec(line);
	if (numbered !== null) {
		const inline = parseInline(numbered[2] ?? '');
		if (last?.kind === 'numbers') last.items.push(inline);
		else blocks.push({ kind: 'numbers', start: Number(numbered[1]), items: [inline] });
		return;
	}
	const inline = parseInline(line);
	if (last?.kind === 'paragraph') last.lines.push(inline);
	else blocks.push({ kind: 'paragraph', lines: [inline] });
}

/** Parses a whole message. */
export function parseBlocks(text: string): Block[] {
	const blocks: Block[] = [];
	const pieces = text.replaceAll('\r\n', '\n').split('```');
	pieces.forEach((piece, index) => {
		const fenced = index % 2 === 1 && index < pieces.length - 1;
		if (fenced && piece.trim() !== '') {
			blocks.push({ kind: 'mono', text: piece.replace(/^\n|\n$/g, '') });
			return;
		}
		// A fence that is unclosed or empty is text.
		let rest = index % 2 === 1 ? '```' + piece + (fenced ? '```' : '') : piece;
		if (blocks.at(-1)?.kind === 'mono') rest = rest.replace(/^\n/, '');
		if (index + 2 < pieces.length) rest = rest.replace(/\n$/, '');
		if (rest === '') return;
		for (const line of rest.split('\n')) addLine(blocks, line);
	});
	return blocks;
}

/** First URL in a text, which Meta's link preview uses; null if there is none. */
export function firstLink(text: string): string | null {
	const found = /https?:\/\/[^\s<>"']+/i.exec(text)?.[0];
	return found === undefined ? null : found.replace(/[.,;:!?*_~)]+$/, '');
}
