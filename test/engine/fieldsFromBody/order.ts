import { amount, filled, list, object, type Parameters, type Wire } from './wire.ts';

/** Parameters of an order to pay. Amounts are integers on the wire and decimals in fields. */
export function orderDetails(parameters: Wire): Parameters {
	const order = object(parameters['order']);
	const { tax, shipping, discount } = order;
	const hasItems = list(order['items']).length > 0;
	return filled({
		referenceId: parameters['reference_id'],
		goodsType: parameters['type'],
		currency: parameters['currency'],
		items: { item: list(order['items']).map(item) },
		tax: amount(tax),
		shipping: amount(shipping),
		discount: amount(discount),
		totalAmount: hasItems ? undefined : amount(parameters['total_amount']),
		paymentSettings: JSON.stringify(parameters['payment_settings'] ?? []),
		options: filled({
			beneficiaries:
				parameters['beneficiaries'] === undefined
					? undefined
					: JSON.stringify(parameters['beneficiaries']),
			catalogId: order['catalog_id'],
			discountDescription: object(discount)['description'],
			discountProgram: object(discount)['discount_program_name'],
			expiresAt: object(order['expiration'])['timestamp'],
			expirationDescription: object(order['expiration'])['description'],
			paymentConfiguration: parameters['payment_configuration'],
			paymentType: parameters['payment_type'],
			quickPay: order['type'] === 'quick_pay' ? true : undefined,
			shippingDescription: object(shipping)['description'],
			taxDescription: object(tax)['description'],
		}),
	});
}

function item(wire: Wire): Parameters {
	const { name, quantity, retailer_id, country_of_origin, importer_name, importer_address } = wire;
	return filled({
		name,
		amount: amount(wire['amount']),
		saleAmount: amount(wire['sale_amount']),
		quantity,
		retailerId: retailer_id,
		origin: filled({
			country: country_of_origin,
			importerName: importer_name,
			importerAddress:
				importer_address === undefined ? undefined : JSON.stringify(importer_address),
		}),
	});
}

/** Parameters of an order's status. */
export function orderStatus(parameters: Wire): Parameters {
	const { status, description } = object(parameters['order']);
	const { status: paymentStatus, timestamp } = object(parameters['payment']);
	return filled({
		referenceId: parameters['reference_id'],
		orderStatus: status ?? 'none',
		statusDescription: description,
		options: filled({ paymentStatus, paymentTime: timestamp }),
	});
}
