/** Bytes that can be read from their beginning as often as needed. */
export interface Content {
	sizeBytes: number;
	open(): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
}

/** Reads a stream forward. Keeps only one chunk in memory, plus what the caller asked for. */
export interface ByteReader {
	/** How many bytes have been read or skipped. */
	position(): number;
	/** The next bytes; null if the stream ends first. */
	read(length: number): Promise<Buffer | null>;
	/** Skips bytes. Stops at the end of the stream. */
	skip(length: number): Promise<void>;
}

/** Opens a content, lets `use` read what it needs, and closes it. */
export async function withReader<Result>(
	content: Content,
	use: (reader: ByteReader) => Promise<Result>,
): Promise<Result> {
	const chunks = chunksOf(await content.open());
	try {
		return await use(readerOf(chunks));
	} finally {
		await chunks.return(undefined);
	}
}

/** Leaving a loop over it early also closes the underlying stream. */
async function* chunksOf(
	stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
	yield* stream;
	return undefined;
}

function readerOf(chunks: AsyncGenerator<Uint8Array, undefined>): ByteReader {
	let chunk: Uint8Array = new Uint8Array();
	let position = 0;
	/** Up to `length` bytes of the current chunk, or of the next one; null at the end. */
	const take = async (length: number): Promise<Uint8Array | null> => {
		while (chunk.length === 0) {
			const next = await chunks.next();
			if (next.done === true) return null;
			chunk = next.value;
		}
		const taken = chunk.subarray(0, length);
		chunk = chunk.subarray(taken.length);
		position += taken.length;
		return taken;
	};
	return {
		position: () => position,
		async read(length) {
			const parts: Uint8Array[] = [];
			for (let left = length; left > 0;) {
				const part = await take(left);
				if (part === null) return null;
				parts.push(part);
				left -= part.length;
			}
			return Buffer.concat(parts);
		},
		async skip(length) {
			for (let left = length; left > 0;) {
				const part = await take(left);
				if (part === null) return;
				left -= part.length;
			}
		},
	};
}

/** A stretch of a content; null if the content ends before it does. */
export async function readAt(
	content: Content,
	offset: number,
	length: number,
): Promise<Buffer | null> {
	return await withReader(content, async (reader) => {
		await reader.skip(offset);
		return await reader.read(length);
	});
}

/** The first bytes of a content, or all of it if it is shorter. */
export async function readHead(content: Content, length: number): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	let left = length;
	for await (const chunk of await content.open()) {
		parts.push(chunk.subarray(0, left));
		left -= chunk.length;
		// Leaving the loop closes the stream.
		if (left <= 0) break;
	}
	return Buffer.concat(parts);
}
