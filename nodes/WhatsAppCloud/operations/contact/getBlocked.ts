import { defineGraphList } from '../../node/management/graphList';
import { itemOf } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { without } from '../../values/unknown';

/** Lists whom a number has blocked. */
export const getBlocked = defineGraphList({
	name: 'Get Blocked',
	action: 'Get blocked contacts',
	description: 'List the people whom the number has blocked',
	permission: 'whatsapp_business_messaging',
	target: phoneNumber,
	shape: {},
	request: () => ({ edge: 'block_users' }),
	item: (entry, _, { id }) => ({
		...itemOf(without(entry, 'messaging_product')),
		phoneNumberId: id,
	}),
	outputSchema: { waId: 'string', userId: 'string', phoneNumberId: 'string' },
});
