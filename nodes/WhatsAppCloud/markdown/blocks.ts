import type { MarkedToken, Token, Tokens } from 'marked';
import { inlineRuns } from './inline';
import { writeRuns, type Run } from './styledText';

/** What a horizontal rule becomes. */
const rule = '———';

/** Separates the cells of a table. */
const cellSeparator = ' | ';

/**
 * Writes blocks one below the other, with an empty line in between only where the source has one: a
 * chat has less room than a page.
 */
export function writeBlocks(tokens: readonly Token[]): string {
	let written = '';
	let gap = '';
	for (const token of tokens) {
		const block = writeBlock(token as MarkedToken);
		if (block !== '') {
			if (written !== '') written += gapOf(gap);
			written += block;
			gap = '';
		}
		// A block's source includes the line breaks at its end.
		gap += /\n[\s]*$/.exec(token.raw)?.[0] ?? '';
	}
	return written;
}

const gapOf = (source: string): string => (source.split('\n').length > 2 ? '\n\n' : '\n');

function writeBlock(token: MarkedToken): string {
	switch (token.type) {
		case 'space':
		case 'def':
			return '';
		case 'heading':
			return writeRuns(inlineRuns(token.tokens, ['bold']));
		case 'paragraph':
			return writeRuns(inlineRuns(token.tokens));
		case 'code':
			return writeCode(token.text);
		case 'blockquote':
			return writeQuote(token.tokens);
		case 'list':
			return writeList(token);
		case 'table':
			return writeTable(token);
		case 'hr':
			return rule;
		case 'html':
			return token.raw.trimEnd();
		default:
			return writeRuns(inlineRuns([token]));
	}
}

/** Code with backticks that would end the block early goes without a fence. */
function writeCode(code: string): string {
	const isClear = !code.includes('```') && !code.startsWith('`') && !code.endsWith('`');
	return code.trim() === '' ? '' : isClear ? `\`\`\`${code}\`\`\`` : code;
}

/** WhatsApp has only one level of quotes. */
function writeQuote(tokens: readonly Token[]): string {
	const lines = writeBlocks(tokens).split('\n');
	return lines
		.map((line) => (line === '' || line.startsWith('> ') ? line : `> ${line}`))
		.join('\n');
}

/** Indents nested lists, which WhatsApp shows as plain lines. */
function writeList({ ordered, start, items }: Tokens.List): string {
	const written = items.map((item, index) => {
		const marker = ordered ? `${(start === '' ? 1 : start) + index}. ` : '- ';
		return { text: writeItem(marker, item), gap: gapOf(/\n\s*$/.exec(item.raw)?.[0] ?? '') };
	});
	return written
		.map(({ text, gap }, index) => text + (index < items.length - 1 ? gap : ''))
		.join('');
}

function writeItem(marker: string, { tokens }: Tokens.ListItem): string {
	// A checkbox comes before the text, as its own block.
	const [first, ...others] = tokens;
	const box = first?.type === 'checkbox' ? first.raw : '';
	const lines = (box + writeBlocks(box === '' ? tokens : others)).split('\n');
	const indent = ' '.repeat(marker.length);
	return lines
		.map((line, index) => (index === 0 ? marker + line : line === '' ? '' : indent + line))
		.join('\n')
		.trimEnd();
}

/** Headers in bold, one line per row: a phone is too narrow for columns. */
function writeTable({ header, rows }: Tokens.Table): string {
	const line = (cells: readonly Tokens.TableCell[]): string =>
		writeRuns(
			cells.flatMap(({ tokens, header: isHead }, index): Run[] => [
				...(index === 0 ? [] : [{ text: cellSeparator, styles: [] }]),
				...inlineRuns(tokens, isHead ? ['bold'] : []),
			]),
		);
	// A line break in a cell would end the row.
	return [header, ...rows].map((cells) => line(cells).replaceAll('\n', ' ').trim()).join('\n');
}
