import { recipientField } from '../../fields/recipientField';
import { defineGraphOperation, itemOf } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { requiredId } from '../../values/id';
import { parsePerson } from '../../values/recipient';
import { isoOfMeta } from '../../values/timestamp';
import { listIn, objectOf } from '../../values/unknown';

/**
 * Whether somebody has allowed to be called, and how often they may be asked and called.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions
 */
export const getCallPermission = defineGraphOperation({
	name: 'Get Permission',
	action: 'Get call permission of a person',
	description: 'See whether a person has allowed calls, and how often you may still ask or call',
	permission: 'whatsapp_business_messaging',
	target: phoneNumber,
	fields: [{ ...recipientField, displayName: 'Person', name: 'person' }],
	shape: { person: requiredId(256) },
	request({ person }, { run }) {
		const read = parsePerson(person, run.account.defaultCountry, 'Person');
		return {
			method: 'GET',
			edge: 'call_permissions',
			query:
				'recipient' in read
					? { recipient: read.recipient }
					: { user_wa_id: read.to.replace(/^\+/, '') },
		};
	},
	item({ permission, actions }, { person }, { id }) {
		const { status, expiration_time: expiresAt } = objectOf(permission);
		const actionNamed = (name: string): Record<string, unknown> =>
			listIn(actions)
				.map(objectOf)
				.find((each) => each['action_name'] === name) ?? {};
		const call = actionNamed('start_call');
		const ask = actionNamed('send_call_permission_request');
		return {
			person,
			phoneNumberId: id,
			status: status ?? null,
			expiresAt: isoOfMeta(expiresAt),
			canCall: call['can_perform_action'] === true,
			canAsk: ask['can_perform_action'] === true,
			callLimits: listIn(call['limits']).map(limitItem),
			askLimits: listIn(ask['limits']).map(limitItem),
		};
	},
	outputSchema: {
		person: 'string',
		phoneNumberId: 'string',
		status: 'string',
		expiresAt: 'string',
		canCall: 'boolean',
		canAsk: 'boolean',
		callLimits: [limitShape()],
		askLimits: [limitShape()],
	},
});

function limitShape() {
	return {
		timePeriod: 'string',
		maxAllowed: 'integer',
		currentUsage: 'integer',
		limitExpiresAt: 'string',
	} as const;
}

function limitItem(limit: unknown) {
	const { limit_expiration_time: expiresAt, ...others } = objectOf(limit);
	return { ...itemOf(others), limitExpiresAt: isoOfMeta(expiresAt) };
}
