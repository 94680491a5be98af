import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import { KeyConflict } from '../sending/idempotency/once';
import type { Delivery } from '../sending/attempt/outcome';
import { CredentialProblem } from '../graph/account';
import { GraphApiError, NoAnswerError } from '../graph/errors/errors';
import { FieldProblem } from '../fields/fieldProblem';
import { RecipientProblem } from '../values/recipient';
import { StateProblem } from '../store/problem';

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
