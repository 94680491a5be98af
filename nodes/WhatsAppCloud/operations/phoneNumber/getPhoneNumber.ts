import { defineGraphOperation } from '../../node/management/graphOperation';
import { phoneNumber } from '../../node/management/target';
import { healthItem, healthShape } from '../healthItem';
import { numberFields, numberItem, numberShape } from './numberItem';

/** Everything about one number: quality, throughput, limit, name, and whether it may send. */
export const getPhoneNumber = defineGraphOperation({
	name: 'Get',
	action: 'Get phone number quality and status',
	description: 'Get quality, throughput, messaging limit, name status and health of a number',
	permission: 'whatsapp_business_management',
	target: phoneNumber,
	shape: {},
	request: () => ({
		method: 'GET',
		query: { fields: [...numberFields, 'health_status'].join(',') },
	}),
	item: ({ health_status: health, ...others }) => ({
		...numberItem(others),
		...healthItem(health),
	}),
	outputSchema: { ...numberShape, ...healthShape },
});
