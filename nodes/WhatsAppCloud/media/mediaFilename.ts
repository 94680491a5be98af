import type { IBinaryData } from 'n8n-workflow';
import { maxFilenameCharacters } from '../values/filename';

/** Extensions that a file of a type may have, the usual one first. */
const endings: Readonly<Record<string, readonly [string, ...string[]]>> = {
	'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
	'image/png': ['png', 'apng'],
	'image/webp': ['webp'],
	'video/mp4': ['mp4', 'm4v'],
	'video/3gpp': ['3gp', '3gpp', '3g2'],
	'audio/aac': ['aac'],
	'audio/amr': ['amr'],
	'audio/mpeg': ['mp3', 'mpga'],
	'audio/mp4': ['m4a', 'mp4', 'm4b'],
	'audio/ogg': ['ogg', 'opus', 'oga'],
	'text/plain': ['txt', 'text'],
	'application/pdf': ['pdf'],
	'application/msword': ['doc'],
	'application/vnd.ms-excel': ['xls'],
	'application/vnd.ms-powerpoint': ['ppt'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
};

/** Extensions that say nothing or something wrong about a file: the right one replaces them. */
const replaced: ReadonlySet<string> = new Set([
	...Object.values(endings).flat(),
	...['bin', 'dat', 'data', 'tmp', 'temp', 'part', 'download', 'file', 'blob', 'unknown', 'zip'],
	...['php', 'asp', 'aspx', 'ashx', 'jsp', 'do', 'cgi'],
]);

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
	const right = endings[mimeType] ?? ([ending] as const);
	const hasRight = right.includes(ending.toLowerCase());
	const isReplaced = hasRight || ending === '' || replaced.has(ending.toLowerCase());
	const kept = (isReplaced ? base : given) || 'file';
	const shown = hasRight ? ending : right[0];
	const room = maxFilenameCharacters - shown.length - 1;
	return shown === '' ? kept : `${Array.from(kept).slice(0, room).join('')}.${shown}`;
}
