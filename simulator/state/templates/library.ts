import type { JsonObject } from '../../json.ts';

/** What a variable of a library template takes. */
export type LibraryParameter =
	'ADDRESS' | 'TEXT' | 'AMOUNT' | 'DATE' | 'PHONE NUMBER' | 'EMAIL' | 'NUMBER';

/** A template that Meta has written and approved. */
export interface LibraryTemplate {
	id: string;
	name: string;
	language: string;
	category: 'UTILITY' | 'AUTHENTICATION';
	topic: string;
	usecase: string;
	industry: string[];
	header?: string;
	body: string;
	/** An example for each variable. */
	body_params: string[];
	body_param_types: LibraryParameter[];
	buttons?: JsonObject[];
}

type Entry = Omit<LibraryTemplate, 'id' | 'language' | 'category'> & {
	language?: string;
	category?: 'AUTHENTICATION';
};

const link = (text: string): JsonObject => ({
	type: 'URL',
	text,
	url: 'https://www.example.com/',
});
const call: JsonObject = { type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+18005551234' };

const entries: readonly Entry[] = [
	{
		name: 'delivery_update_1',
		topic: 'ORDER_MANAGEMENT',
		usecase: 'DELIVERY_UPDATE',
		industry: ['E_COMMERCE'],
		header: 'News of your delivery',
		body: 'Hello {{1}}, the delivery of your order {{2}} has moved to {{3}}. We are sorry for the wait.',
		body_params: ['Jim', '#12345', 'January 1st, 2026'],
		body_param_types: ['TEXT', 'TEXT', 'DATE'],
		buttons: [link('Track delivery')],
	},
	{
		name: 'delivery_update_1',
		language: 'de',
		topic: 'ORDER_MANAGEMENT',
		usecase: 'DELIVERY_UPDATE',
		industry: ['E_COMMERCE'],
		header: 'Neues zu deiner Lieferung',
		body: 'Hallo {{1}}, die Lieferung deiner Bestellung {{2}} kommt nun am {{3}} bei dir an. Danke für deine Geduld.',
		body_params: ['Jim', '#12345', '01.01.2026'],
		body_param_types: ['TEXT', 'TEXT', 'DATE'],
		buttons: [link('Sendung verfolgen')],
	},
	{
		name: 'order_pick_up_1',
		topic: 'ORDER_MANAGEMENT',
		usecase: 'ORDER_PICK_UP',
		industry: ['E_COMMERCE'],
		body: 'Your order {{1}} waits for you at {{2}}. Please fetch it before {{3}} and bring an ID card.',
		body_params: ['#12345', '1 Hacker Way, Menlo Park, CA 94025', '13/03/2026'],
		body_param_types: ['TEXT', 'ADDRESS', 'DATE'],
	},
	{
		name: 'delivery_failed_2_form',
		topic: 'ORDER_MANAGEMENT',
		usecase: 'DELIVERY_FAILED',
		industry: ['E_COMMERCE'],
		body: 'We could not deliver order {{1}} today. Please choose another day below.',
		body_params: ['#12345'],
		body_param_types: ['TEXT'],
		buttons: [{ type: 'FLOW', text: 'Reschedule' }],
	},
	{
		name: 'low_balance_warning_1',
		topic: 'PAYMENTS',
		usecase: 'LOW_BALANCE_WARNING',
		industry: ['FINANCIAL_SERVICES'],
		header: 'Your balance is low',
		body: 'Hello {{1}}, your account that ends in {{2}} has less than {{3}} left. Tap below to pay something in.',
		body_params: ['Jim', '1234', '$75.00'],
		body_param_types: ['TEXT', 'NUMBER', 'AMOUNT'],
		buttons: [link('Make a deposit'), call],
	},
	{
		name: 'payment_overdue_1',
		topic: 'PAYMENTS',
		usecase: 'PAYMENT_OVERDUE',
		industry: ['FINANCIAL_SERVICES', 'E_COMMERCE'],
		body: 'Hello {{1}}, your payment of {{2}} was due on {{3}} and has not reached us yet. Write to {{4}} if you have paid already.',
		body_params: ['Jim', 'USD $375.32', '5th January 2026', 'billing@example.com'],
		body_param_types: ['TEXT', 'AMOUNT', 'DATE', 'EMAIL'],
		buttons: [call],
	},
	{
		name: 'fraud_alert_1',
		topic: 'ACCOUNT_UPDATE',
		usecase: 'FRAUD_ALERT',
		industry: ['FINANCIAL_SERVICES'],
		header: 'Was this you?',
		body: 'Somebody tried to spend {{1}} with the card that ends in {{2}}. If it was not you, call {{3}} at once.',
		body_params: ['145', '4321', '+1 4256789900'],
		body_param_types: ['AMOUNT', 'NUMBER', 'PHONE NUMBER'],
		buttons: [
			{ type: 'QUICK_REPLY', text: 'It was me' },
			{ type: 'QUICK_REPLY', text: 'It was not me' },
		],
	},
	{
		name: 'feedback_survey_1',
		topic: 'CUSTOMER_FEEDBACK',
		usecase: 'FEEDBACK_SURVEY',
		industry: ['E_COMMERCE'],
		body: 'Thank you for your visit, {{1}}. Would you tell us in a minute how it was?',
		body_params: ['Jim'],
		body_param_types: ['TEXT'],
		buttons: [link('Give feedback')],
	},
	{
		name: 'group_invite_link_1',
		topic: 'GROUP_INVITE_LINK',
		usecase: 'GROUP_INVITE_LINK',
		industry: ['E_COMMERCE'],
		body: 'You are invited to join the group {{1}} on WhatsApp.',
		body_params: ['Plant lovers'],
		body_param_types: ['TEXT'],
	},
	{
		name: 'verify_code_1',
		category: 'AUTHENTICATION',
		topic: 'IDENTITY_VERIFICATION',
		usecase: 'VERIFICATION_CODE',
		industry: [],
		body: '*{{1}}* is your verification code.',
		body_params: ['123456'],
		body_param_types: ['TEXT'],
		buttons: [{ type: 'OTP', text: 'Copy code' }],
	},
];

/** The library: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-library */
export const libraryTemplates: readonly LibraryTemplate[] = entries.map((entry, index) => ({
	language: 'en_US',
	category: 'UTILITY',
	...entry,
	id: String(7_100_000_000_000_001 + index),
}));

/** The template of this name in this language. */
export function findInLibrary(name: string, language: string): LibraryTemplate | undefined {
	return libraryTemplates.find((entry) => entry.name === name && entry.language === language);
}
