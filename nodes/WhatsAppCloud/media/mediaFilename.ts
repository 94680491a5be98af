import type { IBinaryData } from 'n8n-workflow';
import { endingsOf, isKnownEnding, isProgramEnding } from '../values/files/fileEnding';
import { maxFilenameCharacters } from '../values/files/filename';

/** Extensions that say nothing about a file. */
const meaningless: ReadonlySet<string> = new Set([
	...['bin', 'dat', 'data', 'tmp', 'temp', 'part', 'download', 'file', 'blob', 'unknown', 'zip'],
]);

/** Whether an extension says nothing or something wrong about a file: the right one replaces it. */
const isReplaceable = (ending: string): boolean =>
	ending === '' || isKnownEnding(ending) || meaningless.has(ending) || isProgramEnding(ending);

/** What the item calls a file; empty if it has no name for it. */
export function givenName({ fileName, fileExtension }: IBinaryData): string {
	if (fileName !== undefined && fileName.trim() !== '') return fileName.trim();
	return fileExtension === undefined || fileExtension === '' ? '' : `file.${fileExtension}`;
}

/**
 * The name that a file is uploaded under: the given one, with the extension for its type, by which
 * the recipient's phone opens a document.
 */
export function uploadName(given: string, mimeType: string): string {
	const [, base = given, ending = ''] = /^(.*)\.([^.\s]*)$/s.exec(given) ?? [];
	const lowerCase = ending.toLowerCase();
	const right = endingsOf(mimeType) ?? ([ending] as const);
	const hasRight = right.includes(lowerCase);
	const kept = (hasRight || isReplaceable(lowerCase) ? base : given) || 'file';
	const shown = hasRight ? ending : right[0];
	const room = maxFilenameCharacters - shown.length - 1;
	return shown === '' ? kept : `${Array.from(kept).slice(0, room).join('')}.${shown}`;
}
