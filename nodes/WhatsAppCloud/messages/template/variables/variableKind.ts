import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';

/** A kind of variable in the text of a template. */
export interface VariableKind<Value = unknown> {
	/** Title Case. */
	name: string;
	description?: string;
	/** Fields of the row, beside its kind and the variable's name. */
	fields: INodeProperties[];
	/** What a row may have in JSON beside its fields. */
	more?: readonly string[];
	/** Null where a problem was reported. */
	read(values: Values, problems: Problems): Value | null;
	/** The parameter in the wire form, without its type. */
	build(value: Value): Record<string, unknown>;
	/** What the recipient reads of it, from the row's field `text`. */
	shownText(value: Value): string;
}

/** Infers the exact types of a kind of variable. */
export function defineVariable<Value>(kind: VariableKind<Value>) {
	return kind;
}
