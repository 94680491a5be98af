import type { ErrorClass } from './errorClass';
import { defaultGraphVersion } from '../versions';

const adviceByClass: Record<ErrorClass, string> = {
	auth: 'The access token is invalid or has expired. Create a new system-user token in Meta Business Settings and put it into the credential.',
	experiment:
		'Meta keeps this person out of marketing messages for an experiment. Try again after they have written to you, or use another channel.',
	flow_state: 'Meta has blocked or slowed down the Flow. Check its health in WhatsApp Manager.',
	invalid_request: 'Correct the request; the details say which parameter Meta refused.',
	limit_reached:
		'The account has reached a messaging limit for its template categories. Correct the categories and wait until Meta lifts the limit.',
	marketing_frequency_cap:
		'Meta limits how many marketing messages a person gets. Wait at least 24 hours, or use another channel.',
	media:
		'Check that the file type matches its content, that its size is within the limit, and that a link can be reached from the internet.',
	opted_out: 'This person has stopped marketing messages from you. Take them off the list.',
	other: 'See the details that Meta sent with the error.',
	payment: 'Check the payment method and the credit line of the WhatsApp Business account.',
	permission:
		'Give the system user the permissions whatsapp_business_messaging and whatsapp_business_management and assign the account to it, then create a new token.',
	policy_restricted:
		'Meta has restricted this account. Open Account Quality in WhatsApp Manager to see why and to request a review.',
	recipient:
		'The recipient cannot be reached this way. Check the number or user ID, and whether it is blocked or missing from the list of test recipients.',
	registration:
		'The business phone number is not fully registered. Complete its registration in WhatsApp Manager.',
	retry_later: 'Wait for some minutes, then try again.',
	spam_limited:
		'Too many earlier messages from this number were blocked or reported. Check its quality rating, slow down and try again in some days.',
	template_missing:
		'No approved template has this name and language. Check the exact name and the language code, such as en_US.',
	template_params:
		'The values do not fit the approved template. Compare their number and format with the template in WhatsApp Manager.',
	template_state:
		'The template cannot be sent in its present state. Look at its status in WhatsApp Manager and edit or replace it.',
	throttled: 'Meta accepts fewer requests at the moment. Send more slowly and try again.',
	throttled_long: 'Meta has stopped this action for up to 72 hours. Wait before you try again.',
	throttled_pair:
		'Too many messages went to this one recipient in a short time. Others are not affected; wait some seconds before the next message to them.',
	transient: 'Meta had a passing problem. The message may have been accepted all the same.',
	undeliverable:
		'The number may not be on WhatsApp, may use an old version, or has not accepted the current terms. Use another channel.',
	window_closed:
		'More than 24 hours have passed since this person last wrote to you. Send an approved template instead or, where Meta has enabled Direct Send for the account, turn on Options › Send Outside the Window.',
};

