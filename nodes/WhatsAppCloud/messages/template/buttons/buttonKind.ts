import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';

/** A kind of button that is sent with a value. */
export interface ButtonKind<Value = unknown> {
	/** Title Case. */
	name: string;
	description?: string;
	/** Fields of the row, beside its kind and place. */
	fields: INodeProperties[];
	/** What Meta calls it, where that is not the stored value. */
	subType?: string;
	/** A template has one at most, so that it is known without its place. */
	needsNoPosition?: true;
	/** Null where a problem was reported. */
	read(values: Values, problems: Problems): Value | null;
	/** The parameters in the wire form. */
	build(value: Value): Record<string, unknown>[];
	/** The text that fills a variable of the button. */
	variableText?(value: Value): { parameter: string; text: string };
	/** The text's only variable, for a button that also provides it. */
	bodyText?(value: Value): string;
	/** The code that is copied, which a limited-time offer keeps shorter. */
	coupon?(value: Value): string;
}

/** Infers the exact types of a kind of button. */
export function defineButton<Value>(kind: ButtonKind<Value>) {
	return kind;
}
