import type { ResultShape } from '../expressions/paths.ts';
import type { Parameters, WorkflowNode } from '../workflow/workflow.ts';

/** What became of a node's panel. */
export interface Converted {
	/** Without the package's name: `whatsAppCloud`. */
	type: 'whatsAppCloud' | 'whatsAppCloudTrigger';
	parameters: Parameters;
	/** What the node is now, such as "Send Text". */
	as: string;
	/** How its items differ from those before; `null` if they are the same. */
	shape: ResultShape | null;
	/** What a person has to do or check. */
	toDo: string[];
}

/** A node that stays as it was, and why; completes the sentence "This node …". */
export interface Left {
	left: string;
}

export type Conversion = Converted | Left;

export const isLeft = (conversion: Conversion): conversion is Left => 'left' in conversion;

/** Reads one node of n8n's WhatsApp integration. */
export type ConvertNode = (node: WorkflowNode, parameters: Parameters) => Conversion;

/**
 * The value of a field that has to be filled in. n8n would refuse to publish an empty one; this one
 * says so at the field, and the node fails with the field's name until it is filled in.
 */
export const fillIn = (what: string): string => `={{ /* Fill in: ${what} */ '' }}`;

/** Leaves out members that are empty. */
export const filled = (parameters: Parameters): Parameters =>
	Object.fromEntries(
		Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ''),
	);

/** The options that the converter knows no place for, by name. */
export function unknownNames(options: Parameters, known: readonly string[]): string[] {
	return Object.keys(options).filter((name) => !known.includes(name));
}
