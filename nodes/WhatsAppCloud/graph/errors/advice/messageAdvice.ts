import { defaultGraphVersion } from '../../versions';
import type { AdviceByCode } from './adviceText';

/** About calls in general, and about messages and their files. */
export const messageAdvice: AdviceByCode = [
	[
		3,
		'The Meta app may not make this call',
		'Add the product WhatsApp to the app, and the permission that this call needs to the access token.',
	],
	[15, 'Meta answers this call to the app alone', 'Fill App ID and App Secret in the credential.'],
	[
		101,
		'App ID and App Secret in the credential do not fit together, or the app is gone',
		'Copy both from App settings → Basic in the App Dashboard.',
	],
	[
		470,
		'More than 24 hours have passed since this person last wrote',
		'Send an approved template instead.',
	],
	[
		2200,
		'Meta has called the callback address and did not get its challenge back',
		'Check that the address reaches n8n from the internet, and that the verify token is the one of the credential.',
	],
	[
		2500,
		'Meta does not know this address',
		`Set Graph Version of the credential to a version that lives, such as ${defaultGraphVersion}, and check Graph Base URL.`,
	],
	[
		2635,
		'Meta has ended the version in Graph Version of the credential',
		`Set it to ${defaultGraphVersion}.`,
	],
	[130403, 'You have blocked this person', 'Unblock them first if you want to write to them.'],
	[
		130497,
		'Meta does not let this account write to people in this country',
		'Open Account Quality in WhatsApp Manager to see why, or use another channel.',
	],
	[131008, 'A required part is missing from the request', "Fill the part that Meta's words name."],
	[
		131014,
		'Meta could not fetch the address of the file',
		'Check that the link can be opened from the internet without a login, or upload the file.',
	],
	[131021, 'The recipient is the sending number itself', 'Choose another recipient.'],
	[
		131030,
		'This person is not on the list of test recipients',
		'A test number writes to that list alone. Add the number under API Setup in the Meta app, or use a live number.',
	],
	[
		131035,
		'Meta could not deliver a webhook in time and has dropped it',
		'Check with Webhook → Get Subscriptions whether webhooks arrive.',
	],
	[
		131036,
		'The message did not reach one of the devices of this person',
		'Nothing needs to be done if another device has it; else send it again.',
	],
	[
		131037,
		'The display name of the sending number is not approved yet',
		'Have it approved in WhatsApp Manager, then send again.',
	],
	[
		131051,
		'Meta does not know this message type',
		'Choose another type or, in Send Custom Message, correct "type" in the body. If a person sent it, ask them to send it in another form, as text or a photo.',
	],
	[131052, 'The media that this person sent could not be downloaded', 'Ask them to send it again.'],
	[
		131055,
		'Meta does not allow this method for the object',
		'Check that the ID is of the right kind; a message goes to a phone number ID, for example, and not to a business account.',
	],
	[
		131057,
		'The number is in maintenance, for example while its throughput is raised',
		'Try again in some minutes.',
	],
	[
		131059,
		'The place from which to continue the list is no longer valid',
		'Start the list again from its beginning.',
	],
	[
		131062,
		'This message needs a phone number, not a user ID',
		'That is so for one-tap, zero-tap and copy-code authentication templates, and for messages outside the window of the category Authentication. Put a phone number into Recipient.',
	],
	[
		131063,
		'Marketing templates of this account go through the Marketing Messages API only',
		'Turn on Options › Marketing Messages API.',
	],
	[
		131064,
		'Meta takes fewer messages of this category for now, because earlier ones were of another category',
		'Send an approved template instead, and choose the category under Options › Send Outside the Window by what the message says.',
	],
	[
		134011,
		'The terms of WhatsApp Payments are not accepted',
		'Accept them in WhatsApp Manager first.',
	],
	[
		134100,
		'The Marketing Messages API takes marketing templates only',
		'Turn off Options › Marketing Messages API for this template.',
	],
	[
		135000,
		'Meta could not make sense of the message',
		"Compare its parts with Meta's page of this message type; send a plain text first to see that the rest works.",
	],
	[
		137000,
		'The identity of this person has changed',
		'Confirm it, then send with the new identity hash.',
	],
	[
		139100,
		'Some of the people could not be blocked or unblocked',
		'Only people who wrote within the last 24 hours can be blocked. Try the others one by one.',
	],
	[139101, 'The list of blocked people is full', 'Unblock some of them first; it holds 64,000.'],
	[139102, 'Somebody else is changing the list of blocked people', 'Try again in some minutes.'],
	[
		139200,
		'Meta has blocked Direct Send of utility messages for this account',
		'An account_update webhook says why and for how long. Send an approved template instead.',
	],
	[1752041, 'Meta has this request already', 'Look whether it was done before you make it again.'],
	[
		2494191,
		'Another app holds this conversation, and only the escalation partner may take it over',
		'Wait until it is passed or released to you.',
	],
];
