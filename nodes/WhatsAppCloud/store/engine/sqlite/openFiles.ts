/**
 * The SQLite files this process has open. If the package is updated while n8n runs, it is loaded
 * twice, so what both copies must know is kept where both can find it.
 */
const place = Symbol.for('n8n-nodes-whatsapp-cloud.openFiles');

interface OpenFile {
	file: string;
	/** Closes it when the process exits. */
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

/** Nobody can handle an error at process exit; everything written is in the log. */
function closeQuietly(close: () => void): void {
	try {
		close();
	} catch {
		// The next process checkpoints it.
	}
}

/**
 * Whether a connection in this process holds locks on the file. Opening and closing the file again
 * would drop them.
 */
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
