import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../values/problem';

/** Something that Meta did not do, under a name of the operation's own, and why. */
export interface NotDone extends IDataObject {
	/** Null if Meta gives none. */
	code: number | null;
	reason: string;
}

/**
 * Meta did a part of what was asked, or did it with errors. The error says both, and with _On Error_
 * set to _Continue_ the item does, so that a workflow can go on from there.
 */
export class PartlyDone extends Problem {
	override name = 'PartlyDone';
	/** What was done, and what was not. */
	readonly item: IDataObject;

	constructor(message: string, advice: string, item: IDataObject) {
		super(message, advice);
		this.item = item;
	}
}

/** What was asked for, by name, and what became of it. */
interface Parts {
	done: readonly string[];
	notDone: readonly { name: string; code: number | null; reason: string }[];
	/** What was done to them: `blocked`. */
	verb: string;
	/** What they are: `contacts`. */
	noun: string;
	/** What to do next, in whole sentences. */
	advice: string;
}

/** @param item what was done, and what was not, as lists */
export function partlyDone(
	{ done, notDone, verb, noun, advice }: Parts,
	item: IDataObject,
): PartlyDone {
	const reasons = notDone.map(
		({ name, code, reason }) => `${name} (${code === null ? '' : `${code}: `}${reason})`,
	);
	const total = done.length + notDone.length;
	return new PartlyDone(
		`${done.length} of ${total} ${noun} were ${verb}; not ${verb}: ${shortened(reasons, '; ')}`,
		`${done.length === 0 ? '' : `Those ${verb} stay ${verb}: ${shortened(done, ', ')}. `}${advice} With On Error set to Continue, the item has both lists.`,
		item,
	);
}

/** More of them would fill the panel. */
const mostNamed = 10;

const shortened = (names: readonly string[], separator: string): string =>
	names.slice(0, mostNamed).join(separator) +
	(names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '');
