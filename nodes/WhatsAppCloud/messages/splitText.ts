/** Places where a text can be divided, the best first. */
const seams = [
	/\n\s*\n/g,
	/\n/g,
	// Chinese and Japanese have no space after a sentence.
	/[.!?…]["”’)]*\s+|[。！？]["”’)」』]*\s*/g,
	/\s+/g,
];

/**
 * Divides a text into parts of at most `maxCharacters` code points, between paragraphs where that
 * is possible, else between lines, sentences, words; inside a word only where nothing else is
 * left. Nothing is lost but the white space at the seams.
 */
export function splitText(text: string, maxCharacters: number): string[] {
	const parts: string[] = [];
	let rest = text.trim();
	while (rest !== '') {
		const part = firstPart(rest, maxCharacters);
		parts.push(part.trimEnd());
		rest = rest.slice(part.length).trimStart();
	}
	return parts;
}

function firstPart(text: string, maxCharacters: number): string {
	const longest = firstCharacters(text, maxCharacters);
	if (longest.length === text.length) return text;
	for (const seam of seams) {
		const end = lastEnd(longest, seam);
		// A seam near the beginning would make a crumb and many more messages than needed.
		if (end > longest.length / 4) return text.slice(0, end);
	}
	return longest;
}

/** Where the last seam ends; 0 when there is none. */
function lastEnd(text: string, seam: RegExp): number {
	let end = 0;
	for (const match of text.matchAll(seam)) end = match.index + match[0].length;
	return end;
}

/** The first code points of a text; never half of a pair. */
function firstCharacters(text: string, count: number): string {
	let end = 0;
	for (let left = count; left > 0 && end < text.length; left--) {
		end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
	}
	return text.slice(0, end);
}
