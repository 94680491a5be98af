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

/** Other names for the same types, from detectors and browsers. */
const aliases: Readonly<Record<string, string>> = {
	'audio/mp3': 'audio/mpeg',
	'audio/x-m4a': 'audio/mp4',
	'audio/m4a': 'audio/mp4',
	'video/3gpp2': 'video/3gpp',
	'audio/opus': 'audio/ogg',
	'image/jpg': 'image/jpeg',
	'image/apng': 'image/png',
	'video/x-m4v': 'video/mp4',
};

const known: ReadonlySet<string> = new Set(Object.values(endings).flat());

/** Extensions of programs that serve a file, not of the file itself. */
const programs: ReadonlySet<string> = new Set([
	...['php', 'asp', 'aspx', 'ashx', 'jsp', 'jspx', 'cgi', 'do', 'action', 'cfm', 'exe', 'dll'],
]);

/** `audio/ogg; codecs=opus` → `audio/ogg`, and one name per type. */
export function normaliseMimeType(mimeType: string): string {
	const essence = (mimeType.split(';')[0] ?? '').trim().toLowerCase();
	return aliases[essence] ?? essence;
}

/** Extensions that a file of a type may have, the usual one first; undefined for an unknown type. */
export const endingsOf = (mimeType: string): readonly [string, ...string[]] | undefined =>
	endings[normaliseMimeType(mimeType)];

/**
 * The usual extension for a type: `image/jpeg` → `jpg`. For an unknown type, its own name if that
 * can be an extension, as in `image/gif`; undefined otherwise.
 */
export function endingOf(mimeType: string): string | undefined {
	const type = normaliseMimeType(mimeType);
	return endings[type]?.[0] ?? /^[a-z]+\/([a-z0-9]{2,5})$/.exec(type)?.[1];
}

/** Whether files of a known type have this extension, in lower case. */
export const isKnownEnding = (ending: string): boolean => known.has(ending);

/** Whether this is the extension of a program that serves files, in lower case. */
export const isProgramEnding = (ending: string): boolean => programs.has(ending);
