import { z } from 'zod/v4';
import { readText } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { checkMembers } from '../../values/members';
import { isoOf } from '../../values/moment';
import { report, rowOf, type Problems, type Values } from '../../values/row';
import { objectOf } from '../../values/unknown';

/** A member of a contact. */
export interface Member {
	/** Its name on the wire. */
	wire: string;
	/** The name of its field in the editor. */
	field: string;
	/** Names it may have in a part: the trigger's, and the one on the wire. */
	namesInPart: readonly string[];
}

/** A member of a contact, from its name on the wire and the name of its field. */
export const member = (wire: string, field = wire): Member => ({
	wire,
	field,
	namesInPart: [camelCase(wire), wire],
});

/** The names that members may have in a row. */
export const namesInRow = (members: readonly Member[]): string[] =>
	members.flatMap(({ wire, field }) => [field, wire]);

/**
 * Reads members from wherever they are: the fields of a row, or a part that Meta puts in its own
 * object (`name`, `org`), with Meta's names or the trigger's.
 *
 * @param partName the name of that object in the row, if there may be one
 * @returns the filled members, by their names on the wire
 */
export function readMembers(
	members: readonly Member[],
	row: Values,
	problems: Problems,
	partName?: string,
): Record<string, string> {
	const inside = partName === undefined ? {} : objectOf(row[partName]);
	if (partName !== undefined) {
		const known = members.flatMap(({ namesInPart }) => namesInPart);
		checkMembers(inside, known, problems, [partName]);
	}
	const read: Record<string, string> = {};
	for (const { wire, field, namesInPart } of members) {
		const found = filledOf(row, field) ?? filledOf(row, wire) ?? filledAmong(inside, namesInPart);
		if (found === undefined) continue;
		const text = readText(found, problems, [field])?.trim();
		if (text !== undefined && text !== '') read[wire] = text;
	}
	return read;
}

/** What says of which kind an entry is, and is no content of its own. */
const KIND = 'type';

/**
 * A list inside a contact. An entry may be a plain value (`"+15551234567"`), and a single one needs
 * no list around it. An entry without content is reported: whoever added it means to send it.
 *
 * @param members of an entry; a plain value is the first of them
 * @param rowName the editor's name of an entry
 */
export function memberList(members: readonly Member[], rowName: string) {
	const first = members[0]?.field ?? '';
	const entries = listOf(
		rowOf(
			(row, problems) => {
				const before = problems.issues.length;
				const entry = readMembers(members, row, problems);
				const isEmpty = Object.keys(entry).every((name) => name === KIND);
				if (isEmpty && problems.issues.length === before) {
					report(problems, [], 'is empty; fill it in or remove it');
				}
				return entry;
			},
			{
				members: namesInRow(members),
				fromScalar: (scalar) => ({ [first]: scalar }),
			},
		),
		{ min: 0, max: Infinity },
		rowName,
	);
	return z.preprocess((value) => (isPlain(value) ? [value] : value), entries);
}

/** A text or number that is itself an entry, not JSON or nothing. */
const isPlain = (value: unknown): boolean =>
	typeof value === 'number' ||
	isoOf(value) !== null ||
	(typeof value === 'string' && /^\s*[^\s[{]/.test(value));

const camelCase = (name: string): string =>
	name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A value that is neither missing nor empty. */
function filledOf(values: Values, name: string): unknown {
	const value = values[name];
	return value === null || value === '' ? undefined : value;
}

function filledAmong(values: Values, names: readonly string[]): unknown {
	for (const name of names) {
		const value = filledOf(values, name);
		if (value !== undefined) return value;
	}
	return undefined;
}
