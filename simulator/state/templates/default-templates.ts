import type { JsonObject } from '../../json.ts';
import type { Template } from '../account.ts';
import { paymentTemplates } from './payment-templates.ts';
import { body, buttons, footer, header, namedBody, quickReply } from './template-parts.ts';
import type { TemplateSeed } from './template-parts.ts';

const card = (text: string): JsonObject => ({
	components: [
		header('IMAGE'),
		body(text, '15'),
		buttons(quickReply('Tell me more'), {
			type: 'URL',
			text: 'Shop',
			url: 'https://luckyshrub.example/{{1}}',
			example: ['aloe'],
		}),
	],
});

/** The template of a campaign, in two languages. */
const springSale = (language: string): TemplateSeed => ({
	name: 'spring_sale',
	language,
	category: 'MARKETING',
	parameterFormat: 'NAMED',
	components: [
		namedBody(
			language === 'de'
				? 'Hallo {{name}}, in {{shop}} ist Frühling: alle Töpfe 20 % billiger.'
				: 'Hi {{name}}, spring has come to {{shop}}: all pots are 20% off.',
			{ name: 'Ana', shop: 'London' },
		),
	],
});

const seeds: TemplateSeed[] = [
	{
		name: 'hello_world',
		category: 'UTILITY',
		components: [
			header('TEXT', 'Hello World'),
			body('Welcome! This message shows that your number can send notifications.'),
			footer('WhatsApp Business Platform sample message'),
		],
	},
	{
		name: 'order_update',
		category: 'UTILITY',
		components: [
			header('IMAGE'),
			body('Hi {{1}}, your order {{2}} is on its way.', 'Ana', 'A-1001'),
			footer('Lucky Shrub'),
			buttons(
				quickReply('Thanks'),
				quickReply('Need help'),
				{
					type: 'URL',
					text: 'Track order',
					url: 'https://luckyshrub.example/orders/{{1}}',
					example: ['https://luckyshrub.example/orders/A-1001'],
				},
				{ type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+15550100001' },
			),
		],
	},
	{
		name: 'appointment_reminder',
		category: 'UTILITY',
		parameterFormat: 'NAMED',
		components: [
			{
				type: 'HEADER',
				format: 'TEXT',
				text: 'See you soon, {{first_name}}',
				example: {
					header_text_named_params: [{ param_name: 'first_name', example: 'Ana' }],
				},
			},
			namedBody('Your appointment is on {{day}} at {{time}}.', { day: 'Monday', time: '10:30' }),
			buttons(quickReply('Confirm'), quickReply('Reschedule')),
		],
	},
	{
		name: 'summer_carousel',
		category: 'MARKETING',
		components: [
			body('{{1}}, look what has grown this summer.', 'Ana'),
			{
				type: 'CAROUSEL',
				cards: [
					card('Aloe, {{1}} % off.'),
					card('Jade, {{1}} % off.'),
					card('Cactus, {{1}} % off.'),
				],
			},
		],
	},
	{
		name: 'login_code',
		category: 'AUTHENTICATION',
		components: [
			{
				type: 'BODY',
				text: '*{{1}}* is your verification code. For your security, do not share this code.',
				add_security_recommendation: true,
				example: { body_text: [['123456']] },
			},
			{
				type: 'FOOTER',
				text: 'This code expires in 10 minutes.',
				code_expiration_minutes: 10,
			},
			buttons({
				type: 'URL',
				text: 'Copy code',
				url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
				example: ['https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456'],
			}),
		],
	},
	{
		name: 'limited_offer',
		category: 'MARKETING',
		components: [
			header('IMAGE'),
			{
				type: 'LIMITED_TIME_OFFER',
				limited_time_offer: { text: 'Ends soon!', has_expiration: true },
			},
			body('Take {{1}} % off with your code.', '20'),
			buttons(
				{ type: 'COPY_CODE', text: 'Copy code', example: ['LUCKY20'] },
				{
					type: 'URL',
					text: 'Shop now',
					url: 'https://luckyshrub.example/deals?code={{1}}',
					example: ['https://luckyshrub.example/deals?code=LUCKY20'],
				},
			),
		],
	},
	{
		name: 'coupon',
		category: 'MARKETING',
		components: [
			header('TEXT', 'A present for you'),
			body('Use your code {{1}} to get {{2}} off.', 'LUCKY20', '20 %'),
			buttons(quickReply('Unsubscribe'), {
				type: 'COPY_CODE',
				text: 'Copy code',
				example: ['LUCKY20'],
			}),
		],
	},
	{
		name: 'store_location',
		category: 'UTILITY',
		components: [header('LOCATION'), body('Come and see us, {{1}}.', 'Ana')],
	},
	{
		name: 'booking_flow',
		category: 'UTILITY',
		components: [
			body('Book your visit in a minute.'),
			buttons({
				type: 'FLOW',
				text: 'Book now',
				flow_id: 600000000000001,
				flow_action: 'NAVIGATE',
				navigate_screen: 'DATE',
			}),
		],
	},
	{
		name: 'catalog_invite',
		category: 'MARKETING',
		components: [
			body('Our whole shop, {{1}}, in this chat.', 'Ana'),
			buttons({ type: 'CATALOG', text: 'View catalog' }),
		],
	},
	{
		name: 'abandoned_cart',
		category: 'MARKETING',
		components: [
			{
				type: 'HEADER',
				format: 'TEXT',
				text: 'Forgot something, {{1}}?',
				example: { header_text: ['Ana'] },
			},
			body('Your plants still wait for you.'),
			buttons({ type: 'MPM', text: 'View items' }),
		],
	},
	{
		name: 'invoice_document',
		language: 'de',
		category: 'UTILITY',
		components: [header('DOCUMENT'), body('Hallo {{1}}, hier ist Ihre Rechnung.', 'Anna')],
	},
	{
		name: 'group_invitation',
		category: 'UTILITY',
		components: [body('You are invited to {{1}}. Tap to join.', 'Plant lovers')],
	},
	{
		name: 'call_back',
		category: 'UTILITY',
		components: [
			body('Sorry that we missed you. Call us whenever you like.'),
			buttons(quickReply('Not now'), { type: 'VOICE_CALL', text: 'Call us', ttl_minutes: 10_080 }),
		],
	},
	...paymentTemplates,
	{
		name: 'price_capped',
		category: 'MARKETING',
		components: [body('Fresh plants have arrived.')],
		optimizationSpec: { bid_amount: 25_000, bid_strategy: 'LOWEST_COST_WITH_BID_CAP' },
	},
	{
		name: 'paused_offer',
		category: 'MARKETING',
		status: 'PAUSED',
		components: [body('An offer that too many people have blocked.')],
	},
	{
		name: 'rejected_offer',
		category: 'MARKETING',
		status: 'REJECTED',
		components: [body('Buy now or regret it.')],
	},
	{
		name: 'disabled_offer',
		category: 'MARKETING',
		status: 'DISABLED',
		components: [body('An offer that was paused three times.')],
	},
	...['en_US', 'de'].map((language) => springSale(language)),
	{
		name: 'plant_care_tip',
		category: 'MARKETING',
		parameterFormat: 'NAMED',
		components: [
			namedBody('Hi {{name}}, a tip for your new plant: {{tip}} Write to us whenever you like.', {
				name: 'Ana',
				tip: 'Water it once a week.',
			}),
		],
	},
];

/** Templates of the default account: one of each kind, one in each status that prevents sending. */
export function defaultTemplates(businessAccountId: string): Template[] {
	return seeds.map((seed, index) => ({
		id: String(400_000_000_000_001 + index),
		name: seed.name,
		language: seed.language ?? 'en_US',
		status: seed.status ?? 'APPROVED',
		category: seed.category,
		parameter_format: seed.parameterFormat ?? 'POSITIONAL',
		components: seed.components,
		quality_score: { score: 'GREEN' },
		...(seed.optimizationSpec ? { optimization_spec: seed.optimizationSpec } : {}),
		rejected_reason: seed.status === 'REJECTED' ? 'PROMOTIONAL' : 'NONE',
		businessAccountId,
	}));
}
