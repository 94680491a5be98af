import type { IExecuteFunctions } from 'n8n-workflow';
import { deliveryField, deliverySchema, type DeliverySettings } from './deliveryFields';
import { parsing } from '../../values/words';
import { problemOf } from '../../fields/issues';

/**
 * Reads how a run's messages go out, once, from its first item.
 *
 * @throws FieldProblem if a setting cannot be used
 */
export function readDeliverySettings(host: IExecuteFunctions): DeliverySettings {
	const stored = host.getNode().parameters['delivery'];
	const value = stored === undefined ? {} : host.getNodeParameter('delivery', 0, {});
	const parsed = deliverySchema.safeParse(value, parsing);
	if (parsed.success) return parsed.data;
	const issues = parsed.error.issues.map((issue) => ({
		...issue,
		path: ['delivery', ...issue.path],
	}));
	throw problemOf([deliveryField], { issues });
}
