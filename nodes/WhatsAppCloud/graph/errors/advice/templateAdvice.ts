import type { AdviceByCode } from './adviceText';

/** About templates, Flows and their figures. */
export const templateAdvice: AdviceByCode = [
	[
		192,
		'A phone number in the request is not valid',
		'Write it with its country code, such as +15550100001.',
	],
	[
		80008,
		'The business account makes too many calls about its templates',
		'Wait for up to an hour: Meta takes 100 new templates in that time.',
	],
	[
		131061,
		'This template has a maximum price, and such templates go through the Marketing Messages API alone',
		'Turn on Options › Marketing Messages API of Send Template, or send a template without a maximum price.',
	],
	[
		132000,
		'The number of values is not the number of variables in the template',
		'Enter one value for each variable of the template; WhatsApp Manager shows them.',
	],
	[
		132005,
		'The template is too long with these values',
		'Shorten the values, or the text of the template.',
	],
	[
		132007,
		'The template contains characters that Meta does not allow',
		'Edit the template in WhatsApp Manager.',
	],
	[
		132015,
		'The template is paused because of low quality',
		'Improve it, or wait until the pause ends.',
	],
	[132016, 'The template has been disabled for good because of low quality', 'Create a new one.'],
	[
		132018,
		'The values do not fit the template, or Direct Send made it',
		'Meta takes no line breaks, tabs or more than four spaces in a row in a variable. A template that Direct Send made cannot be sent as a template at all.',
	],
	[
		132021,
		'A template of your own bears the name that Direct Send was given',
		'Choose another one in Options › Send Outside the Window › Template Name.',
	],
	[
		132068,
		'Meta has blocked the Flow',
		'Check its health in WhatsApp Manager, correct it, and publish it again.',
	],
	[
		132069,
		'Meta has slowed the Flow down to ten messages an hour',
		'Check whether its endpoint answers in time.',
	],
	[134101, 'The template has not reached all of Meta yet', 'Try again in ten minutes.'],
	[
		134102,
		'The template cannot be used by the Marketing Messages API',
		'Turn off Options › Marketing Messages API, or look at the status of the template in WhatsApp Manager.',
	],
	[
		139000,
		'Meta has blocked the Flow for its content',
		'Open Account Quality in WhatsApp Manager.',
	],
	[139001, 'A published Flow cannot be changed', 'Clone it, change the copy and publish that one.'],
	[
		139002,
		'The Flow cannot be published as it is',
		'Correct the errors that Flow Builder shows, and verify the number and its public key.',
	],
	[139003, 'Only a published Flow can be deprecated', 'Delete a draft instead.'],
	[139004, 'A published Flow cannot be deleted', 'Deprecate it instead.'],
	[139006, 'The Flow was used too little for figures', 'Meta shows them from 250 requests on.'],
	[
		200005,
		'Meta has no figures about the templates of this account for now',
		'Try again tomorrow.',
	],
	[200006, 'The figures about templates cannot be switched off', 'Leave them switched on.'],
	[
		200007,
		'The figures about templates are not switched on',
		'Turn on Options › Switch On Figures of Template → Get Analytics once, or confirm them in WhatsApp Manager, under Insights.',
	],
	[
		2388019,
		'The account has reached its number of templates',
		'Delete some that are no longer used.',
	],
	[
		2388023,
		'A template of this name is being deleted, and the name stays blocked for some weeks',
		'Choose another name.',
	],
	[
		2388024,
		'The template has content in this language already',
		'Change it with Template → Update, or choose another name or language.',
	],
	[2388027, 'The business account has a catalog already', 'Disconnect the present one first.'],
	[
		2388039,
		'The status of this template cannot be changed',
		'See its status with Template → Get. A disabled template stays disabled; for one in review, wait for the result.',
	],
	[
		2388040,
		'A text is longer than Meta allows for its part',
		"Shorten the part that Meta's words name.",
	],
	[
		2388042,
		'A part has something that Meta does not accept there',
		"Remove what Meta's words name; an authentication template has no text of its own, for example.",
	],
	[
		2388043,
		'An example is missing',
		'Enter one for each variable, for a variable address and for a header with a file.',
	],
	[
		2388046,
		'The name of the template has characters that Meta does not allow',
		'Write it with lower-case letters, digits and underscores only.',
	],
	[
		2388047,
		'Meta does not accept the header of the template',
		'A header has one variable at most, no line breaks, no formatting and no emoji.',
	],
	[
		2388049,
		'Meta has no templates in this language',
		'Use a code such as en, en_US or pt_BR; Meta lists them under Supported Languages.',
	],
	[
		2388060,
		'Meta does not accept the text of a button',
		'A button has no variables, line breaks, emoji or formatting in its text.',
	],
	[
		2388072,
		'Meta does not accept the body of the template',
		'Number the variables from {{1}} without gaps, or give all of them names. A body has no more than two line breaks in a row and ten emoji.',
	],
	[
		2388073,
		'Meta does not accept the footer of the template',
		'A footer has 60 characters at most, and no variables, line breaks or emoji.',
	],
	[
		2388148,
		'Meta does not take these buttons together',
		'An authentication template has exactly one button, for its code. Elsewhere, put all quick replies first or last.',
	],
	[2388155, "The name is that of one of Meta's samples", 'Choose another name.'],
	[
		2388185,
		'The access token may not create templates',
		'Give the system user the permission whatsapp_business_management on this business account, then create a new token.',
	],
	[2388273, 'An example is missing', 'Enter one for each variable and for the header.'],
	[2388293, 'The template has too many variables for its length', 'Use fewer, or write more text.'],
	[
		2388299,
		'The template begins or ends with a variable',
		'Put text before the first variable and after the last one.',
	],
	[
		2388318,
		'Direct Send made this template, and such templates cannot be edited',
		'Create one of your own.',
	],
	[
		2388330,
		'Direct Send made this template, and such templates cannot be deleted',
		'Leave it; Meta removes it once it is unused.',
	],
	[
		2494102,
		'Meta does not know the example file of the header',
		'Name a binary field of the item. Handles come from a resumable upload; an address or a media ID is not one. A handle works only with the app that uploaded it.',
	],
];