/** Advice for codes that the advice for their class does not fit. */
const adviceByCode: ReadonlyMap<number, string> = new Map([
	[131008, 'A required part is missing from the request; the details name it.'],
	[131021, 'The recipient is the sending number itself. Choose another recipient.'],
	[
		131030,
		'A test number can only write to recipients on its list. Add this number under API Setup in the Meta app, or use a live number.',
	],
	[131037, 'The display name of the sending number has to be approved first, in WhatsApp Manager.'],
	[131051, 'Meta does not know this message type.'],
	[131052, 'The media that this person sent could not be downloaded. Ask them to send it again.'],
	[
		131057,
		'The number is in maintenance, for example while its throughput is raised. Try again in some minutes.',
	],
	[
		131062,
		'One-tap, zero-tap and copy-code authentication templates, and messages outside the window of the category Authentication, need a phone number, not a user ID.',
	],
	[
		131063,
		'Marketing templates of this account go through the Marketing Messages API only. Turn on its option.',
	],
	[
		132015,
		'The template is paused because of low quality. Improve it, or wait until the pause ends.',
	],
	[132016, 'The template has been disabled for good because of low quality. Create a new one.'],
	[
		133010,
		'The phone number is not registered with the Cloud API. Register it in WhatsApp Manager.',
	],
	[
		133016,
		'The number was registered and removed too often. Registration opens again after 72 hours.',
	],
	[134011, 'Accept the terms of WhatsApp Payments first.'],
	[134101, 'The template has not reached all of Meta yet. Try again in ten minutes.'],
	[
		137000,
		'The identity of this person has changed. Confirm it, then send with the new identity hash.',
	],
	[
		138000,
		'Calling is switched off for this number. Turn it on in the call settings of the number.',
	],
	[138006, 'Ask this person for permission to call first.'],
	[
		2388019,
		'The account has reached its number of templates. Delete some that are no longer used.',
	],
	[2388040, 'A text is longer than Meta allows for its field; the details name it.'],
	[15, 'Fill App ID and App Secret in the credential: Meta answers this call to the app alone.'],
	[101, 'App ID and App Secret in the credential do not fit together, or the app is gone.'],
	[2200, 'Meta has called the callback address and did not get its challenge back.'],
	[
		2500,
		`Meta does not know this address. Set Graph Version of the credential to a version that lives, such as ${defaultGraphVersion}, and check Graph Base URL.`,
	],
	[
		2635,
		`Meta has ended the version in Graph Version of the credential. Set it to ${defaultGraphVersion}.`,
	],
	[
		131061,
		'This template has a maximum price, and such templates go through the Marketing Messages API alone. Turn on Options › Marketing Messages API of Send Template, or send a template without a maximum price.',
	],
	[
		131064,
		'Meta takes fewer messages of this category from the account for now, because earlier ones were of another category. Send an approved template instead, and choose the category under Options › Send Outside the Window by what the message says.',
	],
	[
		132018,
		'The values do not fit the template: Meta takes no line breaks, tabs or more than four spaces in a row in a variable. A template that Direct Send made cannot be sent as a template at all; the details say which it is.',
	],
	[
		132021,
		'A template of your own bears the name that Direct Send was given. Choose another one in Options › Send Outside the Window › Template Name.',
	],
	[
		139200,
		'Meta has blocked Direct Send of utility messages for this account; an account_update webhook says why and for how long. Send an approved template instead.',
	],
	[2388001, 'Confirm first that the phone number is yours.'],
	[2388012, 'The number is on your list of phone numbers already; use that entry.'],
	[2388023, 'The name is being deleted and stays blocked for some weeks. Choose another name.'],
	[
		2388024,
		'The template has content in this language already. Edit that one, or choose another name or language.',
	],
	[2388027, 'Disconnect the present catalog first: a business account has one.'],
	[2388039, 'The status of this template cannot be changed. Look at it in WhatsApp Manager.'],
	[2388043, 'Give an example for each variable and for the header.'],
	[2388046, 'Write the name of the template with lower-case letters, digits and underscores only.'],
	[2388047, 'Correct the header of the template; the details say what is wrong with it.'],
	[2388072, 'Correct the body of the template; the details say what is wrong with it.'],
	[2388073, 'Correct the footer of the template; the details say what is wrong with it.'],
	[2388155, "The name is that of one of Meta's samples. Choose another name."],
	[
		2388185,
		'The access token may not create templates. Give the system user the permission whatsapp_business_management on this business account, then create a new token.',
	],
	[2388273, 'Give an example for each variable and for the header.'],
	[2388293, 'The template has too many variables for its length. Use fewer, or write more text.'],
	[2388299, 'Put text before the first variable and after the last one.'],
	[2388318, 'Direct Send made this template, and such templates cannot be edited.'],
	[
		2388330,
		'Direct Send made this template. It cannot be deleted; Meta removes it once it is unused.',
	],
	[
		2494191,
		'Another app holds this conversation, and only the escalation partner may take it over. Wait until it is passed or released to you.',
	],
]);

/** What to do next, in one or two sentences for the user. */
export const adviceOn = (code: number, errorClass: ErrorClass): string =>
	adviceByCode.get(code) ?? adviceByClass[errorClass];
