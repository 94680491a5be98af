/**
 * Longest file name a field accepts, in characters. Meta states no limit; file systems allow 255
 * bytes.
 */
export const maxFilenameCharacters = 240;

/** Longest name that common file systems allow, in UTF-8 bytes. */
const maxBytes = 255;

/** Anything longer does not count as an extension and may be cut with the rest. */
const maxExtensionBytes = 32;

/** Characters that Windows forbids in names. */
const forbidden = /[<>:"|?*]/g;

/** Control characters, line and paragraph separators, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Invisible characters; some reorder the name on screen: `gpj.exe` for `exe.jpg`. */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Windows device names, with any extension.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/**
 * Makes a file name from outside safe for every file system: no path, no invisible characters, not
 * hidden or reserved, and at most 255 bytes, keeping the extension.
 *
 * @returns null if nothing is left of it
 */
export function safeFilename(name: string): string | null {
	const last = name.split(/[\\/]/).pop() ?? '';
	const clean = last
		.replace(unprintable, '')
		.replace(invisible, '')
		.replace(forbidden, '_')
		// Windows drops trailing dots and blanks; elsewhere, a leading dot hides the file.
		.replace(/^[\s.]+|[\s.]+$/gu, '');
	if (clean === '') return null;
	return shortened(reserved.test(clean) ? `_${clean}` : clean);
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function shortened(name: string): string {
	if (bytesOf(name) <= maxBytes) return name;
	const dot = name.lastIndexOf('.');
	const ending = dot > 0 && bytesOf(name.slice(dot)) <= maxExtensionBytes ? name.slice(dot) : '';
	let room = maxBytes - bytesOf(ending);
	let start = '';
	// By code point, so that none is cut in half.
	for (const character of name.slice(0, name.length - ending.length)) {
		room -= bytesOf(character);
		if (room < 0) break;
		start += character;
	}
	return `${start.replace(/[\s.]+$/u, '')}${ending}`;
}

/** Unescapes part of an address or header; undefined if an escape is broken. */
export function percentDecoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		// The caller has another name to fall back on.
		return undefined;
	}
}
