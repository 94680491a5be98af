import type { IDataObject } from 'n8n-workflow';
import { PartlyDone } from '../../../node/management/partlyDone';
import { isObject, listIn, objectOf } from '../../../values/unknown';

/** Something that Meta finds wrong with Flow JSON. */
export interface FlowJsonError extends IDataObject {
	/** Meta's name for it: `INVALID_PROPERTY_KEY`. */
	error: string | null;
	message: string;
	/** From 1; null if Meta names no place. */
	line: number | null;
	column: number | null;
	/** `screens[0].layout.children[2].type`; null if Meta names none. */
	path: string | null;
}

/** Names and types in the items. */
export const flowErrorShape = {
	error: 'string',
	message: 'string',
	line: 'integer',
	column: 'integer',
	path: 'string',
} as const;

/**
 * Reads Meta's `validation_errors`.
 * https://developers.facebook.com/docs/whatsapp/flows/reference/error-codes
 */
export function readFlowErrors(value: unknown): FlowJsonError[] {
	return listIn(value).map((entry) => {
		const { error, message, line_start: line, column_start: column, pointers } = objectOf(entry);
		const [pointer] = listIn(pointers);
		const path = isObject(pointer) ? pointer['path'] : pointer;
		return {
			error: typeof error === 'string' ? error : null,
			message: typeof message === 'string' ? message : 'Meta gives no reason',
			line: typeof line === 'number' ? line : null,
			column: typeof column === 'number' ? column : null,
			path: typeof path === 'string' && path !== '' ? path : null,
		};
	});
}

/** More of them would fill the panel. */
const mostShown = 10;

/** Meta finds something wrong with the Flow JSON of a Flow. */
export class FlowJsonProblem extends PartlyDone {
	override name = 'FlowJsonProblem';

	/** @param consequence what became of the Flow and what to do, in whole sentences */
	constructor(flowId: string, errors: readonly FlowJsonError[], consequence: string) {
		const [first] = errors;
		const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
		super(
			`The Flow JSON has ${count}${first === undefined ? '' : `: ${inWords(first)}`}`,
			`${consequence} ${listed(errors)}`.trim(),
			{ flowId, validationErrors: [...errors] },
		);
	}
}

/** `line 12, column 13: Property 'words' is not allowed in 'TextBody' component` */
function inWords({ line, column, message }: FlowJsonError): string {
	const words = message.replace(/[.\s]+$/, '');
	return line === null ? words : `line ${line}, column ${column ?? 1}: ${words}`;
}

function listed(errors: readonly FlowJsonError[]): string {
	if (errors.length < 2) return '';
	const shown = errors.slice(0, mostShown).map((each, index) => `(${index + 1}) ${inWords(each)}`);
	const others = errors.length - shown.length;
	return `All errors: ${shown.join('; ')}${others > 0 ? `; and ${others} more` : ''}.`;
}
