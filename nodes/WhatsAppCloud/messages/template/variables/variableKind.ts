import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';

/** A kind of variable in the text of a template. */
export interface VariableKind<Value = unknown> {
	/** Title Case. */
	name: string;
	description?: string;
	/** Fields of the row, besides its kind and the variable's name. */
	fields: INodeProperties[];
	/** What a row may have in JSON besides its fields. */
	more?: readonly string[];
	/** Null if a problem was reported. */
	read(values: Values, problems: Problems): Value | null;
	/** The parameter in the wire form, without its type. */
	build(value: Value): Record<string, unknown>;
	/** What the recipient reads, from the row's field `text`. */
	shownText(value: Value): string;
}

/** Infers the exact types of a kind of variable. */
export function defineVariable<Value>(kind: VariableKind<Value>) {
	return kind;
}
