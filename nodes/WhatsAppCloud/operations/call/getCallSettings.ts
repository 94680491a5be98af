import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { callingItem, callingShape } from './callingItem';

/**
 * The call settings of a number.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-settings
 */
export const getCallSettings = defineGraphOperation({
	name: 'Get Settings',
	action: 'Get call settings of a number',
	description: 'Get whether a number takes calls, when, from which countries and how',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	shape: {},
	request: () => ({ method: 'GET', edge: 'settings' }),
	item: ({ calling }, _values, { id }) => callingItem(calling, id),
	outputSchema: callingShape,
});
