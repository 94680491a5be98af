/**
 * The SQLite files that this process has open. A package that is updated while n8n runs is loaded
 * twice, so what all of it must know lies where all of it finds it.
 */
const place = Symbol.for('n8n-nodes-whatsapp-cloud.openFiles');

interface OpenFile {
	file: string;
	/** Closes it at the end of the process. */
	close: () => void;
}

function openFiles(): Set<OpenFile> {
	const shared = globalThis as { [place]?: Set<OpenFile> };
	const known = shared[place];
	if (known !== undefined) return known;
	const files = (shared[place] = new Set<OpenFile>());
	process.once('exit', () => {
		for (const { close } of files) closeQuietly(close);
	});
	return files;
}

/** At process exit nobody can handle an error any more; what was written is in the log. */
function closeQuietly(close: () => void): void {
	try {
		close();
	} catch {
		// The next process checkpoints it.
	}
}

/** Whether a connection of this process holds locks on the file, which closing another copy drops. */
export const isOpenHere = (file: string): boolean =>
	[...openFiles()].some((open) => open.file === file);

/**
 * Registers a file as open, and closes it at process exit.
 *
 * @returns a function that unregisters it
 */
export function noteOpen(file: string, close: () => void): () => void {
	const open = { file, close };
	openFiles().add(open);
	return () => void openFiles().delete(open);
}
