import type { INodeProperties } from 'n8n-workflow';
import { textListOf } from '../../values/list';

/** Fields that narrow Meta's analytics to some countries and business numbers. */
export const analyticsFilters: INodeProperties[] = [
	{
		displayName: 'Only Countries',
		name: 'countryCodes',
		type: 'string',
		default: '',
		placeholder: 'e.g. DE, US',
		description: 'Two-letter codes, separated by commas',
	},
	{
		displayName: 'Only Phone Numbers',
		name: 'phoneNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15550100001',
		description: 'Numbers of the business account with country code, separated by commas',
	},
];

/** Schemas of these fields: country codes in capitals, numbers as digits. */
export const analyticsFilterShape = {
	countryCodes: textListOf(
		(code) => (/^[a-z]{2}$/i.test(code) ? code.toUpperCase() : null),
		'is no two-letter code',
	),
	phoneNumbers: textListOf(
		(number) => (/^\+?\d[\d\s\-()]{5,24}$/.test(number) ? number.replace(/\D/g, '') : null),
		'is no phone number',
	),
};
