import type {
	Category,
	DefinedComponent,
} from '../../../../nodes/WhatsAppCloud/templates/creation/definition';
import {
	body,
	named,
	header,
	image,
	buttons,
	plain,
	reply,
	other,
	link,
	offer,
	problemsOf,
} from './definitions';

describe('what Meta takes has no problems', () => {
	test.each<[string, Category, DefinedComponent[]]>([
		['text alone', 'UTILITY', [plain]],
		['numbered variables', 'UTILITY', [body('Dear {{1}}, {{2}} is here.', 'Ada', 'it')]],
		['a variable twice', 'UTILITY', [body('Dear {{1}}, yes, {{1}}!', 'Ada')]],
		['out of order', 'UTILITY', [body('Dear {{2}}, {{1}} is here.', 'it', 'Ada')]],
		['flat examples', 'UTILITY', [{ ...body('Dear {{1}}!'), example: { body_text: ['Ada'] } }]],
		['a header with a variable', 'UTILITY', [header('Order {{1}}', 'LS-1'), plain]],
		['a picture', 'MARKETING', [image, plain]],
		['a place', 'UTILITY', [{ type: 'HEADER', format: 'LOCATION' }, plain]],
		['a footer', 'UTILITY', [plain, { type: 'FOOTER', text: 'Reply STOP' }]],
		['a footer with ©', 'UTILITY', [plain, { type: 'FOOTER', text: '© 2026 _Lucky Shrub_' }]],
		['underscores in names', 'UTILITY', [header('Order no_1_a'), plain]],
		['an empty line', 'UTILITY', [body(`Ten ${'🎉'.repeat(10)}\n\nand more.`)]],
		['replies first', 'MARKETING', [plain, buttons(reply, other, link)]],
		['replies last', 'MARKETING', [plain, buttons(link, reply, other)]],
		['an offer', 'MARKETING', [image, offer, plain, buttons(link)]],
		['a call', 'UTILITY', [plain, { type: 'CALL_PERMISSION_REQUEST' }]],
	])('%s', (_what, category, components) => {
		expect(problemsOf({ category, components })).toEqual([]);
	});
});

