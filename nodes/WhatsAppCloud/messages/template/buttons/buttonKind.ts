import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';

/** A kind of button that takes a value. */
export interface ButtonKind<Value = unknown> {
	/** Title Case. */
	name: string;
	description?: string;
	/** Fields of the row, besides its kind and position. */
	fields: INodeProperties[];
	/** Meta's name for it, if not the stored value. */
	subType?: string;
	/** A template has at most one, so it needs no position. */
	needsNoPosition?: true;
	/** Null if a problem was reported. */
	read(values: Values, problems: Problems): Value | null;
	/** The parameters in the wire form. */
	build(value: Value): Record<string, unknown>[];
	/** The text that fills a variable of the button. */
	variableText?(value: Value): { parameter: string; text: string };
	/** The text's only variable, if the button also provides it. */
	bodyText?(value: Value): string;
	/** The code to copy, which must be shorter in a limited-time offer. */
	coupon?(value: Value): string;
}

/** Infers the exact types of a kind of button. */
export function defineButton<Value>(kind: ButtonKind<Value>) {
	return kind;
}
