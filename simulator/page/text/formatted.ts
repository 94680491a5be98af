/** Formatted text as nodes. */

import { el, link } from '../dom/element.ts';
import { parseBlocks, type Block, type Inline } from './formatting.ts';

const inlineTags = { bold: 'strong', italic: 'em', strike: 's' } as const;

/** Longer texts are folded, as on a phone. */
const foldedAfterCharacters = 700;
const foldedAfterLines = 16;

function inlineNode(inline: Inline): Node {
	if (inline.kind === 'text') return document.createTextNode(inline.text);
	if (inline.kind === 'code') return el('code', {}, [inline.text]);
	if (inline.kind === 'link') return link(inline.href, [inline.text], { class: 'text-link' });
	return el(inlineTags[inline.kind], {}, inline.children.map(inlineNode));
}

function lineNodes(lines: Inline[][]): Node[] {
	return lines.flatMap((line, index) => [
		...(index === 0 ? [] : [el('br')]),
		...line.map(inlineNode),
	]);
}

function blockNode(block: Block): Node {
	if (block.kind === 'paragraph') {
		return el('p', { class: 'text-paragraph', dir: 'auto' }, lineNodes(block.lines));
	}
	if (block.kind === 'quote') {
		return el('blockquote', { class: 'text-quote', dir: 'auto' }, lineNodes(block.lines));
	}
	if (block.kind === 'mono') return el('pre', { class: 'text-mono' }, [block.text]);
	const items = block.items.map((item) => el('li', { dir: 'auto' }, item.map(inlineNode)));
	if (block.kind === 'bullets') return el('ul', { class: 'text-list' }, items);
	return el('ol', { class: 'text-list', start: block.start }, items);
}

/** A message of just one to three emoji is drawn large. */
function isJumbo(text: string): boolean {
	const compact = text.trim();
	if (
		compact.length > 40 ||
		!/^[\p{Extended_Pictographic}\p{RI}\p{M}\p{Emoji_Modifier}\u200d\u20e3]+$/u.test(compact)
	) {
		return false;
	}
	return [...new Intl.Segmenter().segment(compact)].length <= 3;
}

function foldedText(text: string): string | null {
	const lines = text.split('\n');
	if (text.length <= foldedAfterCharacters && lines.length <= foldedAfterLines) return null;
	let shown = lines.slice(0, foldedAfterLines).join('\n');
	if (shown.length > foldedAfterCharacters) {
		const blank = shown.lastIndexOf(' ', foldedAfterCharacters);
		shown = shown.slice(0, blank > foldedAfterCharacters / 2 ? blank : foldedAfterCharacters);
	}
	// A surrogate pair cut in two would show as a box.
	return `${shown.replace(/[\ud800-\udbff]$/, '').trimEnd()}… `;
}

/** Formatted text of a message; a long one is folded behind "Read more". */
export function formattedText(text: string, className = 'text'): HTMLElement {
	const box = el('div', { class: isJumbo(text) ? `${className} text-jumbo` : className });
	const folded = foldedText(text);
	if (folded === null) {
		box.append(...parseBlocks(text).map(blockNode));
		return box;
	}
	const more = el('button', { type: 'button', class: 'read-more' }, ['Read more'], {
		click: (event) => {
			event.stopPropagation();
			box.replaceChildren(...parseBlocks(text).map(blockNode));
		},
	});
	box.append(...parseBlocks(folded).map(blockNode));
	(box.lastElementChild ?? box).append(more);
	return box;
}

/** The text in one line, without formatting, for lists and quotes. */
export function plainLine(text: string): string {
	return text
		.slice(0, 300)
		.replaceAll('```', '')
		.replace(/(^|[\s(])([*_~`])(\S(?:.*?\S)?)\2(?=$|[\s.,;:!?)])/g, '$1$3')
		.replace(/\s+/g, ' ')
		.trim();
}
