import type { Problems } from './schema/singleStep';

/**
 * Counts characters the way Meta does, by code point: an emoji outside the basic plane is one
 * character, and so is a combining mark.
 */
export function countCharacters(text: string): number {
	let count = text.length;
	// Only surrogate pairs make the count differ from the length.
	for (let index = 0; index < text.length - 1; index++) {
		const unit = text.charCodeAt(index);
		if (unit >= 0xd800 && unit <= 0xdbff) {
			const next = text.charCodeAt(index + 1);
			if (next >= 0xdc00 && next <= 0xdfff) {
				count--;
				index++;
			}
		}
	}
	return count;
}

/**
 * Reports a text that is too long. `max` counts characters as Meta does.
 *
 * @param advice What to do about it, if there is more than to shorten it.
 */
export function checkLength(
	text: string,
	max: number,
	problems: Problems,
	path: PropertyKey[] = [],
	advice?: string,
): void {
	// There are never more code points than UTF-16 units, so a short text needs no counting.
	if (text.length <= max) return;
	const length = countCharacters(text);
	if (length <= max) return;
	const message = `can have at most ${formatNumber(max)} characters, but has ${formatNumber(length)}`;
	const params = { fault: 'tooLong', ...(advice === undefined ? {} : { advice }) };
	problems.issues.push({ code: 'custom', path, message, input: undefined, params });
}

/** 4096 → `4,096`, the same on every machine. Decimals stay as they are. */
export function formatNumber(value: number): string {
	return String(value).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',');
}
