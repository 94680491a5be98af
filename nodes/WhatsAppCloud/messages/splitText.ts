/** Where a text can be split, best first. */
const seams = [
	/\n\s*\n/g,
	/\n/g,
	// Chinese and Japanese have no space after a sentence.
	/[.!?…]["”’)]*\s+|[。！？]["”’)」』]*\s*/g,
	/\s+/g,
];

/**
 * Splits a text into parts of at most `maxCharacters` code points: between paragraphs if possible,
 * else between lines, sentences or words, and inside a word only as a last resort. Only the white
 * space at the seams is lost.
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
		// A seam near the beginning would make tiny parts and far more messages than needed.
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

/** The first code points of a text; never half a surrogate pair. */
function firstCharacters(text: string, count: number): string {
	let end = 0;
	for (let left = count; left > 0 && end < text.length; left--) {
		end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
	}
	return text.slice(0, end);
}
