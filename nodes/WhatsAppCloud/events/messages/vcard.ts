/**
 * A lenient reader of vCards 2.1, 3.0 and 4.0 as phones write them: it skips what it cannot read
 * and never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6350
 * @see https://www.rfc-editor.org/rfc/rfc2426
 */

/** One line of a card, such as `item1.TEL;TYPE=CELL;waid=4915112345678:+49 1511 2345678`. */
export interface VcardProperty {
	/** Links properties that belong together. In lower case; empty if there is none. */
	group: string;
	/** In upper case. */
	name: string;
	/** By name, in upper case. A nameless one is a `TYPE`, as version 2.1 writes it. */
	parameters: ReadonlyMap<string, readonly string[]>;
	/** Decoded, but still escaped and not yet split into parts. */
	value: string;
}

/** The properties of a card, in order. */
export type Vcard = readonly VcardProperty[];

/** All cards of a text. Properties outside any card make a card of their own. */
export function readVcards(text: string): Vcard[] {
	const cards: VcardProperty[][] = [];
	let open: VcardProperty[] = [];
	// A card inside a card is somebody else: an assistant, an agent.
	let depth = 0;
	for (const line of logicalLines(text)) {
		const property = readProperty(line);
		if (property === null) continue;
		const isMark = property.value.trim().toUpperCase() === 'VCARD';
		if (isMark && property.name === 'BEGIN') {
			if (depth === 0) {
				cards.push(open);
				open = [];
			}
			depth++;
		} else if (isMark && property.name === 'END') {
			depth = Math.max(0, depth - 1);
			if (depth > 0) continue;
			cards.push(open);
			open = [];
		} else if (depth <= 1) open.push(property);
	}
	cards.push(open);
	return cards.filter((card) => card.length > 0);
}

/** Parts of a value, such as family and given name, unescaped. */
export function valueParts(value: string): string[] {
	const parts: string[] = [];
	let start = 0;
	for (let index = 0; index < value.length; index++) {
		const character = value.charAt(index);
		if (character === '\\') index++;
		else if (character === ';') {
			parts.push(valueText(value.slice(start, index)));
			start = index + 1;
		}
	}
	parts.push(valueText(value.slice(start)));
	return parts;
}

/** A value as one text, unescaped. */
export function valueText(value: string): string {
	const text = value.replace(/\\(.)/gs, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
	return text.trim();
}

const FOLDED = /^[ \t]/;
/** Matches in the head of a line, before its value. */
const QUOTED_PRINTABLE = /^[^:]{0,200};(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i;

/**
 * Long lines are folded: the next one begins with a blank, which in version 2.1 is part of the
 * text. Quoted-printable lines end with `=` instead.
 */
function logicalLines(text: string): string[] {
	const isOld = /^VERSION:2\.1\s*$/im.test(text);
	const lines: string[][] = [];
	let goesOn = false;
	for (const line of text.split(/\r\n|\n|\r/)) {
		const last = lines.at(-1);
		const isQuotedPrintable = QUOTED_PRINTABLE.test((goesOn && last?.[0]) || line);
		const ends = !(isQuotedPrintable && line.endsWith('='));
		const piece = ends ? line : line.slice(0, -1);
		if (last !== undefined && goesOn) last.push(piece);
		else if (last !== undefined && FOLDED.test(line)) last.push(piece.slice(isOld ? 0 : 1));
		else lines.push([piece]);
		goesOn = !ends;
	}
	return lines.map((pieces) => pieces.join(''));
}

function readProperty(line: string): VcardProperty | null {
	const [head, value] = cutAtColon(line);
	if (value === null) return null;
	const [fullName = '', ...attributes] = splitOutsideQuotes(head, ';');
	const dot = fullName.lastIndexOf('.');
	const parameters = new Map<string, string[]>();
	for (const attribute of attributes) {
		const equals = attribute.indexOf('=');
		const isBare = equals < 0;
		const name = isBare ? bareName(attribute) : attribute.slice(0, equals).trim().toUpperCase();
		const values = splitOutsideQuotes(isBare ? attribute : attribute.slice(equals + 1), ',');
		parameters.set(name, [...(parameters.get(name) ?? []), ...values.map(parameterText)]);
	}
	return {
		group: fullName.slice(0, Math.max(0, dot)).trim().toLowerCase(),
		name: fullName
			.slice(dot + 1)
			.trim()
			.toUpperCase(),
		parameters,
		value: decoded(value, parameters),
	};
}

const ENCODINGS: ReadonlySet<string> = new Set(['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT']);

function bareName(attribute: string): 'ENCODING' | 'TYPE' {
	return ENCODINGS.has(attribute.trim().toUpperCase()) ? 'ENCODING' : 'TYPE';
}

/** Without its quotes, and with RFC 6868's circumflex escapes decoded. */
function parameterText(text: string): string {
	const bare = text.trim().replace(/^"(.*)"$/s, '$1');
	return bare.replace(/\^([n^'])/g, (_, sign: string) =>
		sign === 'n' ? '\n' : sign === "'" ? '"' : '^',
	);
}

/** Head and value; a colon inside quotes belongs to the head. */
function cutAtColon(line: string): [string, string | null] {
	let isQuoted = false;
	for (let index = 0; index < line.length; index++) {
		const character = line.charAt(index);
		if (character === '"') isQuoted = !isQuoted;
		else if (character === ':' && !isQuoted) return [line.slice(0, index), line.slice(index + 1)];
	}
	// A quotation mark that is never closed is a literal one.
	const colon = line.indexOf(':');
	return colon < 0 ? [line, null] : [line.slice(0, colon), line.slice(colon + 1)];
}

function splitOutsideQuotes(text: string, separator: string): string[] {
	const parts: string[] = [];
	let isQuoted = false;
	let start = 0;
	for (let index = 0; index < text.length; index++) {
		const character = text.charAt(index);
		if (character === '"') isQuoted = !isQuoted;
		else if (character === separator && !isQuoted) {
			parts.push(text.slice(start, index));
			start = index + 1;
		}
	}
	parts.push(text.slice(start));
	return parts;
}

function decoded(value: string, parameters: ReadonlyMap<string, readonly string[]>): string {
	const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase();
	const charset = parameters.get('CHARSET')?.[0] ?? 'utf-8';
	if (encoding === 'QUOTED-PRINTABLE') return textOf(quotedPrintable(value), charset);
	if (encoding === 'BASE64' || encoding === 'B') {
		return textOf(Buffer.from(value, 'base64'), charset);
	}
	return value;
}

function quotedPrintable(value: string): Uint8Array {
	const bytes: Buffer[] = [];
	for (const part of value.split(/(=[0-9a-f]{2})/i)) {
		const isEncoded = part.length === 3 && part.startsWith('=');
		bytes.push(isEncoded ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part));
	}
	return Buffer.concat(bytes);
}

function textOf(bytes: Uint8Array, charset: string): string {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		// An unknown character set.
		return new TextDecoder().decode(bytes);
	}
}
