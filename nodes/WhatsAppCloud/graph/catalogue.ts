import { defaultGraphVersion } from './account';
import type { ErrorClass, Retry } from './errorClass';
import { errorCodes } from './errorCodes';

/** One row of the catalogue. */
interface ErrorEntry {
	code: number;
	title: string;
	class: ErrorClass;
	retry: Retry;
	/** One or two sentences for the user: what to do next. */
	advice: string;
}

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
		'More than 24 hours have passed since this person last wrote to you. Send an approved template instead.',
};

/** Where a code needs other words than its class. */
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
		'One-tap, zero-tap and copy-code authentication templates need a phone number, not a user ID.',
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
]);

/** Refusals that share their code with many others, told by Meta's words. */
const adviceByWords: ReadonlyArray<readonly [words: RegExp, advice: string]> = [
	[
		/invalid appsecret_proof/i,
		'App Secret in the credential is not the secret of the app that the access token belongs to. Copy it from App Settings › Basic of that Meta app, or leave it empty.',
	],
	[
		/require an appsecret_proof/i,
		'The Meta app asks for a proof of its secret. Fill App Secret in the credential.',
	],
	[
		/deprecated version of the/i,
		`Meta has ended the version in Graph Version of the credential. Set it to ${defaultGraphVersion}.`,
	],
	[
		/unknown path components: \/v\d/i,
		`Meta does not offer the version in Graph Version of the credential. Set it to ${defaultGraphVersion}.`,
	],
];

/** The number that a call is about: sends, read receipts and uploads go below it. */
const senderIn = (path: string): string | undefined =>
	/^\/(\d+)\/(?:messages|marketing_messages|media)$/.exec(path)?.[1];

/**
 * Advice for what a code alone does not tell.
 *
 * @param words Meta's message
 * @param path of the request, below the version
 */
export function lookUpAdvice(words: string, path: string): string | undefined {
	const sender = senderIn(path);
	const unknownId = /Object with ID '(\d+)' does not exist/.exec(words)?.[1];
	if (unknownId !== undefined && unknownId === sender) {
		return `The Sender ${sender} does not exist, or belongs to an account that the access token may not use. Pick a Sender from the list; where it is empty, correct Default Phone Number ID in the credential. It is the ID of the number and not the number itself.`;
	}
	if (unknownId !== undefined) {
		return `Nothing with the ID ${unknownId} exists any more, or the access token has no access to it. Check the ID, and that the system user has the account assigned.`;
	}
	return adviceByWords.find(([pattern]) => pattern.test(words))?.[1];
}

/** Meta's codes 200 to 299 all mean that a permission is missing or was taken away. */
const isPermissionCode = (code: number): boolean => code >= 200 && code <= 299;

const catalogue: ReadonlyMap<number, ErrorEntry> = new Map(
	errorCodes.map(([code, title, errorClass, retry]) => [
		code,
		{
			code,
			title,
			class: errorClass,
			retry,
			advice: adviceByCode.get(code) ?? adviceByClass[errorClass],
		},
	]),
);

/** Looks a code up. A code that Meta added later comes back as class `other`, never retried. */
export function lookUpErrorCode(code: number): ErrorEntry {
	const entry = catalogue.get(code);
	if (entry) return entry;
	const errorClass: ErrorClass = isPermissionCode(code) ? 'permission' : 'other';
	return {
		code,
		title: errorClass === 'permission' ? 'API Permission' : 'Unknown error',
		class: errorClass,
		retry: 'never',
		advice: adviceByClass[errorClass],
	};
}
