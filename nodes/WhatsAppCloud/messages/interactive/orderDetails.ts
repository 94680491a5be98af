import { z } from 'zod/v4';
import { choiceOf } from '../../values/choice';
import { idOfForm } from '../../values/id';
import { collectionOf } from '../../values/json/json';
import { optionalText } from '../../values/schema/reading';
import { listOf } from '../../values/list';
import { defineVariant } from '../messageType';
import { amountOf, formatHundredths, optionalAmount } from '../../values/money';
import { readPlainJson } from '../../values/json/plainJson';
import { report, rowOf } from '../../values/row';
import { optionalTimestamp } from '../../values/timestamp';
import { truth } from '../../values/truth';
import type { Fault } from '../../values/words';
import { headerPart, withHeader } from './header';
import { referenceIdSchema } from './order';
import { orderDetailsFields, orderDetailsOptions, orderHeaderKinds } from './orderDetailsFields';
import { orderItem, orderItemPart, subtotalOf, type OrderItem } from './orderItems';
import { bodySchema, footerSchema, interactive, optionalId } from './parts';

/** Objects in Meta's documented form, which changes more often than this package. */
const asGiven = (rowName: string) =>
	listOf(
		rowOf((row, problems) => readPlainJson(row, problems)),
		{ min: 0, max: Infinity },
		rowName,
	);

const note = optionalText(Infinity);

const options = collectionOf({
	beneficiaries: asGiven('beneficiary'),
	catalogId: optionalId,
	discountDescription: note,
	discountProgram: note,
	expiresAt: optionalTimestamp,
	expirationDescription: note,
	paymentConfiguration: optionalId,
	paymentType: optionalId,
	quickPay: truth,
	shippingDescription: note,
	taxDescription: note,
});

const currency = idOfForm(/^[a-z]{3}$/i, 'must be three letters, such as INR').transform((code) =>
	code.toUpperCase(),
);

/**
 * An order with its amounts and ways to pay, in India and Brazil.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/payments-api/payments-in
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/orders
 */
export const orderDetails = defineVariant({
	name: 'Order Details',
	description: 'An order to pay, in India and Brazil',
	fields: orderDetailsFields,
	options: orderDetailsOptions,
	schema: withHeader(
		orderHeaderKinds,
		z.object({
			body: bodySchema,
			footer: footerSchema,
			referenceId: referenceIdSchema,
			goodsType: choiceOf(['digital-goods', 'physical-goods']).default('digital-goods'),
			currency,
			items: listOf(orderItem, { min: 0, max: Infinity }, 'item'),
			tax: optionalAmount,
			shipping: optionalAmount,
			discount: optionalAmount,
			totalAmount: optionalAmount,
			paymentSettings: asGiven('setting'),
			options,
		}),
	).transform(({ options: extra, ...values }, context) => ({
		...values,
		extra,
		total: readTotal(values, context),
	})),
	build: ({ header, body, footer, total, ...values }) =>
		interactive(
			'order_details',
			{ header: headerPart(header), body, footer },
			{ name: 'review_and_pay', parameters: parametersOf(values, total) },
		),
});

interface Sums {
	items: OrderItem[];
	tax?: number | undefined;
	shipping?: number | undefined;
	discount?: number | undefined;
	totalAmount?: number | undefined;
}

/**
 * The total in hundredths. Meta requires items + tax + shipping − discount; a given total that
 * differs would ask for the wrong sum.
 */
function readTotal(sums: Sums, context: Pick<z.core.ParsePayload, 'issues'>): number {
	const { items, tax = 0, shipping = 0, discount = 0, totalAmount } = sums;
	const complain = (message: string, fault?: Fault): void => {
		report(context, ['totalAmount'], message, fault);
	};
	if (items.length === 0) {
		if (totalAmount === undefined) {
			complain('is empty, and there are no items to compute it from', 'missing');
		}
		return totalAmount ?? 0;
	}
	const computed = subtotalOf(items) + tax + shipping - discount;
	if (computed < 0) {
		complain('is below zero: the discount is more than all the rest', 'tooSmall');
	} else if (totalAmount !== undefined && totalAmount !== computed) {
		complain(
			`is ${formatHundredths(totalAmount)}, but items, tax, shipping and discount make ${formatHundredths(computed)}; leave it empty to have it computed`,
		);
	}
	return computed;
}

interface Order extends Omit<Sums, 'totalAmount'> {
	referenceId: string;
	goodsType: string;
	currency: string;
	paymentSettings: Record<string, unknown>[];
	extra: z.output<typeof options>;
}

function parametersOf(order: Order, total: number): Record<string, unknown> {
	const { referenceId, goodsType, currency: code, paymentSettings, extra } = order;
	const { beneficiaries = [] } = extra;
	const paymentType = extra.paymentType ?? (code === 'BRL' ? 'br' : undefined);
	return {
		reference_id: referenceId,
		type: goodsType,
		...(beneficiaries.length === 0 ? {} : { beneficiaries }),
		...(paymentType === undefined ? {} : { payment_type: paymentType }),
		...(extra.paymentConfiguration === undefined
			? {}
			: { payment_configuration: extra.paymentConfiguration }),
		...(paymentSettings.length === 0 ? {} : { payment_settings: paymentSettings }),
		currency: code,
		total_amount: amountOf(total),
		// In Brazil, a total alone is enough.
		...(order.items.length === 0 ? {} : { order: orderPart(order) }),
	};
}

function orderPart({ items, tax = 0, shipping, discount, extra }: Order): Record<string, unknown> {
	const { expiresAt, catalogId } = extra;
	const described = (amount: number, description: string | undefined) => ({
		...amountOf(amount),
		...(description === undefined ? {} : { description }),
	});
	return {
		status: 'pending',
		...(extra.quickPay === true ? { type: 'quick_pay' } : {}),
		...(catalogId === undefined ? {} : { catalog_id: catalogId }),
		...(expiresAt === undefined
			? {}
			: {
					expiration: {
						timestamp: String(expiresAt),
						...(extra.expirationDescription === undefined
							? {}
							: { description: extra.expirationDescription }),
					},
				}),
		items: items.map(orderItemPart),
		subtotal: amountOf(subtotalOf(items)),
		// Meta requires it even if there is none.
		tax: described(tax, extra.taxDescription),
		...(shipping === undefined ? {} : { shipping: described(shipping, extra.shippingDescription) }),
		...(discount === undefined
			? {}
			: {
					discount: {
						...described(discount, extra.discountDescription),
						...(extra.discountProgram === undefined
							? {}
							: { discount_program_name: extra.discountProgram }),
					},
				}),
	};
}
