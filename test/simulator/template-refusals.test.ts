import {
	body,
	buttons,
	create,
	footer,
	header,
	media,
	namedBody,
	quickReply,
	url,
	type Parts,
} from './support/definitions';
import { at } from './support/json';
import { useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const otp = (parts: Parts = {}): Parts => buttons({ type: 'OTP', otp_type: 'COPY_CODE', ...parts });
const plain: Parts = { type: 'BODY' };
const app = { package_name: 'com.luckyshrub.app', signature_hash: 'K8a/AINcGX7' };

const offer = (text: string, expires = false): Parts => ({
	type: 'LIMITED_TIME_OFFER',
	limited_time_offer: { text, has_expiration: expires },
});
const marketing = { category: 'MARKETING' };
const code = { category: 'AUTHENTICATION' };
const card = (...components: Parts[]): Parts => ({ components });
const shelf = (label: string): Parts =>
	card({ type: 'HEADER', format: 'PRODUCT' }, buttons({ type: 'SPM', text: label }));
const carousel = (...cards: Parts[]): Parts => ({ type: 'CAROUSEL', cards });

test.each<[string, Parts[], Parts, number]>([
	['a name with capitals', [body('Hi')], { name: 'Greeting' }, 2388046],
	['a name of 513', [body('Hi')], { name: 'x'.repeat(513) }, 100],
	['the name of a sample', [body('Hi')], { name: 'sample_movie_ticket_confirmation' }, 2388155],
	['no name', [body('Hi')], { name: undefined }, 100],
	['no language', [body('Hi')], { language: undefined }, 100],
	['an unknown language', [body('Hi')], { language: 'en_XX' }, 2388049],
	['a language with a hyphen', [body('Hi')], { language: 'en-US' }, 2388049],
	['an unknown category', [body('Hi')], { category: 'SPAM' }, 100],
	['an unknown format of variables', [body('Hi')], { parameter_format: 'ROMAN' }, 100],
	['an unknown kind of order', [body('Hi')], { sub_category: 'ORDER_GAMES' }, 100],
	['a lifetime of a second', [body('Hi')], { message_send_ttl_seconds: 1 }, 100],
	['no body', [footer('x')], {}, 100],
	['two bodies', [body('Hi'), body('Ho')], {}, 100],
	['an unknown component', [body('Hi'), { type: 'SOUND' }], {}, 100],
	['a name and language twice', [body('Hi')], { name: 'hello_world', language: 'en_US' }, 2388024],
	['another category', [body('Hi')], { name: 'hello_world', ...marketing }, 100],
	['a body of 1025', [body('x'.repeat(1025))], {}, 2388040],
	['a body without text', [plain], {}, 2388043],
	['a body of emojis alone', [body('🌿🌿')], {}, 2388072],
	['11 emojis', [body(`Hi ${'🌿'.repeat(11)}`)], {}, 2388072],
	['three line breaks', [body('Hi\n\n\nHo')], {}, 2388072],
	['a foreign member', [{ ...body('Hi'), colour: 'red' }], {}, 2388042],
	['a variable at the beginning', [body('{{1}} is here again.', 'Ann')], {}, 2388299],
	['a variable at the end', [body('We all say hello to {{1}}', 'Ann')], {}, 2388299],
	['a gap in the numbers', [body('Say hi to {{1}} and then to {{3}} too.', 'a', 'b')], {}, 2388072],
	['a named variable among numbers', [body('Say hello to {{name}} for me.', 'Ann')], {}, 2388072],
	['brackets that do not close', [body('Say hello to {{1 for me.', 'Ann')], {}, 2388072],
	['variables side by side', [body('Say hi to {{1}} {{2}} today for me.', 'a', 'b')], {}, 2388072],
	['too few words', [body('Hi {{1}}, {{2}} is here.', 'a', 'b')], {}, 2388293],
	['no example', [body('Say hello to {{1}} for me.')], {}, 2388043],
	['one example for two', [body('Say hi to {{1}} and then to {{2}} too.', 'a')], {}, 2388043],
	['an empty example', [body('Say hello to {{1}} for me.', '')], {}, 2388043],
	[
		'a number among names',
		[namedBody('Say hello to {{1}} for me.', { '1': 'Ann' })],
		{ parameter_format: 'NAMED' },
		2388072,
	],
	[
		'an example of another name',
		[namedBody('Say hello to {{friend}} for me.', { foe: 'Ann' })],
		{ parameter_format: 'NAMED' },
		2388043,
	],
	['a footer of 61', [body('Hi'), footer('x'.repeat(61))], {}, 2388040],
	['a footer with a variable', [body('Hi'), footer('For {{1}} only')], {}, 2388073],
	['a footer with an emoji', [body('Hi'), footer('Bye 🌿')], {}, 2388073],
	['a header of 61', [header('x'.repeat(61)), body('Hi')], {}, 2388040],
	['a header with two variables', [header('{{1}} or {{2}}', 'a', 'b'), body('Hi')], {}, 2388047],
	['a header in bold', [header('*Hi*'), body('Hi')], {}, 2388047],
	['a header without example', [header('For {{1}}'), body('Hi')], {}, 2388043],
	['a header without its text', [{ type: 'HEADER', format: 'TEXT' }, body('Hi')], {}, 2388043],
	['a header of no format', [{ type: 'HEADER', text: 'Hi' }, body('Hi')], {}, 2388043],
	['a header of sound', [{ type: 'HEADER', format: 'AUDIO' }, body('Hi')], {}, 100],
	['a picture without sample', [{ type: 'HEADER', format: 'IMAGE' }, body('Hi')], {}, 2388043],
	['a handle of nothing', [media('IMAGE', '4::abc'), body('Hi')], {}, 2494102],
	[
		'the address that Graph shows',
		[media('IMAGE', 'https://cdn.example/x'), body('Hi')],
		{},
		2494102,
	],
	['a place with an example', [media('LOCATION', '4::abc'), body('Hi')], {}, 2388042],
	['a moving picture for utility', [{ type: 'HEADER', format: 'GIF' }, body('Hi')], {}, 2388043],
	['a product without its button', [{ type: 'HEADER', format: 'PRODUCT' }, body('Hi')], {}, 100],
	['no buttons', [body('Hi'), buttons()], {}, 100],
	['11 buttons', [body('Hi'), buttons(...'abcdefghijk'.split('').map(quickReply))], {}, 100],
	[
		'3 links',
		[body('Hi'), buttons(url('https://a.ex'), url('https://b.ex'), url('https://c.ex'))],
		{},
		100,
	],
	[
		'mixed quick replies',
		[body('Hi'), buttons(quickReply('a'), url('https://a.ex'), quickReply('b'))],
		{},
		100,
	],
	['two replies alike', [body('Hi'), buttons(quickReply('a'), quickReply('a'))], {}, 100],
	['an unknown button', [body('Hi'), buttons({ type: 'LEVER', text: 'x' })], {}, 100],
	['a button of 26', [body('Hi'), buttons(quickReply('x'.repeat(26)))], {}, 2388040],
	['a button without text', [body('Hi'), buttons({ type: 'QUICK_REPLY' })], {}, 2388043],
	['a button with a variable', [body('Hi'), buttons(quickReply('{{1}}'))], {}, 2388060],
	['a button with an emoji', [body('Hi'), buttons(quickReply('Yes ✅'))], {}, 2388060],
	['a link of no address', [body('Hi'), buttons(url('luckyshrub'))], {}, 100],
	['a variable inside a link', [body('Hi'), buttons(url('https://a.ex/{{1}}/b', 'x'))], {}, 100],
	['a link without example', [body('Hi'), buttons(url('https://a.ex/{{1}}'))], {}, 2388043],
	[
		'an example with a variable',
		[body('Hi'), buttons(url('https://a.ex/{{1}}', '{{1}}'))],
		{},
		100,
	],
	[
		'a phone number of letters',
		[body('Hi'), buttons({ type: 'PHONE_NUMBER', text: 'Call', phone_number: 'call-me' })],
		{},
		192,
	],
	['a code without example', [body('Hi'), buttons({ type: 'COPY_CODE' })], {}, 2388043],
	[
		'a code of 21',
		[body('Hi'), buttons({ type: 'COPY_CODE', example: 'x'.repeat(21) })],
		{},
		2388040,
	],
	['a flow of nothing', [body('Hi'), buttons({ type: 'FLOW', text: 'Go' })], {}, 2388043],
	['an unknown flow', [body('Hi'), buttons({ type: 'FLOW', text: 'Go', flow_id: '1' })], {}, 100],
	[
		'a catalogue beside a reply',
		[body('Hi'), buttons({ type: 'CATALOG' }, quickReply('a'))],
		marketing,
		100,
	],
	[
		'a short call',
		[body('Hi'), buttons({ type: 'VOICE_CALL', text: 'Call', ttl_minutes: 10 })],
		{},
		100,
	],
	[
		'several products below a picture',
		[{ type: 'HEADER', format: 'LOCATION' }, body('Hi'), buttons({ type: 'MPM' })],
		marketing,
		100,
	],
	['one product without header', [body('Hi'), buttons({ type: 'SPM' })], marketing, 100],
	[
		'an offer of 17',
		[offer('x'.repeat(17)), body('Hi'), buttons(url('https://a.ex'))],
		marketing,
		2388040,
	],
	['an offer for utility', [offer('Now'), body('Hi'), buttons(url('https://a.ex'))], {}, 100],
	['an offer without link', [offer('Now'), body('Hi')], marketing, 100],
	[
		'an offer with footer',
		[offer('Now'), body('Hi'), footer('Bye'), buttons(url('https://a.ex'))],
		marketing,
		100,
	],
	[
		'an offer that ends without code',
		[offer('Now', true), body('Hi'), buttons(url('https://a.ex'))],
		marketing,
		100,
	],
	[
		'an offer with a long text',
		[offer('Now'), body('x'.repeat(601)), buttons(url('https://a.ex'))],
		marketing,
		2388040,
	],
	['a single card', [body('Hi'), carousel(shelf('View'))], marketing, 100],
	[
		'eleven cards',
		[body('Hi'), carousel(...Array.from({ length: 11 }, () => shelf('View')))],
		marketing,
		100,
	],
	[
		'cards that differ',
		[
			body('Hi'),
			carousel(
				shelf('View'),
				card({ type: 'HEADER', format: 'PRODUCT' }, buttons(quickReply('a'))),
			),
		],
		marketing,
		100,
	],
	[
		'a card without header',
		[body('Hi'), carousel(card(body('a')), card(body('b')))],
		marketing,
		2388043,
	],
	[
		'a footer below cards',
		[body('Hi'), footer('x'), carousel(shelf('a'), shelf('b'))],
		marketing,
		100,
	],
	[
		'a call permission with buttons',
		[body('Hi'), { type: 'CALL_PERMISSION_REQUEST' }, buttons(quickReply('a'))],
		{},
		100,
	],
	['a password without button', [plain], code, 2388148],
	['a password with a reply', [plain, buttons(quickReply('a'))], code, 2388148],
	['a password of own words', [body('Hi'), otp()], code, 2388042],
	['a password with a header', [header('Hi'), plain, otp()], code, 100],
	['a footer of own words', [plain, footer('Bye'), otp()], code, 2388042],
	['91 minutes', [plain, { type: 'FOOTER', code_expiration_minutes: 91 }, otp()], code, 100],
	['three taps', [plain, otp({ otp_type: 'THREE_TAP' })], code, 100],
	['one tap in no app', [plain, otp({ otp_type: 'ONE_TAP' })], code, 2388043],
	[
		'a signature of 3',
		[plain, otp({ otp_type: 'ONE_TAP', supported_apps: [{ ...app, signature_hash: 'abc' }] })],
		code,
		100,
	],
	[
		'zero tap without the terms',
		[plain, otp({ otp_type: 'ZERO_TAP', supported_apps: [app] })],
		code,
		100,
	],
])('refused: %s', async (_name, components, parts, expected) => {
	const answer = await create(simulator, components, parts);
	const error = at(answer.body, 'error');
	expect([answer.status, at(error, 'error_subcode') ?? at(error, 'code')]).toEqual([400, expected]);
	if (expected > 2_000_000) expect(at(error, 'error_user_msg')).toEqual(expect.any(String));
});
