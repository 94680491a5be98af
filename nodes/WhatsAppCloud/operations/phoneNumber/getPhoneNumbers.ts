import { defineGraphList } from '../../node/management/graphList';
import { businessAccount } from '../../node/management/target';
import { numberFields, numberItem, numberShape } from './numberItem';

/** Lists the numbers of a business account. */
export const getPhoneNumbers = defineGraphList({
	name: 'Get Many',
	action: 'Get many phone numbers',
	description: 'List the phone numbers of the business account, with quality, status and limit',
	permission: 'whatsapp_business_management',
	target: businessAccount,
	shape: {},
	request: () => ({ edge: 'phone_numbers', query: { fields: numberFields.join(',') } }),
	item: numberItem,
	outputSchema: numberShape,
});
