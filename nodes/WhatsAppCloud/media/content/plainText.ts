/** Bytes that no text has in any common encoding: control characters except white space. */
const controlBytes: ReadonlySet<number> = new Set(
	Array.from({ length: 32 }, (_, code) => code).filter(
		(code) => ![0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b].includes(code),
	),
);

/** Whether a file is text, judging by its first bytes. */
export function isText(head: Uint8Array): boolean {
	// Apart from UTF-16, encodings in use (UTF-8, Latin-1, GBK, Shift JIS …) give these bytes no
	// other meaning.
	return head.length > 0 && head.every((byte) => !controlBytes.has(byte));
}

/** Whether a file is text in UTF-16, which says so in its first two bytes. */
export function isUtf16(head: Uint8Array): boolean {
	const isLittle = head[0] === 0xff && head[1] === 0xfe;
	if (!isLittle && !(head[0] === 0xfe && head[1] === 0xff)) return false;
	const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(head);
	return !Array.from(text).some((character) => controlBytes.has(character.charCodeAt(0)));
}

/** Kinds of text by file extension; WhatsApp accepts only `txt` as plain text. */
const byEnding: Readonly<Record<string, string>> = {
	txt: 'text/plain',
	csv: 'text/csv',
	tsv: 'text/tab-separated-values',
	json: 'application/json',
	xml: 'application/xml',
	html: 'text/html',
	htm: 'text/html',
	md: 'text/markdown',
	ics: 'text/calendar',
	vcf: 'text/vcard',
	svg: 'image/svg+xml',
	yaml: 'application/yaml',
	yml: 'application/yaml',
	js: 'text/javascript',
	css: 'text/css',
};

const textual = /^text\/|[/+](json|xml|yaml|x-yaml|csv|javascript|x-javascript|x-ndjson|sql)$/;

/**
 * What kind of text it is. Bytes cannot tell a table from a note, so the item's type counts, then
 * the file extension. Web pages and JSON are recognised from the content, since a failed download
 * leaves them in place of a file, and drawings, which nobody wants to read.
 *
 * @param declared the type in the item, without parameters
 */
export function textType(head: Buffer, declared: string, filename: string): string {
	if (textual.test(declared)) return declared;
	const ending = /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase() ?? '';
	const named = Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
	if (named !== undefined) return named;
	const beginning = head
		.toString('utf8', 0, 512)
		.replace(/^\uFEFF/, '')
		.trimStart();
	if (isSvg(head)) return 'image/svg+xml';
	if (/^<(!doctype html|html|head|body)\b/i.test(beginning)) return 'text/html';
	return isJson(head) ? 'application/json' : 'text/plain';
}

/** What may stand before the first element of XML: declarations, comments, the document type. */
const beforeRoot = /^(\s|\uFEFF|<\?[^]*?\?>|<!--[^]*?-->|<!doctype[^>[]*(\[[^\]]*\])?\s*>)+/i;

/** Whether it is a drawing. */
export const isSvg = (head: Buffer): boolean =>
	/^<(svg:)?svg[\s/>]/.test(head.toString('utf8').replace(beforeRoot, ''));

/** Only if all of it is at hand; a longer text that begins with a brace may be anything. */
function isJson(head: Buffer): boolean {
	const text = head.toString('utf8').trim();
	if (!/^[[{]/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
