import { filled } from './filledForm';

describe('examples come from sample values', () => {
	test('by order', () => {
		expect(
			filled({
				bodyText: 'Dear {1}, {2} is here.',
				bodySamples: { sample: [{ value: 'Ada' }, { value: 'it' }] },
			}),
		).toEqual({
			form: {
				format: 'POSITIONAL',
				components: [
					{
						type: 'BODY',
						text: 'Dear {{1}}, {{2}} is here.',
						example: { body_text: [['Ada', 'it']] },
					},
				],
			},
			problems: [],
		});
	});

	test.each([
		[{ sample: [{ variable: 'order', value: 'LS-1' }, { value: 'Ada' }] }],
		[{ order: 'LS-1', first_name: 'Ada' }],
		[['Ada', 'LS-1']],
		['["Ada", "LS-1"]'],
		[
			[
				{ variable: '{{order}}', value: 'LS-1' },
				{ variable: 'first_name', value: 'Ada' },
			],
		],
	])('by name, in any form: %j', (bodySamples) => {
		const { form, problems } = filled({
			bodyText: 'Dear {first_name}, order {order} left.',
			bodySamples,
		});
		expect(problems).toEqual([]);
		expect(form).toEqual({
			format: 'NAMED',
			components: [
				{
					type: 'BODY',
					text: 'Dear {{first_name}}, order {{order}} left.',
					example: {
						body_text_named_params: [
							{ param_name: 'first_name', example: 'Ada' },
							{ param_name: 'order', example: 'LS-1' },
						],
					},
				},
			],
		});
	});

	test('numbers in another order than in the text', () => {
		expect(
			filled({ bodyText: 'So {2} and {1}.', bodySamples: ['one', 'two'] }).form?.components[0],
		).toMatchObject({
			example: { body_text: [['one', 'two']] },
		});
	});

	test('double braces, as an expression may return them, are variables, too', () => {
		expect(
			filled({ bodyText: 'Dear {{1}}, {not this}.', bodySamples: ['Ada'] }).form?.components[0],
		).toMatchObject({
			text: 'Dear {{1}}, {not this}.',
		});
	});

	test('of a header and of addresses, whole or not', () => {
		const { form, problems } = filled({
			headerFormat: 'TEXT',
			headerText: 'Order {order}',
			headerSample: 'LS-1',
			bodyText: 'It is on its way.',
			buttons: [
				{ type: 'url', text: 'Track', url: 'https://a.b/{order}', urlSample: 'LS-1' },
				{ type: 'url', text: 'Again', url: 'https://a.b/{1}', urlSample: 'https://a.b/LS-2' },
			],
		});
		expect(problems).toEqual([]);
		expect(form).toEqual({
			format: 'NAMED',
			components: [
				{
					type: 'HEADER',
					format: 'TEXT',
					text: 'Order {{order}}',
					example: { header_text_named_params: [{ param_name: 'order', example: 'LS-1' }] },
				},
				{ type: 'BODY', text: 'It is on its way.' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'URL', text: 'Track', url: 'https://a.b/{{1}}', example: ['https://a.b/LS-1'] },
						{ type: 'URL', text: 'Again', url: 'https://a.b/{{1}}', example: ['https://a.b/LS-2'] },
					],
				},
			],
		});
	});
});

test('every kind of button', () => {
	const { form, problems } = filled(
		{
			headerFormat: 'PRODUCT',
			bodyText: 'Look at this.',
			buttons: {
				button: [
					{ type: 'quick_reply', text: 'Yes', url: '' },
					{ type: 'phone_number', text: 'Call', phoneNumber: '+15550100001' },
					{ type: 'copy_code', codeSample: 'AUTUMN15' },
					{ type: 'flow', text: 'Book', flowId: '600000000000001', flowAction: 'data_exchange' },
					{ type: 'voice_call', text: 'Ring', ttlMinutes: '1440' },
					{ type: 'catalog' },
					{ type: 'spm' },
					{ type: 'order_details' },
					{ type: 'request_contact_info' },
				],
			},
		},
		'MARKETING',
	);
	expect(problems).toEqual([]);
	expect(form?.components.at(-1)).toEqual({
		type: 'BUTTONS',
		buttons: [
			{ type: 'QUICK_REPLY', text: 'Yes' },
			{ type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550100001' },
			{ type: 'COPY_CODE', example: 'AUTUMN15' },
			{ type: 'FLOW', text: 'Book', flow_id: '600000000000001', flow_action: 'data_exchange' },
			{ type: 'VOICE_CALL', text: 'Ring', ttl_minutes: 1_440 },
			{ type: 'CATALOG', text: 'View catalog' },
			{ type: 'SPM', text: 'View' },
			{ type: 'ORDER_DETAILS', text: 'Review and Pay' },
			{ type: 'REQUEST_CONTACT_INFO' },
		],
	});
});

test('cards with files of the item', () => {
	const card = (field: string) => ({
		headerBinaryField: field,
		bodyText: 'Now {price} only.',
		bodySamples: { price: '$ 9' },
		buttons: { button: [{ type: 'quick_reply', text: 'More' }] },
	});
	const { form, problems } = filled(
		{ layout: 'carousel', bodyText: 'For you:', cards: { card: [card('fern'), card('ivy')] } },
		'MARKETING',
	);
	expect(problems).toEqual([]);
	expect(form?.format).toBe('NAMED');
	expect(form?.components[1]?.['cards']).toEqual(
		['fern', 'ivy'].map((binaryField) => ({
			components: [
				{ type: 'HEADER', format: 'IMAGE', example: { header_handle: [{ binaryField }] } },
				{
					type: 'BODY',
					text: 'Now {{price}} only.',
					example: { body_text_named_params: [{ param_name: 'price', example: '$ 9' }] },
				},
				{ type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'More' }] },
			],
		})),
	);
});

test('an offer, a call and a one-time password', () => {
	const offer = filled(
		{
			layout: 'offer',
			headerFormat: 'IMAGE',
			headerFileFrom: 'handle',
			headerHandle: '4::a',
			offerText: 'Ends soon',
			bodyText: 'All ferns.',
			footerText: 'hidden',
		},
		'MARKETING',
	);
	expect(offer.problems).toEqual([]);
	expect(offer.form?.components.map(({ type }) => type)).toEqual([
		'HEADER',
		'LIMITED_TIME_OFFER',
		'BODY',
	]);
	const call = filled({ layout: 'callPermission', bodyText: 'May we call?' });
	expect(call.problems).toEqual([]);
	expect(call.form?.components.at(-1)).toEqual({ type: 'CALL_PERMISSION_REQUEST' });
	const code = filled(
		{
			otpType: 'ZERO_TAP',
			codeExpirationMinutes: '5',
			zeroTapTermsAccepted: true,
			apps: { app: [{ packageName: 'com.example.app', signatureHash: 'K8a/AINcGX7' }] },
		},
		'AUTHENTICATION',
	);
	expect(code).toEqual({
		problems: [],
		form: {
			format: 'POSITIONAL',
			components: [
				{ type: 'BODY', add_security_recommendation: true },
				{ type: 'FOOTER', code_expiration_minutes: 5 },
				{
					type: 'BUTTONS',
					buttons: [
						{
							type: 'OTP',
							otp_type: 'ZERO_TAP',
							supported_apps: [{ package_name: 'com.example.app', signature_hash: 'K8a/AINcGX7' }],
							zero_tap_terms_accepted: true,
						},
					],
				},
			],
		},
	});
});
