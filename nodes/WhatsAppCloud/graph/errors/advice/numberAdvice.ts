import type { AdviceByCode } from './adviceText';

/** About phone numbers, their registration, names and sign-up. */
export const numberAdvice: AdviceByCode = [
	[
		131045,
		'The certificate of the number is not valid',
		'Register the number again with Phone Number › Register.',
	],
	[133000, 'An earlier deregistration is not complete', 'Deregister the number again.'],
	[
		133005,
		'The PIN is not the one of the number',
		'Enter the right one, or set a new one with Phone Number › Set PIN.',
	],
	[
		133006,
		'The number has to be verified again',
		'Use Phone Number › Request Code, Verify Code, and then Register.',
	],
	[
		133008,
		'The wrong PIN was entered too often',
		"Wait for the time in Meta's words, then enter the right one.",
	],
	[133009, 'The PIN was entered too soon after another one', 'Wait for some minutes.'],
	[
		133010,
		'The phone number is not registered with the Cloud API',
		'Register it with Phone Number › Register; WhatsApp Manager cannot.',
	],
	[133015, 'The number was deleted a moment ago', 'Register it in five minutes.'],
	[
		133016,
		'The number was registered and removed too often',
		'Registration opens again after 72 hours.',
	],
	[136024, 'The code is wrong or has expired', 'Request a new one and enter it within minutes.'],
	[
		136025,
		'Meta could not send or check the code',
		'Try the other way, call or SMS, or again in an hour.',
	],
	[147001, 'Somebody has this username', 'Choose another one.'],
	[
		147002,
		'The account may not request a username yet',
		'It needs a higher messaging limit; Meta raises it as you send.',
	],
	[
		147003,
		'A Facebook Page has this username',
		'Link the phone number to that Page in Meta Business Settings.',
	],
	[
		147004,
		'An Instagram account has this username',
		'Link the phone number to that account in Meta Business Settings.',
	],
	[
		147005,
		'Another number of the portfolio has this username',
		'Choose another one, or transfer it.',
	],
	[2388001, 'The phone number is not confirmed to be yours', 'Verify it first.'],
	[2388012, 'The number is on your list of phone numbers already', 'Use that entry.'],
	[2388091, 'The number cannot get a code, as it is not being moved', 'Register and verify it.'],
	[
		2388093,
		'The code cannot be checked, as the number is not being moved',
		'Register and verify it.',
	],
	[
		2388103,
		'The number cannot be moved to this account',
		'Subscribe your app to the webhooks of the account that gets it, and verify its business.',
	],
	[2494164, 'There is no such In-App Signup', 'Check its ID.'],
	[2494165, 'In-App Signup is not enabled for this account', 'Ask Meta to enable it.'],
	[
		2494166,
		'The confirmation message has a placeholder that Meta does not know',
		'Remove it from confirmation_message.',
	],
	[2494167, 'The promotion code is missing', 'Enter a value for promo_code.'],
	[2494168, 'The terms of In-App Signup are not accepted', 'Accept them first.'],
	[2494176, 'The terms of In-App Signup are accepted already', 'Leave the policy out.'],
	[2494177, 'The address of the terms is not allowed', 'Enter the address of a page of your own.'],
	[2494179, 'The website does not begin with https://', 'Correct website_url.'],
	[
		2593107,
		'The contacts or the history of this number were synchronised before',
		'Meta does that once. Offboard the number and begin again if you need it.',
	],
	[
		2593108,
		'More than 24 hours have passed since the number was onboarded',
		'Offboard it, onboard it again and synchronise within that time.',
	],
	[
		2593109,
		'The business has declined to share its history',
		'Ask it to agree when the number is onboarded again.',
	],
];
