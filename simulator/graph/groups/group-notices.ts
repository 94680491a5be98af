import type { JsonObject } from '../../json.ts';
import type { Simulator } from '../../simulator.ts';
import type { Group } from '../../state/groups.ts';
import { messagesValue } from '../../webhooks/payload.ts';
import { publishNotice } from '../../webhooks/publish.ts';

type Field = 'group_lifecycle_update' | 'group_participants_update' | 'group_settings_update';

/** How long a change of a group takes at Meta before its webhook comes. */
const groupChangeMs = 100;

/** A person as the webhooks of groups name them. */
export function personOf(simulator: Simulator, waId: string, input?: string): JsonObject {
	return {
		...(input === undefined ? {} : { input }),
		wa_id: waId,
		user_id: simulator.customers.get(waId)?.userId,
	};
}

/**
 * Tells the business what became of a group.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks
 */
export function publishGroup(
	simulator: Simulator,
	{ id, phoneNumberId }: Pick<Group, 'id' | 'phoneNumberId'>,
	field: Field,
	what: JsonObject,
): void {
	const number = simulator.account.phoneNumbers.get(phoneNumberId);
	if (!number) return;
	const { messaging_product, metadata } = messagesValue(number, []);
	publishNotice(simulator, {
		businessAccountId: number.businessAccountId,
		phoneNumberId,
		field,
		value: {
			messaging_product,
			metadata,
			groups: [{ timestamp: String(simulator.clock.nowSeconds()), group_id: id, ...what }],
		},
	});
}

/** Does a change a moment later, as Meta does: the answer to the request comes first. */
export function afterwards(simulator: Simulator, change: () => void): void {
	simulator.clock.after(groupChangeMs, change);
}
