import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type JsonObject,
} from 'n8n-workflow';
import type { z } from 'zod/v4';
import { KeyConflict } from '../delivery/once';
import type { Delivery } from '../delivery/outcome';
import { CredentialProblem } from '../graph/account';
import { GraphApiError, NoAnswerError } from '../graph/errors';
import { RecipientProblem } from '../values/recipient';
import { StateProblem } from '../state/problem';
import { noChoiceIn, sentence } from '../values/choice';

/** A value of the editor cannot be used. */
export class FieldProblem extends Error {
	override name = 'FieldProblem';
	readonly advice: string;

	/**
	 * @param field display name, with its parents: `Buttons › Button 2 › Title`
	 * @param problem completes the sentence: `is empty`
	 * @param advice what to do next
	 */
	constructor(field: string, problem: string, advice: string) {
		super(`"${field}" ${problem}`);
		this.advice = advice;
	}
}

/** Turns what a schema found into the words of the editor. */
export function fieldProblem(
	fields: INodeProperties[],
	error: Pick<z.ZodError, 'issues'>,
): FieldProblem {
	const [first, ...others] = problemsInWords(fields, error);
	const more = others.map(({ label, message }) => `"${label}" ${message}.`).join(' ');
	return new FieldProblem(
		first?.label ?? 'Parameters',
		first?.message ?? 'cannot be used',
		more === '' ? 'Correct the value of this field.' : `Correct this field. Also: ${more}`,
	);
}

/** What is wrong with which field, in the words of the editor, each once. */
export function problemsInWords(
	fields: INodeProperties[],
	{ issues }: Pick<z.ZodError, 'issues'>,
): { label: string; message: string }[] {
	const told = issues.map((issue) => {
		const choices = noChoiceIn(issue);
		const message = choices
			? sentence(choices, (value) => choiceLabel(fieldsAt(fields, issue.path), value))
			: issue.message;
		return { label: fieldLabel(fields, issue.path), message };
	});
	// A value that several schemas read is refused by each of them.
	const texts = told.map(({ label, message }) => `${label} ${message}`);
	return told.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
}

/** `Draft (draft)`: what the editor lists, and what an expression has to give for it. */
function choiceLabel(fields: readonly NamedField[], value: unknown): string {
	const option = fields
		.flatMap(({ options = [] }) => options)
		.find((each): each is { name: string } => isChoice(each) && each.value === value);
	return option === undefined ? String(value) : `${option.name} (${String(value)})`;
}

const isChoice = (option: unknown): option is { name: unknown; value: unknown } =>
	typeof option === 'object' && option !== null && 'value' in option && 'name' in option;

/** `['buttons', 1, 'title']` → `Buttons › Button 2 › Title`, as the editor shows it. */
export function fieldLabel(fields: INodeProperties[], path: readonly PropertyKey[]): string {
	const labels: string[] = [];
	walk(fields, path, (segment, [field]) => {
		if (typeof segment === 'number') {
			// The rows of a list are one level deeper in the editor; it counts them from 1.
			const name = field?.values === undefined ? labels.pop() : field.displayName;
			labels.push(`${name ?? ''} ${segment + 1}`);
			return;
		}
		const label = field?.displayName ?? String(segment);
		// The only row of a collection often bears the name of the collection; the editor says it once.
		if (label !== labels.at(-1)) labels.push(label);
	});
	return labels.join(' › ');
}

/** The fields of this place: several where a name means another field for another choice. */
function fieldsAt(fields: INodeProperties[], path: readonly PropertyKey[]): readonly NamedField[] {
	let found: readonly NamedField[] = [];
	walk(fields, path, (_, here) => (found = here));
	return found;
}

/** Goes down a path, from the outermost parameter to the value. */
function walk(
	fields: INodeProperties[],
	path: readonly PropertyKey[],
	visit: (segment: PropertyKey, here: readonly NamedField[]) => void,
): void {
	let level: readonly NamedField[] = fields;
	let found: readonly NamedField[] = [];
	for (const segment of path) {
		if (typeof segment === 'number') {
			const rows = level.filter(({ values }) => values !== undefined);
			visit(segment, rows.length > 0 ? rows : found);
			if (rows.length > 0) level = rows.flatMap(childrenOf);
			continue;
		}
		found = level.filter((field) => field.name === segment);
		visit(segment, found);
		level = found.flatMap(childrenOf);
	}
}

interface NamedField {
	name: string;
	displayName: string;
	options?: readonly unknown[] | undefined;
	values?: readonly NamedField[] | undefined;
}

function childrenOf(field: NamedField | undefined): readonly NamedField[] {
	return (field?.values ?? field?.options ?? []).filter(
		(option): option is NamedField =>
			typeof option === 'object' && option !== null && 'name' in option && 'displayName' in option,
	);
}

/**
 * The one place where an error becomes one of n8n's: what happened, where, why, what to do.
 *
 * @param itemIndex null in the editor, where there are no items
 */
