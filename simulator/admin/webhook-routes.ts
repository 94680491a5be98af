import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { JsonObject } from '../json.ts';
import type { Simulator } from '../simulator.ts';
import type { PhoneNumber } from '../state/account.ts';
import { digitsOf } from '../state/account.ts';
import {
	handoverValue,
	paymentValue,
	settingsValue,
	standbyValue,
} from '../webhooks/change-values.ts';
import type { ChangeContext } from '../webhooks/change-values.ts';
import { publishNotice } from '../webhooks/publish.ts';
import { NotHere } from './not-here.ts';

const object = z.record(z.string(), z.unknown());
const typed = z.looseObject({ type: z.string().min(1) });
/** Whose conversation the event concerns; without `customer`, that of the first customer. */
const base = { phoneNumberId: z.string().optional(), customer: z.string().optional() };

const eventSchema = z.discriminatedUnion('kind', [
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

type MetaEvent = z.infer<typeof eventSchema>;

/** `POST /_simulator/webhooks`: sends the webhook of something that happened at Meta. */
export function registerMetaEvents(app: FastifyInstance, simulator: Simulator): void {
	app.post('/_simulator/webhooks', (request) => {
		const event = eventSchema.parse(request.body);
		const number = numberOf(simulator, event.phoneNumberId);
		const change = changeOf(simulator, number, event);
		const deliveries = publishNotice(simulator, {
			businessAccountId: number.businessAccountId,
			phoneNumberId: number.id,
			...change,
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
	event: MetaEvent,
): { field: string; value: JsonObject } {
	if (event.kind === 'other') return { field: event.field, value: event.value };
	const context: ChangeContext = {
		number,
		customer: customerOf(simulator, 'customer' in event ? event.customer : undefined),
		timestamp: String(simulator.clock.nowSeconds()),
	};
	switch (event.kind) {
		case 'standby':
			return { field: 'standby', value: standbyValue(context, event) };
		case 'handover':
			return { field: 'messaging_handovers', value: handoverValue(context, event) };
		case 'payment':
			return { field: 'messages', value: paymentValue(context, event) };
		case 'accountSettings':
			return {
				field: 'account_settings_update',
				value: settingsValue(context, event.calling),
			};
	}
}

function customerOf(
	{ customers }: Simulator,
	given: string | undefined,
): ChangeContext['customer'] {
	const [first] = customers.list();
	if (given === undefined && first) return first;
	const waId = digitsOf(given ?? '');
	if (waId === '') throw new SyntaxError('customer: must be a phone number');
	return customers.ensure(waId).customer;
}
