import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { CredentialProblem } from '../graph/account';
import { GraphApiError, NoAnswerError } from '../graph/errors/errors';
import { PartialFailure } from '../graph/errors/partialFailure';
import { StateProblem } from '../store/stateProblem';
import { Problem } from '../values/problem';
import { graphNodeError } from './graphErrors';

/**
 * Turns anything thrown into an n8n error: what happened, in which item, and what to do next.
 *
 * @param itemIndex null in the editor, where there are no items
 */
export function toNodeError(
	host: Pick<IExecuteFunctions, 'getNode'>,
	error: unknown,
	itemIndex: number | null,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const ofItem = itemIndex === null ? {} : { itemIndex };
	const context = { ...ofItem, level: 'warning' as const };
	const place = itemIndex === null ? '' : ` [item ${itemIndex}]`;
	if (error instanceof GraphApiError || error instanceof NoAnswerError) {
		return graphNodeError(host, error, { place, context });
	}
	if (error instanceof PartialFailure) {
		return graphNodeError(host, error.failure, { place, context, part: error });
	}
	const problem = error instanceof StateProblem ? withAdvice(error) : error;
	if (problem instanceof Problem) {
		// The credential is the same for all items.
		const text = problem instanceof CredentialProblem ? problem.message : problem.message + place;
		const description = problem.advice;
		const nodeError = new NodeOperationError(host.getNode(), text, { description, ...context });
		// n8n replaces a text that contains a code such as ECONNREFUSED with its own.
		nodeError.message = text;
		return nodeError;
	}
	const cause = error instanceof Error ? error : String(error);
	return new NodeOperationError(host.getNode(), cause, ofItem);
}

const withAdvice = ({ message }: StateProblem): Problem =>
	new Problem(
		`The state cannot be used: ${message}`,
		'Nothing that needs the state was done; no message was sent without protection. Correct the problem, or change Keep State In in the credential. For sends, Delivery › If State Fails can let them continue without protection.',
	);
