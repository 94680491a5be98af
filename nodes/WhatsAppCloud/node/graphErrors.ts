import { NodeApiError, type IExecuteFunctions } from 'n8n-workflow';
import { GraphApiError, NoAnswerError, type GraphFailure } from '../graph/errors/errors';
import type { PartialFailure } from '../graph/errors/partialFailure';

/** The item an error belongs to, for n8n and for the end of the text. */
interface ItemContext {
	/** ` [item 3]`; empty in the editor, where there are no items. */
	place: string;
	context: { itemIndex?: number; level: 'warning' };
	/** Set if other calls before it were done. */
	part?: Pick<PartialFailure, 'before' | 'after'>;
}

/** n8n's error for a failed call to Meta. */
export function graphNodeError(
	host: Pick<IExecuteFunctions, 'getNode'>,
	error: GraphFailure,
	{ place, context, part }: ItemContext,
): NodeApiError {
	const before = part?.before ?? '';
	const after = part === undefined ? '' : ` ${part.after}`;
	if (error instanceof NoAnswerError) {
		const { reason, httpStatus } = error;
		return new NodeApiError(
			host.getNode(),
			{ reason },
			{
				message: `${before}${error.message}${place}`,
				description: `${adviceWithoutAnswer(error)}${after}`,
				...(httpStatus === null ? {} : { httpCode: String(httpStatus) }),
				...context,
			},
		);
	}
	const { code, subcode, title, errorClass, details, fbtraceId, problem, next } = error;
	return new NodeApiError(
		host.getNode(),
		{
			// n8n shows it among the details of the error.
			message: fbtraceId === null ? title : `${title}. Trace for Meta's support: ${fbtraceId}`,
			code,
			subcode,
			class: errorClass,
			details,
			fbtraceId,
		},
		{
			message: `${before}${problem} (${codeOf(error)})${place}`,
			description: `${next} Meta says: ${saidBy(error)}${after}`,
			httpCode: String(error.httpStatus),
			...context,
		},
	);
}

/** Meta's own words, each once; the code is in the title already. */
function saidBy({ message, details }: GraphApiError): string {
	const words = message.replace(/^\(#\d+\)\s*/, '');
	const parts = details.includes(words) ? [details] : [words, ...(details === '' ? [] : [details])];
	return parts.map(endSentence).join(' ');
}

const causes: Readonly<Record<NoAnswerError['reason'], string>> = {
	unsendable: 'The request was not made.',
	unreachable:
		'The request did not leave this machine. Check the network, a proxy, and Graph Base URL in the credential.',
	lost: 'The request had begun to leave this machine.',
	timeout: 'The request had left this machine.',
	cancelled: 'The request had begun to leave this machine.',
	unreadable:
		'Something between n8n and Meta may have answered instead of Meta. Check your proxy, if any, and Graph Base URL in the credential.',
	unexpected:
		'The answer differs from what Meta documents. Try again; if it happens again, check Graph Version and Graph Base URL in the credential.',
	declined:
		'Check that the ID is correct and still exists, and that the access token is allowed to do this, then try again.',
};

function adviceWithoutAnswer({ reason, mayHaveBeenProcessed }: NoAnswerError): string {
	return mayHaveBeenProcessed
		? `${causes[reason]} Meta may have acted on it, so it was not repeated: check before you send it again.`
		: causes[reason];
}

/** `100/2388024` if there is a subcode, otherwise the code alone. */
const codeOf = ({ code, subcode }: GraphApiError): string =>
	subcode === null ? String(code) : `${code}/${subcode}`;

const endSentence = (text: string): string => text.replace(/[.\s]*$/, '.');
