import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../values/row';

/** A component of a template the way Meta takes it. */
export type WireComponent = { type: string } & Record<string, unknown>;

/**
 * One kind of component: the part of a template whose values are given when it is sent. What Meta
 * has in the template itself (fixed texts, footers, phone buttons) needs no component.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export interface TemplateComponent<Value = unknown> {
	/** Title Case, in the list of parts that have values. */
	name: string;
	description?: string;
	fields: INodeProperties[];
	/**
	 * Reads and checks the values; null where the message has none of this component, or where a
	 * problem was reported. Its result is plain data, in which files are uploaded before `build`.
	 */
	read(values: Values, problems: Problems): Value | null;
	/** The wire form. Pure and total. */
	build(value: Value): WireComponent[];
	/** The texts that fill its variables, each with the place of its field. */
	variableTexts?(value: Value): VariableText[];
}

/** A text that fills a variable. */
export interface VariableText {
	path: PropertyKey[];
	text: string;
}

/** Infers the exact types of a component. */
export function defineComponent<Value>(component: TemplateComponent<Value>) {
	return component;
}

/** Entries of a choice, from a table whose keys are the stored values. */
export function choicesOf(table: Record<string, { name: string; description?: string }>) {
	return Object.entries(table).map(([value, { name, description }]) => ({
		name,
		value,
		...(description === undefined ? {} : { description }),
	}));
}