describe('what Meta refuses is named', () => {
	test.each<[Category, DefinedComponent[], string]>([
		['UTILITY', [], 'BODY.text is empty'],
		['UTILITY', [plain, plain], 'BODY is there twice'],
		['UTILITY', [plain, { type: 'BODI' }], 'BODI.type must be one of HEADER'],
		['UTILITY', [body('x'.repeat(1_025))], 'BODY.text can have at most 1,024 characters, but'],
		['UTILITY', [body('{{1}} is here', 'It')], 'BODY.text begins or ends with a variable'],
		['UTILITY', [body('Here is {{1}}\n', 'it')], 'BODY.text begins or ends with a variable'],
		['UTILITY', [body('So {{1}}{{2}}.', 'a', 'b')], 'BODY.text has two variables without text'],
		['UTILITY', [body('Dear {{1}}, {{3}}.', 'a', 'b')], 'BODY.text has {{3}}, but no {{2}}'],
		['UTILITY', [body('Dear {{0}}.', 'a')], 'BODY.text has {{0}}, but no {{1}}'],
		['UTILITY', [body('Dear {{name}}.', 'a')], 'BODY.text has {{name}}, but the variables of'],
		['UTILITY', [body('Dear {{1}.')], 'BODY.text has double braces that do not belong'],
		['UTILITY', [body('Dear {{1}}.')], 'BODY.example lacks a value for {{1}}'],
		['UTILITY', [body('Dear {{1}}.', ' ')], 'BODY.example lacks a value for {{1}}'],
		['UTILITY', [body('Dear {{1}}.', 'a', 'b')], 'BODY.example has a value for {{2}}, which'],
		['UTILITY', [header('x'.repeat(61)), plain], 'HEADER.text can have at most 60'],
		[
			'UTILITY',
			[header('{{1}} and {{2}} x', 'a', 'b'), plain],
			'HEADER.text can have one variable',
		],
		['UTILITY', [header('a\nb'), plain], 'HEADER.text cannot have line breaks'],
		['UTILITY', [header('Sale 🎉'), plain], 'HEADER.text has an emoji'],
		['UTILITY', [header('A _great_ sale'), plain], 'HEADER.text has formatting'],
		['UTILITY', [header('Sale*'), plain], 'HEADER.text has an asterisk'],
		['UTILITY', [body('One.\n\n\nTwo.')], 'BODY.text has more than two line breaks in a row'],
		[
			'UTILITY',
			[body(`Wow ${'🎉'.repeat(11)}!`)],
			'BODY.text can have at most 10 emoji, but has 11',
		],
		['UTILITY', [plain, { type: 'FOOTER', text: 'Bye\nnow' }], 'FOOTER.text cannot have line'],
		['UTILITY', [plain, { type: 'FOOTER', text: 'Bye 👋' }], 'FOOTER.text has an emoji'],
		['UTILITY', [plain, buttons({ ...reply, text: 'Yes ✅' })], 'BUTTONS.0.text has an emoji'],
		['UTILITY', [plain, buttons({ ...reply, text: 'Yes\nno' })], 'BUTTONS.0.text cannot have line'],
		['UTILITY', [plain, buttons({ ...reply, text: '*Yes*' })], 'BUTTONS.0.text has formatting'],
		['UTILITY', [plain, buttons(reply, reply)], 'BUTTONS.1.text is "Fine", like that of another'],
		['UTILITY', [header('Order {{1}}'), plain], 'HEADER.example lacks a value for {{1}}'],
		['UTILITY', [{ type: 'HEADER', format: 'AUDIO' }, plain], 'HEADER.format must be one of TEXT'],
		['UTILITY', [{ type: 'HEADER', format: 'IMAGE' }, plain], 'HEADER.example is missing'],
		['UTILITY', [{ ...image, format: 'GIF' }, plain], 'HEADER.format can be GIF in marketing'],
		['MARKETING', [{ type: 'HEADER', format: 'PRODUCT' }, plain], 'HEADER.format can be PRODUCT'],
		[
			'UTILITY',
			[plain, { type: 'FOOTER', text: 'x'.repeat(61) }],
			'FOOTER.text can have at most 60',
		],
		[
			'UTILITY',
			[plain, { type: 'FOOTER', text: 'a {{1}} b' }],
			'FOOTER.text has the variable {{1}}',
		],
		['UTILITY', [plain, buttons()], 'BUTTONS is empty'],
		['UTILITY', [plain, buttons(...(Array(11).fill(reply) as []))], 'BUTTONS can have at most 10'],
		['UTILITY', [plain, buttons(link, link, link)], 'BUTTONS.2.type is URL once more; a template'],
		['UTILITY', [plain, buttons({ type: 'LINK' })], 'BUTTONS.0.type must be one of QUICK_REPLY'],
		['UTILITY', [plain, buttons(reply, link, reply)], 'BUTTONS.2.type stands on the wrong side'],
		['UTILITY', [plain, buttons(link, reply, link)], 'BUTTONS.2.type stands on the wrong side'],
		['UTILITY', [plain, buttons({ ...reply, text: 'x'.repeat(26) })], 'BUTTONS.0.text can have at'],
		['UTILITY', [plain, buttons({ ...reply, text: 'a {{1}}' })], 'BUTTONS.0.text has the variable'],
		['UTILITY', [plain, buttons({ ...link, url: 'example.com' })], 'BUTTONS.0.url must be a web'],
		[
			'UTILITY',
			[plain, buttons({ ...link, url: 'https://a.b/{{1}}/c' })],
			'BUTTONS.0.url can have one',
		],
		[
			'UTILITY',
			[plain, buttons({ ...link, url: 'https://a.b/{{1}}' })],
			'BUTTONS.0.example is missing',
		],
		[
			'UTILITY',
			[plain, buttons({ type: 'PHONE_NUMBER', text: 'a', phone_number: 'me' })],
			'BUTTONS.0.phone_number must',
		],
		['UTILITY', [plain, buttons({ type: 'COPY_CODE' })], 'BUTTONS.0.example is missing'],
		[
			'UTILITY',
			[plain, buttons({ type: 'COPY_CODE', example: 'x'.repeat(21) })],
			'BUTTONS.0.example can have at most 20',
		],
		[
			'MARKETING',
			[image, offer, plain, buttons({ type: 'COPY_CODE', example: 'x'.repeat(16) })],
			'at most 15 characters in a limited-time offer',
		],
		['UTILITY', [plain, buttons({ type: 'FLOW', text: 'a' })], 'BUTTONS.0.flow_id is empty'],
		[
			'UTILITY',
			[plain, buttons({ type: 'FLOW', text: 'a', flow_id: '1', flow_name: 'b' })],
			'BUTTONS.0.flow_id is given beside flow_name',
		],
		[
			'UTILITY',
			[plain, buttons({ type: 'VOICE_CALL', text: 'a', ttl_minutes: 60 })],
			'BUTTONS.0.ttl_minutes must be from 1,440',
		],
		[
			'MARKETING',
			[plain, buttons({ type: 'SPM', text: 'View' })],
			'BUTTONS.0.type needs a header of the format PRODUCT',
		],
		[
			'MARKETING',
			[image, plain, buttons({ type: 'MPM', text: 'View items' })],
			'HEADER.format must be text',
		],
		[
			'UTILITY',
			[plain, buttons({ type: 'OTP', otp_type: 'COPY_CODE' })],
			'BUTTONS.0.type can be OTP in',
		],
		['UTILITY', [image, offer, plain], 'LIMITED_TIME_OFFER is for marketing templates only'],
		['MARKETING', [image, offer, body('x'.repeat(601))], 'BODY.text can have at most 600'],
		[
			'MARKETING',
			[image, offer, plain, { type: 'FOOTER', text: 'a' }],
			'FOOTER.text is not possible with',
		],
		['MARKETING', [header('a'), offer, plain], 'HEADER.format must be an image or a video'],
		[
			'MARKETING',
			[{ ...offer, limited_time_offer: { text: 'x'.repeat(17) } }, plain],
			'at most 16 characters',
		],
	])('%s: %j → %s', (category, components, problem) => {
		expect(problemsOf({ category, components }).join('\n')).toContain(problem);
	});
});

