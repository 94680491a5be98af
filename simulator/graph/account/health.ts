import type { JsonObject } from '../../json.ts';
import { businessId } from './businesses.ts';
import type { Simulator } from '../../simulator.ts';
import type { BusinessAccount, PhoneNumber } from '../../state/account.ts';

/** From best to worst. */
const ranks = ['AVAILABLE', 'LIMITED', 'BLOCKED'];

const worst = (values: readonly unknown[]): string =>
	ranks[Math.max(0, ...values.map((value) => ranks.indexOf(String(value))))] ?? 'AVAILABLE';

/**
 * What may be sent: the worst of number, account, business and app.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/health-status
 */
export function healthOf(
	simulator: Simulator,
	appId: string,
	waba: BusinessAccount,
	number?: PhoneNumber,
): JsonObject {
	const entities: JsonObject[] = [
		...(number ? [numberEntity(number)] : []),
		accountEntity(waba),
		{ entity_type: 'BUSINESS', id: businessId, can_send_message: 'AVAILABLE' },
		...(simulator.account.apps.has(appId)
			? [{ entity_type: 'APP', id: appId, can_send_message: 'AVAILABLE' }]
			: []),
	];
	return {
		can_send_message: worst(entities.map(({ can_send_message: value }) => value)),
		entities,
	};
}

function numberEntity({ id, health, isRegistered }: PhoneNumber): JsonObject {
	const errors = isRegistered
		? health.errors
		: [
				...health.errors,
				{
					error_code: 141000,
					error_description: 'The phone number is not registered',
					possible_solution: 'Register the phone number before sending messages from it',
				},
			];
	return {
		entity_type: 'PHONE_NUMBER',
		id,
		can_send_message: isRegistered ? health.canSend : 'BLOCKED',
		...(health.additionalInfo.length > 0 ? { additional_info: health.additionalInfo } : {}),
		...(errors.length > 0 ? { errors } : {}),
	};
}

function accountEntity({ id, hasPaymentMethod }: BusinessAccount): JsonObject {
	if (hasPaymentMethod) return { entity_type: 'WABA', id, can_send_message: 'AVAILABLE' };
	return {
		entity_type: 'WABA',
		id,
		can_send_message: 'LIMITED',
		errors: [
			{
				error_code: 141006,
				error_description: 'There is no valid payment method on the account',
				possible_solution: 'Add a payment method in WhatsApp Manager',
			},
		],
	};
}
