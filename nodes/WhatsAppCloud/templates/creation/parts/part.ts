import type { INodeProperties } from 'n8n-workflow';
import type { Problems, Values } from '../../../values/row';
import type { DefinedComponent } from '../definition';
import type { Place } from '../place';

/** One part of a template in the form: its fields, and the component that they make. */
export interface FormPart<Data = unknown> {
	/** Title Case. */
	name: string;
	/** Meta's type of the component. */
	type: string;
	fields: INodeProperties[];
	/** Null if the part is left out, or a problem was reported. */
	read(values: Values, problems: Problems): Data | null;
	/** Texts that may hold variables, with double braces. */
	texts(data: Data): string[];
	/** @param isNamed whether the template's variables have names */
	build(data: Data, isNamed: boolean): DefinedComponent;
	/** The field behind a place in the component. */
	locate(place: Place): PropertyKey[];
}

/** Infers the exact types of a part. */
export function definePart<Data>(part: FormPart<Data>) {
	return part;
}
