import type { JsonObject } from '../../json.ts';
import { checkReferenceId } from '../interactive/order-details.ts';
import { objectAt, requireChoice, requireList, requireObject } from '../rules.ts';

const statuses = ['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'];

/** Checks the status of an order in a template. @throws GraphError 131008 or 131009 */
export function checkOrderStatusComponent(component: JsonObject): void {
	const path = 'order_status.parameters';
	const [parameter] = requireList(component, 'parameters', path, { min: 1, max: 1 });
	const content = requireObject(
		objectAt(parameter, `${path}[0]`),
		'order_status',
		`${path}[0].order_status`,
	);
	checkReferenceId(content, `${path}[0].order_status`);
	const order = requireObject(content, 'order', `${path}[0].order_status.order`);
	requireChoice(order, 'status', `${path}[0].order_status.order.status`, statuses);
}
