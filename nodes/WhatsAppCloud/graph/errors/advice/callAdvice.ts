import type { AdviceByCode } from './adviceText';

const laterAgain = 'Try again in some minutes.';

/** About calls and groups. */
export const callAdvice: AdviceByCode = [
	[131044, 'Meta cannot charge the account for calls', 'Check its payment method.'],
	[
		138000,
		'Calling is switched off for this number',
		'Turn it on in the call settings of the number.',
	],
	[
		138001,
		'This person cannot be called',
		'They may use an old version of WhatsApp, or have not accepted the terms. Write to them instead.',
	],
	[138002, 'Too many calls are going on at once', 'Call again when one of them has ended.'],
	[138003, 'A call with this person is going on', 'Call again when it has ended.'],
	[138004, 'The call could not be connected', laterAgain],
	[138006, 'This person has not allowed you to call', 'Ask for permission to call first.'],
	[138007, 'The call was not connected in time', laterAgain],
	[
		138009,
		'This person was asked for permission to call too often',
		'Meta allows one request in 24 hours and two in 7 days; a call that is answered resets both.',
	],
	[138012, 'This person was called too often today', 'Call again after 24 hours.'],
	[138013, 'This number may not begin calls', 'Let people call you: send a call button.'],
	[
		138014,
		'Meta has switched calling off for this number for a while',
		'Too many people did not want your calls. Wait until Account Quality shows the end of it.',
	],
	[
		138015,
		'Calling cannot be switched on for this number',
		'Its messaging limit has to be 2,000 or more.',
	],
	[138017, 'This person has allowed calls for good', 'Call them; no request is needed.'],
	[
		138018,
		'Calling cannot be switched on before something receives the calls',
		'Set up SIP, or subscribe the app to the webhook field "calls".',
	],
	[138019, 'The call could not be set up', laterAgain],
	[138020, "The call could not reach Meta's relay", laterAgain],
	[
		138021,
		'No sound of the business arrived at Meta',
		'Check the connection of your calling system.',
	],
	[138022, 'Meta could not send the sound of the call', laterAgain],
	[138023, 'The call was accepted, but no sound followed', laterAgain],
	[131020, 'Meta does not accept the group', 'Check its ID; a group that was deleted has none.'],
	[131041, 'There is no such group for this number', 'Check the ID, and the Sender it belongs to.'],
	[131201, 'The request was done in part', "Meta's words say which part failed; repeat that one."],
	[131202, 'A person is named twice, or is in the group already', 'Name each person once.'],
	[131204, 'The group would have too many people', 'A group has eight besides you at most.'],
	[131207, 'Meta has suspended the group', 'Open Account Quality in WhatsApp Manager.'],
	[131209, 'The picture of the group is not square', 'Use a picture with sides of equal length.'],
	[131210, 'The picture of the group is too small', 'Use a picture of more than 192 × 192 pixels.'],
	[131211, 'The number has as many groups as Meta allows', 'Delete some that are no longer used.'],
	[131212, 'This person is not in the group', 'Check the ID, or invite them.'],
	[
		131213,
		'The request to join is gone',
		'Read the requests again; it may be answered or withdrawn.',
	],
	[131214, 'Meta creates no groups for this number for now', 'Try again tomorrow.'],
	[
		131215,
		'This number may not use groups',
		'They are for official business accounts; apply for that in WhatsApp Manager.',
	],
];
