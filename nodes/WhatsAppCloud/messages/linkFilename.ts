import { isProgramEnding } from '../values/files/fileEnding';
import { maxFilenameCharacters, percentDecoded } from '../values/files/filename';
import { countCharacters } from '../values/limits';

/**
 * The name of the file behind a link: the last part of its path, decoded, without query and
 * fragment. Undefined if that is no use to a person: without an extension, the name of a program,
 * or impossible to decode.
 */
export function linkFilename(link: string): string | undefined {
	const segment = new URL(link).pathname.split('/').at(-1) ?? '';
	const name = percentDecoded(segment)?.trim();
	if (name === undefined || countCharacters(name) > maxFilenameCharacters) return undefined;
	// Slashes and control characters can only come from the decoding.
	if (/[\p{Cc}\p{Cf}/\\]/u.test(name)) return undefined;
	const ending = /[^.\s]\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase();
	// Digits alone are a version or a date: "report-1.2".
	if (ending === undefined || /^\d+$/.test(ending) || isProgramEnding(ending)) return undefined;
	return name;
}
