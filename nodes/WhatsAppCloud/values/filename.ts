/** Longest file name that a field takes, in characters. Meta states no limit; file systems end at 255 bytes. */
export const maxFilenameCharacters = 240;

/** Longest name that common file systems take, in bytes of UTF-8. */
const maxBytes = 255;

/** An ending that is longer than this is none, and may be cut with the rest. */
const maxExtensionBytes = 32;

/** Not allowed in names by Windows, or a path. */
const forbidden = /[<>:"|?*]/g;

/** Control characters, line and paragraph separators, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** What has a name shown in another order than it is written: `gpj.exe` for `exe.jpg`. */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/**
 * Devices of Windows, with any ending.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/**
 * Makes a file name that came from outside one that every file system takes: without a path, without
 * characters that cannot be seen, no hidden or reserved name, and 255 bytes at most with its ending
 * kept.
 *
 * @returns null where nothing of it is left
 */
export function safeFilename(name: string): string | null {
	const last = name.split(/[\\/]/).pop() ?? '';
	const clean = last
		.replace(unprintable, '')
		.replace(invisible, '')
		.replace(forbidden, '_')
		// Windows drops dots and blanks at the end; a dot at the beginning hides a file elsewhere.
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
	// By code points, so that none is cut in half.
	for (const character of name.slice(0, name.length - ending.length)) {
		room -= bytesOf(character);
		if (room < 0) break;
		start += character;
	}
	return `${start.replace(/[\s.]+$/u, '')}${ending}`;
}

/** A part of an address or header without its escapes; undefined where one of them is broken. */
export function percentDecoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		// Whoever asks has another name to fall back on.
		return undefined;
	}
}
