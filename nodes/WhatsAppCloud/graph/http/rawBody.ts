import { contentOf, type OpenFile } from './fileContent';

/** The rest of a file as the whole body, for an upload session. */
export interface RawBody {
	file: { sizeBytes: number; open: OpenFile };
	/** Bytes that Meta has already; the body begins behind them. */
	offset: number;
}

/** The body as a stream of known length, with the headers of an upload session. */
export function toRawBody({ file, offset }: RawBody): {
	headers: Record<string, string>;
	body: AsyncIterable<Uint8Array>;
	/** Why the file could not be read; undefined if it could. */
	problem: () => string | undefined;
} {
	const { chunks, problem } = contentOf(file.open);
	async function* rest(): AsyncGenerator<Uint8Array> {
		let toSkip = offset;
		for await (const chunk of chunks) {
			const unsent = chunk.subarray(Math.min(toSkip, chunk.length));
			toSkip -= chunk.length - unsent.length;
			if (unsent.length > 0) yield unsent;
		}
	}
	return {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(file.sizeBytes - offset),
			file_offset: String(offset),
		},
		body: rest(),
		problem,
	};
}
