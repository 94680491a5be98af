import type { IExecuteFunctions } from 'n8n-workflow';

import { inputMark, reviewText } from '../questions/reviewText';
import type { AskValues } from './panel/askPanel';
import { isReview } from './waitHost';

/** Meta's limit on a text with buttons below. */
const maxBodyCharacters = 1_024;

/** n8n's own text for the field; it shows no input. */
const hostText =
	'=The agent wants to run this tool: {{ $tool.name }}\n\nInput:\n{{ $tool.parameters }}';

/** Where a message shows the tool's input, which n8n would write as `[object Object]`. */
const inputExpression = /\{\{\s*\$tool\.parameters\s*\}\}/g;

/**
 * The values of an item, with the tool call in the message if the node approves the tools of an
 * agent; otherwise as they are.
 */
export function withToolCall(
	host: Pick<IExecuteFunctions, 'getNode' | 'evaluateExpression'>,
	values: AskValues,
	itemIndex: number,
): AskValues {
	const [first, ...others] = values.asks.steps;
	if (!isReview(host) || first === undefined) return values;
	const name = host.evaluateExpression('{{ $tool.name }}', itemIndex);
	const call = {
		name: typeof name === 'string' ? name : 'tool',
		input: host.evaluateExpression('{{ $tool.parameters }}', itemIndex),
	};
	const text = reviewText(writtenIn(host, first.text, itemIndex), call, maxBodyCharacters);
	return { ...values, asks: { ...values.asks, steps: [{ ...first, text }, ...others] } };
}

/** @returns the message as the user has changed it, with `inputMark` for the input; else null */
function writtenIn(
	host: Pick<IExecuteFunctions, 'getNode' | 'evaluateExpression'>,
	evaluated: string,
	itemIndex: number,
): string | null {
	const { message } = host.getNode().parameters;
	if (message === undefined || message === hostText) return null;
	if (typeof message !== 'string') return evaluated;
	const withMark = message.replaceAll(inputExpression, inputMark);
	if (withMark === message) return evaluated;
	const marked = host.evaluateExpression(withMark.slice(1), itemIndex);
	return typeof marked === 'string' ? marked : evaluated;
}
