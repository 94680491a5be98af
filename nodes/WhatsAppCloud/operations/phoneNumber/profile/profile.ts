import type { IDataObject } from 'n8n-workflow';
import { itemOf } from '../../../node/management/graphOperation';
import { listIn, objectOf, without } from '../../../values/unknown';

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles */
export const profileFields = [
	'about',
	'address',
	'description',
	'email',
	'profile_picture_url',
	'vertical',
	'websites',
] as const;

/** Names and types of the item of a profile. */
export const profileShape = {
	phoneNumberId: 'string',
	about: 'string',
	address: 'string',
	description: 'string',
	email: 'string',
	profilePictureUrl: 'string',
	vertical: 'string',
	websites: ['string'],
} as const;

/** Meta answers with a list of one profile. */
export function profileItem(answer: Record<string, unknown>, phoneNumberId: string): IDataObject {
	const [profile] = listIn(answer['data']);
	return { phoneNumberId, ...itemOf(without(objectOf(profile), 'messaging_product')) };
}

/** Meta's industries, with their names in WhatsApp Manager. */
export const verticals = {
	ALCOHOL: 'Alcohol',
	APPAREL: 'Clothing and Apparel',
	AUTO: 'Automotive',
	BEAUTY: 'Beauty, Spa and Salon',
	EDU: 'Education',
	ENTERTAIN: 'Entertainment',
	EVENT_PLAN: 'Event Planning',
	FINANCE: 'Finance and Banking',
	GOVT: 'Public Service',
	GROCERY: 'Food and Grocery',
	HEALTH: 'Medical and Health',
	HOTEL: 'Hotel and Lodging',
	MATRIMONY_SERVICE: 'Matrimony',
	NONPROFIT: 'Non-Profit',
	ONLINE_GAMBLING: 'Online Gambling',
	OTC_DRUGS: 'Over-the-Counter Drugs',
	OTHER: 'Other',
	PHYSICAL_GAMBLING: 'Physical Gambling',
	PROF_SERVICES: 'Professional Services',
	RESTAURANT: 'Restaurant',
	RETAIL: 'Shopping and Retail',
	TRAVEL: 'Travel and Transport',
} as const;

/** Stored values of `verticals`. */
export type Vertical = keyof typeof verticals;