export function toNodeError(
	host: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
	itemIndex: number | null,
): NodeApiError | NodeOperationError {
	const node = host.getNode();
	const place = itemIndex === null ? '' : ` [item ${itemIndex}]`;
	const context = { ...(itemIndex === null ? {} : { itemIndex }), level: 'warning' as const };
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof GraphApiError) {
		return new NodeApiError(node, apiErrorJson(error), {
			message: `${endSentence(error.message)} (code ${codeOf(error)}: ${error.title})${place}`,
			description: [error.details && endSentence(error.details), error.advice, trace(error)]
				.filter(Boolean)
				.join(' '),
			httpCode: String(error.httpStatus),
			...context,
		});
	}
	if (error instanceof NoAnswerError) {
		return new NodeApiError(
			node,
			{ reason: error.reason },
			{
				message: `${error.message}${place}`,
				description: adviceWithoutAnswer(error),
				...(error.httpStatus === null ? {} : { httpCode: String(error.httpStatus) }),
				...context,
			},
		);
	}
	if (error instanceof RecipientProblem) {
		return toNodeError(host, new FieldProblem('Recipient', error.message, error.advice), itemIndex);
	}
	if (error instanceof FieldProblem) {
		return new NodeOperationError(node, `${error.message}${place}`, {
			description: error.advice,
			...context,
		});
	}
	if (error instanceof KeyConflict) {
		const holder =
			error.messageId === null
				? ''
				: ` It belongs to ${error.messageId}, sent by ${error.phoneNumberId}.`;
		return toNodeError(
			host,
			new FieldProblem(
				'Options › Idempotency Key',
				'was used for another message',
				`The same key with another content or recipient is refused.${holder} Use a key that names this message alone.`,
			),
			itemIndex,
		);
	}
	if (error instanceof StateProblem) {
		const message = `The state cannot be used: ${error.message}${place}`;
		const stateError = new NodeOperationError(node, message, {
			description:
				'What needs the state was not done; no message went out without protection. Correct it, or change Keep State In in the credential. For sends, Delivery › If State Fails can let them go on without protection.',
			...context,
		});
		// n8n puts a text of its own in place of one that holds a code such as ECONNREFUSED.
		stateError.message = message;
		return stateError;
	}
	if (error instanceof CredentialProblem) {
		return new NodeOperationError(node, error.message, {
			description: 'Open the credential "WhatsApp Cloud API" and correct it there.',
			...context,
		});
	}
	return new NodeOperationError(
		node,
		error instanceof Error ? error : String(error),
		itemIndex === null ? {} : { itemIndex },
	);
}

/** n8n's error for a message that did not go out, or may not have. */
export function deliveryError(
	host: Pick<IExecuteFunctions, 'getNode'>,
	{ cause, error, outcome }: Delivery,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (cause !== null) return toNodeError(host, cause, itemIndex);
	const state = outcome === 'unknown' ? 'It is not known whether the message was sent. ' : '';
	const reason = error?.message ?? '';
	return new NodeOperationError(host.getNode(), `${state}${reason} [item ${itemIndex}]`, {
		...(error === null ? {} : { description: error.advice }),
		itemIndex,
		level: 'warning',
	});
}

function apiErrorJson(error: GraphApiError): JsonObject {
	return {
		code: error.code,
		subcode: error.subcode,
		title: error.title,
		class: error.errorClass,
		details: error.details,
		fbtraceId: error.fbtraceId,
	};
}

function adviceWithoutAnswer({ reason, mayHaveBeenProcessed }: NoAnswerError): string {
	const causes = {
		unsendable: 'The request was not made.',
		unreachable:
			'The request did not leave this machine. Check the network, a proxy, and Graph Base URL in the credential.',
		lost: 'The request had begun to leave this machine.',
		timeout: 'The request had left this machine.',
		cancelled: 'The request had begun to leave this machine.',
		unreadable:
			'Something between n8n and Meta may have answered in its place. Check a proxy and Graph Base URL in the credential.',
		unexpected:
			'Meta, or something that answers in its place, gave another answer than documented. Try again; if it stays so, check Graph Version and Graph Base URL in the credential.',
		declined:
			'Check that the ID is right and still exists, and that the access token may do this, then try again.',
	};
	return mayHaveBeenProcessed
		? `${causes[reason]} Meta may have acted on it, so it was not repeated: check before you send it again.`
		: causes[reason];
}

/** `100/2388024` where the subcode says what it is. */
const codeOf = ({ code, subcode }: GraphApiError): string =>
	subcode === null ? String(code) : `${code}/${subcode}`;

const endSentence = (text: string): string => text.replace(/[.\s]*$/, '.');

const trace = ({ fbtraceId }: GraphApiError): string =>
	fbtraceId === null ? '' : `Trace for Meta's support: ${fbtraceId}.`;