describe('variables with names', () => {
	test.each<[DefinedComponent, string[]]>([
		[named('Dear {{first_name}}!', { first_name: 'Ada' }), []],
		[
			named('Dear {{First}}!', { First: 'Ada' }),
			[
				'BODY.text has the variable {{First}}; a name has lower-case letters, digits and underscores, and begins with a letter',
			],
		],
		[
			named('Dear {{a b}}!', { 'a b': 'Ada' }),
			[
				'BODY.text has the variable {{a b}}; a name has lower-case letters, digits and underscores, and begins with a letter',
			],
		],
		[
			named('Dear {{name}}, {{1}}.', { name: 'Ada', '1': 'b' }),
			[
				'BODY.text has {{1}} beside variables with names; Meta wants either numbers or names in the whole template',
			],
		],
		[named('Dear {{name}}!', {}), ['BODY.example lacks a value for {{name}}']],
		[body('Dear {{name}}!', 'Ada'), ['BODY.example lacks a value for {{name}}']],
		[
			named('Dear {{name}}!', { name: 'Ada', other: 'b' }),
			['BODY.example has a value for {{other}}, which the text does not have'],
		],
	])('%j', (component, problems) => {
		expect(problemsOf({ parameter_format: 'NAMED', components: [component] })).toEqual(problems);
	});
});

describe('what belongs to the whole template', () => {
	test.each<[Parameters<typeof problemsOf>[0], string]>([
		[
			{ language: 'en-US' },
			'language is "en-US", which is no language code of Meta\'s; write it as en_US',
		],
		[{ language: 'English' }, 'language is "English", which is no language code'],
		[
			{ further: { message_send_ttl_seconds: 29 } },
			'message_send_ttl_seconds must be from 30 to 43,200 seconds',
		],
		[
			{ category: 'AUTHENTICATION', further: { message_send_ttl_seconds: 901 } },
			'from 30 to 900 seconds',
		],
		[
			{ category: 'MARKETING', further: { message_send_ttl_seconds: 43_199 } },
			'from 43,200 to 2,592,000 seconds',
		],
		[{ further: { sub_category: 'ORDERS' } }, 'sub_category must be one of ORDER_DETAILS'],
		[
			{ further: { allow_category_change: true } },
			'allow_category_change no longer exists at Meta',
		],
		[{ further: { optimization_spec: {} } }, 'optimization_spec is for marketing templates only'],
	])('%j → %s', (changes, problem) => {
		expect(problemsOf(changes).join('\n')).toContain(problem);
	});

	test.each<[Category, number]>([
		['AUTHENTICATION', -1],
		['UTILITY', 43_200],
		['MARKETING', 2_592_000],
	])('%s may live %i seconds', (category, ttl) => {
		const further = { message_send_ttl_seconds: ttl };
		expect(problemsOf({ category, further }).join()).not.toContain('ttl');
	});
});
