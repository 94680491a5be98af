import type { INodeProperties } from 'n8n-workflow';
import { choiceOf } from '../../values/choice';
import { choiceList } from '../../values/list';

const values = [
	'APPOINTMENT_BOOKING',
	'CONTACT_US',
	'CUSTOMER_SUPPORT',
	'LEAD_GENERATION',
	'OTHER',
	'SIGN_IN',
	'SIGN_UP',
	'SURVEY',
] as const;

/** What a Flow is for; Meta wants at least one. */
export const categoriesField: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'multiOptions',
	options: [
		{ name: 'Appointment Booking', value: 'APPOINTMENT_BOOKING' },
		{ name: 'Contact Us', value: 'CONTACT_US' },
		{ name: 'Customer Support', value: 'CUSTOMER_SUPPORT' },
		{ name: 'Lead Generation', value: 'LEAD_GENERATION' },
		{ name: 'Other', value: 'OTHER' },
		{ name: 'Sign In', value: 'SIGN_IN' },
		{ name: 'Sign Up', value: 'SIGN_UP' },
		{ name: 'Survey', value: 'SURVEY' },
	],
	default: ['OTHER'],
	description: 'What the Flow is for',
};

export const categoriesSchema = choiceList(choiceOf(values), { min: 1, max: values.length });
