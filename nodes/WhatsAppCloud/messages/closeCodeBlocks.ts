/** WhatsApp's sign around a fixed-width block. */
export const codeFence = '```';

/**
 * Closes an open fixed-width block at the end of each part of a split text and reopens it at the
 * start of the next. Each part may grow by two fences.
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
