/** A place in a text. Lines and columns count from 1; the end is the first column after it. */
export interface Place {
	lineStart: number;
	lineEnd: number;
	columnStart: number;
	columnEnd: number;
}

/** A JSON value that knows where it stands, and where its members and their names stand. */
export interface Located {
	value: unknown;
	place: Place;
	/** Of an object, by name; empty for everything else. */
	members: ReadonlyMap<string, { key: Place; node: Located }>;
	/** Of an array; empty for everything else. */
	items: readonly Located[];
}

/** The text is no JSON; where reading stopped. */
export class JsonSyntaxProblem extends Error {
	readonly place: Place;

	constructor(reason: string, place: Place) {
		super(reason);
		this.place = place;
	}
}

const noMembers: Located['members'] = new Map();

/** Deeper nesting than any Flow has, and far below what the call stack holds. */
const maxDepth = 100;

/**
 * Parses JSON and keeps the place of everything.
 * @throws JsonSyntaxProblem
 */
export function parseLocated(text: string): Located {
	const reader = new Reader(text);
	reader.skipBlanks();
	const node = readValue(reader, 0);
	reader.skipBlanks();
	if (!reader.isAtEnd()) throw reader.problem('Unexpected text after the end');
	return node;
}

class Reader {
	readonly #text: string;
	readonly #lineStarts: number[] = [0];
	at = 0;

	constructor(text: string) {
		this.#text = text;
		for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
			this.#lineStarts.push(index + 1);
		}
	}

	isAtEnd(): boolean {
		return this.at >= this.#text.length;
	}

	next(): string {
		return this.#text[this.at] ?? '';
	}

	/** Moves on behind what the pattern matches here; null if it does not. */
	take(pattern: RegExp): string | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.#text)?.[0];
		if (found === undefined) return null;
		this.at += found.length;
		return found;
	}

	skipBlanks(): void {
		this.take(/[\t\n\r ]*/y);
	}

	placeFrom(start: number): Place {
		const [lineStart, columnStart] = this.#position(start);
		const [lineEnd, columnEnd] = this.#position(this.at);
		return { lineStart, lineEnd, columnStart, columnEnd };
	}

	problem(reason: string): JsonSyntaxProblem {
		const [line, column] = this.#position(Math.min(this.at, this.#text.length));
		return new JsonSyntaxProblem(reason, {
			lineStart: line,
			lineEnd: line,
			columnStart: column,
			columnEnd: column + 1,
		});
	}

	#position(offset: number): [line: number, column: number] {
		let [low, high] = [0, this.#lineStarts.length - 1];
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return [low + 1, offset - (this.#lineStarts[low] ?? 0) + 1];
	}
}

function readValue(reader: Reader, depth: number): Located {
	if (depth > maxDepth) throw reader.problem('The nesting is too deep');
	if (reader.next() === '{') return readObject(reader, depth);
	if (reader.next() === '[') return readArray(reader, depth);
	const start = reader.at;
	const literal =
		reader.take(/"(?:[^"\\\u0000-\u001f]|\\.)*"/y) ??
		reader.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y) ??
		reader.take(/true|false|null/y);
	if (literal === null) throw reader.problem(expected(reader, 'a value'));
	return { value: parseLiteral(reader, literal), ...leaf(reader, start) };
}

function parseLiteral(reader: Reader, literal: string): unknown {
	try {
		return JSON.parse(literal);
	} catch {
		throw reader.problem(`${literal.slice(0, 40)} is no value of JSON`);
	}
}

const leaf = (reader: Reader, start: number): Omit<Located, 'value'> => ({
	place: reader.placeFrom(start),
	members: noMembers,
	items: [],
});

function readObject(reader: Reader, depth: number): Located {
	const start = reader.at;
	const members = new Map<string, { key: Place; node: Located }>();
	readList(reader, '}', () => {
		const keyStart = reader.at;
		const name = reader.take(/"(?:[^"\\\u0000-\u001f]|\\.)*"/y);
		if (name === null) throw reader.problem(expected(reader, 'a property name in double quotes'));
		const key = reader.placeFrom(keyStart);
		reader.skipBlanks();
		if (reader.take(/:/y) === null) throw reader.problem(expected(reader, "':'"));
		reader.skipBlanks();
		const parsed = parseLiteral(reader, name);
		members.set(String(parsed), { key, node: readValue(reader, depth + 1) });
	});
	const value = Object.fromEntries([...members].map(([name, { node }]) => [name, node.value]));
	return { value, place: reader.placeFrom(start), members, items: [] };
}

function readArray(reader: Reader, depth: number): Located {
	const start = reader.at;
	const items: Located[] = [];
	readList(reader, ']', () => items.push(readValue(reader, depth + 1)));
	const value = items.map((item) => item.value);
	return { value, place: reader.placeFrom(start), members: noMembers, items };
}

/** Reads entries with commas between them, from the opening bracket to the closing one. */
function readList(reader: Reader, close: '}' | ']', readEntry: () => void): void {
	reader.at++;
	reader.skipBlanks();
	if (reader.next() === close) {
		reader.at++;
		return;
	}
	for (;;) {
		readEntry();
		reader.skipBlanks();
		const next = reader.take(/[,\]}]/y);
		if (next === close) return;
		if (next !== ',') {
			if (next !== null) reader.at--;
			throw reader.problem(expected(reader, `',' or '${close}'`));
		}
		reader.skipBlanks();
	}
}

function expected(reader: Reader, what: string): string {
	const found = reader.isAtEnd() ? 'the end' : `'${reader.next()}'`;
	return `Expected ${what} but found ${found}`;
}
