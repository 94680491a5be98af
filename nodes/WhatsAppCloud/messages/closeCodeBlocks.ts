/** WhatsApp's sign before and behind a block in fixed width. */
export const codeFence = '```';

/**
 * Closes a block in fixed width at the end of each part of a divided text, and opens it again at
 * the beginning of the next. Each part may grow by two fences.
 */
export function closeCodeBlocks(parts: readonly string[]): string[] {
	let isOpen = false;
	return parts.map((part) => {
		const opened = isOpen ? codeFence : '';
		// Each fence opens a block or closes it.
		if (part.split(codeFence).length % 2 === 0) isOpen = !isOpen;
		return opened + part + (isOpen ? codeFence : '');
	});
}
