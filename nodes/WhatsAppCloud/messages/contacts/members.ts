import { z } from 'zod/v4';
import { readText } from '../../values/limits';
import { listOf } from '../../values/list';
import { checkMembers } from '../../values/members';
import { isoOf } from '../../values/moment';
import { rowOf, type Problems, type Values } from '../../values/row';
import { objectOf } from '../../values/unknown';

/** A member of a contact. */
export interface Member {
	/** Its name on the wire. */
	wire: string;
	/** As the field of the editor is called. */
	field: string;
	/** Names under which it may stand in a part: as the trigger gives it, and on the wire. */
	namesInPart: readonly string[];
}

/** A member of a contact by its name on the wire and the name of its field. */
export const member = (wire: string, field = wire): Member => ({
	wire,
	field,
	namesInPart: [camelCase(wire), wire],
});

/** The names under which members may stand in a row. */
export const namesInRow = (members: readonly Member[]): string[] =>
	members.flatMap(({ wire, field }) => [field, wire]);

/**
 * Reads members from wherever they stand: the fields of a row, or a part that Meta has in an
 * object of its own (`name`, `org`), as Meta writes it and as the trigger gives it.
 *
 * @param partName the name of that object in the row, if there may be one
 * @returns the members that are filled, by their names on the wire
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

/**
 * A list inside a contact. An entry may be the plain value (`"+15551234567"`), a single one may
 * stand without a list around it, and empty entries are left out.
 *
 * @param members of an entry; a plain value is the first of them
 * @param rowName the editor's name of an entry
 */
export function memberList(members: readonly Member[], rowName: string) {
	const first = members[0]?.field ?? '';
	const entries = listOf(
		rowOf((row, problems) => readMembers(members, row, problems), {
			members: namesInRow(members),
			fromScalar: (scalar) => ({ [first]: scalar }),
		}),
		{ min: 0, max: Infinity },
		rowName,
	);
	return z
		.preprocess((value) => (isPlain(value) ? [value] : value), entries)
		.transform((read) => read.filter((entry) => Object.keys(entry).length > 0));
}

/** A text or number that is an entry itself, and neither JSON nor nothing. */
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
