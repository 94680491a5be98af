import { countCharacters } from '../values/limits';
import { isObject } from '../values/unknown';

/** What an agent wants to do, and somebody is asked to approve. */
export interface ToolCall {
	name: string;
	/** As the model made it up. */
	input: unknown;
}

/** Longest value and name of a line, in characters. */
const maxValueCharacters = 200;
const maxNameCharacters = 60;

const masked = '••••••';

/** Words of a name whose value nobody needs to see in a chat. */
const secretWords: ReadonlySet<string> = new Set([
	'auth',
	'authorization',
	'bearer',
	'cookie',
	'credential',
	'credentials',
	'cvc',
	'cvv',
	'otp',
	'passcode',
	'passphrase',
	'passwd',
	'password',
	'pin',
	'pwd',
	'secret',
	'signature',
	'token',
]);
const secretKeys: ReadonlySet<string> = new Set([
	'access',
	'api',
	'encryption',
	'private',
	'signing',
]);

/**
 * A tool's input as lines that a person can read: `customer › name: Ada`. Values are one line each, so
 * that none can pass for another or for the question; long ones are cut, and secrets, which are told
 * by their names, are masked.
 *
 * @param maxCharacters what follows is left out and counted
 */
export function inputLines(input: unknown, maxCharacters: number): string {
	const lines = [...linesOf(input, [])];
	if (lines.length === 0) return '(no input)';
	const shown: string[] = [];
	let left = maxCharacters;
	for (const [index, line] of lines.entries()) {
		const others = lines.length - index;
		const rest = others > 1 ? moreLines(others - 1).length + 1 : 0;
		if (countCharacters(line) + rest > left) {
			shown.push(moreLines(others));
			break;
		}
		shown.push(line);
		left -= countCharacters(line) + 1;
	}
	return shown.join('\n');
}

const moreLines = (count: number): string => `… and ${count} more`;

function* linesOf(value: unknown, path: readonly string[]): Generator<string> {
	if (path.some(isSecret)) {
		yield lineOf(path, masked);
	} else if (isObject(value)) {
		const entries = Object.entries(value);
		if (entries.length === 0 && path.length > 0) yield lineOf(path, '(empty)');
		for (const [name, member] of entries) yield* linesOf(member, [...path, name]);
	} else if (Array.isArray(value) && value.some((each) => typeof each === 'object')) {
		for (const [index, member] of value.entries()) {
			yield* linesOf(member, [...path, String(index + 1)]);
		}
	} else if (path.length > 0 || (value !== undefined && value !== null)) {
		yield lineOf(path, textOf(value));
	}
}

const lineOf = (path: readonly string[], text: string): string =>
	path.length === 0 ? text : `${cut(oneLine(path.join(' › ')), maxNameCharacters)}: ${text}`;

function textOf(value: unknown): string {
	if (value === null || value === undefined) return '(none)';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	const text = typeof value === 'string' ? value : listOrNumber(value);
	const line = oneLine(text);
	return line === '' ? '(empty)' : cut(line, maxValueCharacters);
}

const listOrNumber = (value: unknown): string =>
	Array.isArray(value) ? value.map(textOf).join(', ') : JSON.stringify(value);

/** Without line breaks, other control characters and those that turn the direction of writing. */
const oneLine = (text: string): string =>
	text
		.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ⏎ ')
		.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, ' ')
		.trim();

/** `apiKey`, `API_KEY` and `client-secret`, but neither `author` nor `keyword`. */
function isSecret(name: string): boolean {
	const words = name
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z\d]+/);
	return words.some(
		(word, index) =>
			secretWords.has(word) ||
			secretWords.has(word.replace(/s$/, '')) ||
			(word.startsWith('key') && secretKeys.has(words[index - 1] ?? '')) ||
			/^(api|access|private)keys?$/.test(word),
	);
}

function cut(text: string, maxCharacters: number): string {
	const characters = Array.from(text);
	return characters.length <= maxCharacters
		? text
		: `${characters.slice(0, maxCharacters - 1).join('')}…`;
}

/** Stands in a message for the lines of the tool's input. */
export const inputMark = '\u0000tool input\u0000';

const usualMessage = (name: string): string =>
	`The agent wants to run this tool:\n*${cut(oneLine(name), maxNameCharacters)}*\n\n${inputMark}`;

/**
 * What the approver reads.
 *
 * @param written a message in which `inputMark` stands for the input; null for the usual one
 * @param maxCharacters Meta's limit for the message; the input gets what the rest leaves
 */
export function reviewText(
	written: string | null,
	{ name, input }: ToolCall,
	maxCharacters: number,
): string {
	const message = written ?? usualMessage(name);
	const rest = message.replaceAll(inputMark, '');
	const places = message.split(inputMark).length - 1;
	if (places === 0) return cut(message, maxCharacters);
	const room = Math.floor((maxCharacters - countCharacters(rest)) / places);
	return cut(
		message.replaceAll(inputMark, () => inputLines(input, room)),
		maxCharacters,
	);
}
