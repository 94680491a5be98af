import type { N8nNode } from '../../../scripts/host/n8n-api.ts';

/** A rectangle on the canvas, in its pixels. */
interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const noteType = 'n8n-nodes-base.stickyNote';

const nodeSize = 96;
/** Of the name below a node, which takes two lines if it is long. */
const nameHeight = 48;
/** Of the name below a node, in n8n's font; longer names wrap. */
const nameCharacter = 8.3;
const longestName = 192;
/** Agents are wider, for what is connected below them. */
const agentWidth = 256;

export const isNote = ({ type }: N8nNode): boolean => type === noteType;

function boxOf({ name, type, position = [0, 0], parameters }: N8nNode): Box {
	const [left, top] = position;
	const [width, height] =
		type === noteType
			? [Number(parameters['width'] ?? 240), Number(parameters['height'] ?? 160)]
			: [type.endsWith('.agent') ? agentWidth : nodeSize, nodeSize + nameHeight];
	return { name, left, top, right: left + width, bottom: top + height };
}

/** Where the name of a node stands, centred below it. */
function nameOf(node: N8nNode): Box {
	const { name, left, right, bottom } = boxOf(node);
	const half = Math.min(name.length * nameCharacter, longestName) / 2;
	const centre = (left + right) / 2;
	return { name, left: centre - half, top: bottom - nameHeight, right: centre + half, bottom };
}

const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const contains = (a: Box, b: Box): boolean =>
	a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;

/** Of n8n's notes, measured in its editor; texts are Markdown. */
const note = { padding: 16, heading: 40, line: 22, gap: 10, character: 7.2 };

/** Where the lines of a note are, roughly. */
function linesOf(node: N8nNode): Box[] {
	const box = boxOf(node);
	const left = box.left + note.padding;
	const perLine = (box.right - box.left - 2 * note.padding) / note.character;
	const lines: Box[] = [];
	let top = box.top + note.padding;
	for (const line of String(node.parameters['content']).split('\n')) {
		const height = line === '' ? note.gap : line.startsWith('#') ? note.heading : note.line;
		for (let rest = line.length; rest > 0; rest -= perLine) {
			const right = left + Math.min(rest, perLine) * note.character;
			lines.push({ name: box.name, left, top, right, bottom: top + height });
			top += height;
		}
		if (line === '') top += height;
	}
	return lines;
}

/** What somebody would see: nodes on each other, and notes that do not fit. */
export function layoutProblems(nodes: readonly N8nNode[]): string[] {
	const notes = nodes.filter(isNote);
	const boxes = nodes.filter((node) => !isNote(node)).map(boxOf);
	const problems: string[] = [];
	const eachPair = (all: readonly Box[], what: string) => {
		for (const [index, a] of all.entries()) {
			for (const b of all.slice(index + 1)) {
				if (overlap(a, b)) problems.push(`${a.name} ${what} ${b.name}`);
			}
		}
	};
	eachPair(boxes, 'lies on');
	eachPair(nodes.filter((node) => !isNote(node)).map(nameOf), 'has its name on that of');
	eachPair(notes.map(boxOf), 'covers');
	for (const each of notes) {
		const box = boxOf(each);
		const lines = linesOf(each);
		if (!lines.every((line) => contains(box, line))) {
			problems.push(`${each.name} is too small for its text`);
		}
		for (const node of boxes) {
			if (!overlap(box, node)) continue;
			if (!contains(box, node)) problems.push(`${node.name} sticks out of ${each.name}`);
			if (lines.some((line) => overlap(line, node))) {
				problems.push(`${node.name} lies on the text of ${each.name}`);
			}
		}
	}
	return problems;
}
