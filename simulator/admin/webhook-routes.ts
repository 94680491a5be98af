import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';
import { handoverValue, paymentValue, settingsValue, standbyValue } from '../webhooks/occasions.ts';
import type { Surroundings } from '../webhooks/occasions.ts';
import { publishChange } from '../webhooks/publish.ts';
import { NotHere } from './not-here.ts';

const object = z.record(z.string(), z.unknown());
const typed = z.looseObject({ type: z.string().min(1) });
/** What happens to a person's conversation; without `customer` it is the first one's. */
const base = { phoneNumberId: z.string().optional(), customer: z.string().optional() };

const occasionSchema = z.discriminatedUnion('kind', [
	z.strictObject({
		...base,
		kind: z.literal('standby'),
		messages: z.array(typed).default([]),
		echoes: z.array(typed).default([]),
		statuses: z.array(z.looseObject({ status: z.string() })).default([]),
	}),
	z.strictObject({
		...base,
		kind: z.literal('handover'),
		type: z.enum(['control_passed', 'control_taken']).default('control_passed'),
		metadata: z.string().default(''),
		summary: z.string().nullable().default(null),
		previousOwnerAppId: z.string().nullable().default('400000000000001'),
		previousOwnerRole: z.string().default('ai_agent'),
		newOwnerRole: z.string().default('escalation'),
	}),
	z.strictObject({
		...base,
		kind: z.literal('payment'),
		referenceId: z.string().min(1),
		messageId: z.string().nullable().default(null),
		status: z.enum(['new', 'pending', 'captured', 'failed', 'canceled']).default('captured'),
		transactionStatus: z.string().default('success'),
		currency: z.string().default('INR'),
		amount: z.int().min(0).default(0),
	}),
	z.strictObject({
		phoneNumberId: z.string().optional(),
		kind: z.literal('accountSettings'),
		calling: object.default({ status: 'ENABLED' }),
	}),
	z.strictObject({
		phoneNumberId: z.string().optional(),
		kind: z.literal('other'),
		field: z.string().min(1),
		value: object,
	}),
]);

type Occasion = z.infer<typeof occasionSchema>;

/** `POST /_simulator/webhooks`: what happens at Meta without anybody here, told to the business. */
export function registerOccasions(app: FastifyInstance, simulator: Simulator): void {
	app.post('/_simulator/webhooks', (request) => {
		const occasion = occasionSchema.parse(request.body);
		const number = numberOf(simulator, occasion.phoneNumberId);
		const change = changeOf(simulator, number, occasion);
		const deliveries = publishChange(simulator, {
			businessAccountId: number.businessAccountId,
			phoneNumberId: number.id,
			...change,
			facts: {
				event: 'other',
				status: undefined,
				phoneNumberId: number.id,
				recipient: undefined,
				operationId: undefined,
				messageType: undefined,
			},
		});
		return { ...change, deliveries };
	});
}

function numberOf({ account }: Simulator, id: string | undefined): PhoneNumber {
	const [first] = account.phoneNumbers.values();
	const number = id === undefined ? first : account.phoneNumbers.get(id);
	if (!number) throw new NotHere(`There is no phone number ${id ?? ''}`);
	return number;
}

function changeOf(
	simulator: Simulator,
	number: PhoneNumber,
	occasion: Occasion,
): { field: string; value: JsonObject } {
	if (occasion.kind === 'other') return { field: occasion.field, value: occasion.value };
	const around: Surroundings = {
		number,
		customer: customerOf(simulator, 'customer' in occasion ? occasion.customer : undefined),
		timestamp: String(simulator.clock.nowSeconds()),
	};
	switch (occasion.kind) {
		case 'standby':
			return { field: 'standby', value: standbyValue(around, occasion) };
		case 'handover':
			return { field: 'messaging_handovers', value: handoverValue(around, occasion) };
		case 'payment':
			return { field: 'messages', value: paymentValue(around, occasion) };
		case 'accountSettings':
			return {
				field: 'account_settings_update',
				value: settingsValue(around, occasion.calling),
			};
	}
}

function customerOf({ customers }: Simulator, given: string | undefined): Surroundings['customer'] {
	const [first] = customers.list();
	if (given === undefined && first) return first;
	const waId = digitsOf(given ?? '');
	if (waId === '') throw new SyntaxError('customer: must be a phone number');
	return customers.ensure(waId).customer;
}
