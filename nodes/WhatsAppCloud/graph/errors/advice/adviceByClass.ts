import type { ErrorClass } from '../errorClass';
import type { Advice } from './adviceText';

/** What is true of every code of a class. */
export const adviceByClass: Readonly<Record<ErrorClass, Advice>> = {
	auth: [
		'The access token is wrong or has expired',
		'Create a new token of a system user in Meta Business Settings, and put it into Access Token of the credential. The test of the credential says more.',
	],
	experiment: [
		'Meta keeps this person out of marketing messages for an experiment',
		'Try again after they have written to you, or use another channel.',
	],
	flow_state: [
		'Meta has blocked or slowed down the Flow',
		'Check its health in WhatsApp Manager, and whether its endpoint answers.',
	],
	invalid_request: [
		'Meta does not take a value of this request',
		"Change the value that Meta's words name. If they name none, compare IDs, addresses and lengths with the hints at the fields.",
	],
	limit_reached: [
		'The account has reached a messaging limit for its template categories',
		'Correct the categories and wait until Meta lifts the limit.',
	],
	marketing_frequency_cap: [
		'This person has had enough marketing messages for now, and Meta delivers no more',
		'Wait at least 24 hours, or use another channel.',
	],
	media: [
		'Meta could not use the file',
		'Check that its type matches its content, that its size is within the limit, and that a link can be reached from the internet.',
	],
	opted_out: ['This person has stopped marketing messages from you', 'Take them off the list.'],
	other: [
		'Meta refused the request',
		"Meta's words are all that is known about it. If they do not help, look the code up in Meta's list of error codes.",
	],
	payment: [
		'Meta cannot charge the WhatsApp Business account',
		'Check its payment method and credit line in Meta Business Settings.',
	],
	permission: [
		'The access token may not do this',
		'Give the system user the permissions whatsapp_business_messaging and whatsapp_business_management and assign the account to it, then create a new token.',
	],
	policy_restricted: [
		'Meta has restricted this account',
		'Open Account Quality in WhatsApp Manager to see why and to request a review.',
	],
	recipient: [
		'The recipient cannot be reached this way',
		'Check Recipient: whether the number or user ID is right, and whether it is blocked or missing from the list of test recipients.',
	],
	registration: [
		'The business phone number is not fully registered',
		'See what is missing with Phone Number › Get, and complete it with Phone Number › Register.',
	],
	retry_later: ['Meta is not ready for this yet', 'Wait for some minutes, then try again.'],
	spam_limited: [
		'Too many earlier messages from this number were blocked or reported',
		'Check its quality rating, slow down and try again in some days.',
	],
	template_missing: [
		'No approved template has this name and language',
		'Pick the template from the list of Template. By name, it takes the exact name in lower case, and Language a code such as en_US.',
	],
	template_params: [
		'The values do not fit the approved template',
		'Compare their number and format with the template in WhatsApp Manager.',
	],
	template_state: [
		'The template cannot be used in its present state',
		'Look at its status in WhatsApp Manager and edit or replace it.',
	],
	throttled: ['Meta accepts fewer requests at the moment', 'Send more slowly and try again.'],
	throttled_long: ['Meta has stopped this action for up to 72 hours', 'Wait before you try again.'],
	throttled_pair: [
		'Too many messages went to this one recipient in a short time',
		'Others are not affected; wait some seconds before the next message to them.',
	],
	transient: [
		'Meta had a passing problem',
		'The message may have been accepted all the same: check before you send it again.',
	],
	undeliverable: [
		'WhatsApp could not deliver the message to this number',
		'It may not be on WhatsApp, may use an old version, or has not accepted the current terms. Use another channel.',
	],
	window_closed: [
		'More than 24 hours have passed since this person last wrote',
		'Send an approved template instead or, where Meta has enabled Direct Send for the account, turn on Options › Send Outside the Window.',
	],
};
