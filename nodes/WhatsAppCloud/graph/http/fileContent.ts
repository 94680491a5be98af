import { reasonOf } from '../../values/unknown';

/** Opens a file for reading, as often as needed. */
export type OpenFile = () => Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;

/** A file's content on its way into a request. */
export interface FileContent {
	/** Opens the file with its first chunk. */
	chunks: AsyncGenerator<Uint8Array>;
	/** Why the file could not be read; undefined if it could. */
	problem: () => string | undefined;
}

/** Reads a file for a request, and tells its own errors from those of the connection. */
export function contentOf(open: OpenFile): FileContent {
	let problem: string | undefined;
	async function* read(): AsyncGenerator<Uint8Array> {
		// An error while passing on a chunk comes from the connection, not from the file.
		let isPassingOn = false;
		try {
			for await (const chunk of await open()) {
				isPassingOn = true;
				yield chunk;
				isPassingOn = false;
			}
		} catch (error) {
			problem = isPassingOn ? undefined : `The file could not be read: ${reasonOf(error)}`;
			throw problem === undefined ? error : new Error(problem, { cause: error });
		}
	}
	return { chunks: read(), problem: () => problem };
}
