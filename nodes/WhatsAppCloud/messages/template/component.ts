import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../values/row';

/** A component of a template in Meta's form. */
export type WireComponent = { type: string } & Record<string, unknown>;

/**
 * One kind of component: a part of a template that gets its values on sending. What is fixed in the
 * template itself (texts, footers, phone buttons) needs no component.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export interface TemplateComponent<Value = unknown> {
	/** Title Case, for the list of parts with values. */
	name: string;
	description?: string;
	fields: INodeProperties[];
	/**
	 * Reads and checks the values; null if the message has none for this component or a problem was
	 * reported. The result is plain data, in which files are uploaded before `build`.
	 */
	read(values: Values, problems: Problems): Value | null;
	/** The wire form. Pure and total. */
	build(value: Value): WireComponent[];
	/** The texts that fill its variables, each with the path of its field. */
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

/** Options of a choice, from a table whose keys are the stored values. */
export function choicesOf(table: Record<string, { name: string; description?: string }>) {
	return Object.entries(table).map(([value, { name, description }]) => ({
		name,
		value,
		...(description === undefined ? {} : { description }),
	}));
}
