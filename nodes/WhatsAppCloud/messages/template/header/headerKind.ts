import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';

/** What can be above the text of a template. */
export interface HeaderKind<Value = unknown> {
	/** Title Case. */
	name: string;
	fields: INodeProperties[];
	/** Names of parameters that only this kind has: an item that fills one has chosen the kind. */
	toldBy: readonly string[];
	/** Null if a problem was reported. */
	read(values: Values, problems: Problems): Value | null;
	/** The parameter in the wire form, without its type. */
	build(value: Value): Record<string, unknown>;
	/** The text that fills the variable of the header. */
	variableText?(value: Value): { parameter: string; text: string };
}

/** Infers the exact types of a kind of header. */
export function defineHeader<Value>(kind: HeaderKind<Value>) {
	return kind;
}
