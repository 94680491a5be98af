import { GraphError } from '../../errors/graph-error.ts';
import { asObject, asText } from '../../json.ts';
import {
	isAbsent,
	optionalObject,
	optionalText,
	requireChoice,
	requireObject,
	requireText,
} from '../rules.ts';
import type { InteractiveRules, MessageUnderTest } from '../type.ts';
import { checkReferenceId } from './order-details.ts';
import { optionalFooter, requireBody, requireNamedAction, requireParameters } from './parts.ts';

const path = 'interactive.action.parameters';

const statuses = ['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'];
/** Nothing comes after these. */
const finalStatuses: ReadonlySet<string> = new Set(['completed', 'canceled']);

/** https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in/orderstatus */
export const checkOrderStatus: InteractiveRules = (message, interactive) => {
	requireBody(interactive);
	optionalFooter(interactive);
	const parameters = requireParameters(requireNamedAction(interactive, 'review_order'));
	checkReferenceId(parameters, path);
	// In Brazil, there is also a payment status; either may be given alone.
	const payment = optionalObject(parameters, 'payment', `${path}.payment`);
	if (payment) requireText(payment, 'status', `${path}.payment.status`, { max: 60 });
	if (payment && isAbsent(parameters['order'])) return;
	const order = requireObject(parameters, 'order', `${path}.order`);
	const status = requireChoice(order, 'status', `${path}.order.status`, statuses);
	optionalText(order, 'description', `${path}.order.description`, { min: 0, max: 120 });
	const earlier = lastStatus(message, asText(parameters['reference_id']) ?? '');
	if (earlier !== undefined && finalStatuses.has(earlier) && earlier !== status) {
		throw new GraphError(2046, {
			message: 'New order status was not correctly transitioned',
			details: `The order is ${earlier} and cannot become ${status}`,
		});
	}
};

/** The last status that the business sent for this order. */
function lastStatus(
	{ simulator, number, recipient }: MessageUnderTest,
	referenceId: string,
): string | undefined {
	let last: string | undefined;
	for (const { chat } of simulator.messages.conversation(number.id, recipient.key)) {
		const interactive = asObject(chat.body['interactive']);
		if (interactive?.['type'] !== 'order_status') continue;
		const parameters = asObject(asObject(interactive['action'])?.['parameters']);
		if (asText(parameters?.['reference_id']) !== referenceId) continue;
		last = asText(asObject(parameters?.['order'])?.['status']) ?? last;
	}
	return last;
}
