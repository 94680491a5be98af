/** A range of bytes in a file, both ends included. */
interface ByteRange {
	start: number;
	end: number;
}

/**
 * The part of a file that a `Range` header asks for. Browsers need it to show the length of a sound
 * and to seek in it. https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
 *
 * @returns null for the whole file: no header, several parts, or nothing that is there
 */
export function byteRange(header: string | undefined, byteLength: number): ByteRange | null {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === '' && last === '') return null;
	const isTail = first === '';
	const start = isTail ? Math.max(0, byteLength - Number(last)) : Number(first);
	const end = isTail || last === '' ? byteLength - 1 : Math.min(Number(last), byteLength - 1);
	return start <= end ? { start, end } : null;
}
