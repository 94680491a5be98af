import { templatesPath as path, type Parts } from './support/definitions';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const post = async (at: string, json: Parts = {}): Promise<Answer> =>
	await simulator.graph(`/${at}`, { json });
const idNamed = async (name: string): Promise<string> =>
	textAt((await simulator.graph(`${path}?name=${name}`)).body, 'data', 0, 'id');
const send = async (name: string, parts: Parts = {}): Promise<Answer> =>
	await simulator.graph(`/${ids.phoneNumber}/messages`, {
		json: {
			messaging_product: 'whatsapp',
			to: '+15550200001',
			type: 'template',
			template: { name, language: { code: 'en_US' }, ...parts },
		},
	});

describe('the library', () => {
	const list = async (query: string): Promise<unknown[]> =>
		listAt(
			(await simulator.graph(`/message_template_library?limit=100&${query}`)).body,
			'data',
		).map(({ name, language }) => `${String(name)} ${String(language)}`);

	test('is searched and filtered', async () => {
		expect(await list('')).toHaveLength(10);
		expect(await list('language=de')).toEqual(['delivery_update_1 de']);
		expect(await list('search=overdue')).toEqual(['payment_overdue_1 en_US']);
		expect(await list('name_or_content=the%20card')).toEqual(['fraud_alert_1 en_US']);
		expect(await list('topic=payments&industry=E_COMMERCE')).toEqual(['payment_overdue_1 en_US']);
		expect(await list('usecase=ORDER_PICK_UP')).toEqual(['order_pick_up_1 en_US']);
		expect(await list('category=authentication')).toEqual(['verify_code_1 en_US']);
		expect(await list('topic=group_invite_link')).toEqual(['group_invite_link_1 en_US']);
	});

	const fromLibrary = async (parts: Parts): Promise<Answer> =>
		await post(`${ids.businessAccount}/message_templates`, {
			name: 'mine',
			language: 'en_US',
			category: 'UTILITY',
			...parts,
		});
	const link = {
		type: 'URL',
		url: { base_url: 'https://a.example/{{1}}', url_suffix_example: 'https://a.example/x' },
	};

	test('makes a template that is approved at once', async () => {
		const answer = await fromLibrary({
			library_template_name: 'delivery_update_1',
			library_template_button_inputs: [link],
			library_template_body_inputs: { add_contact_number: true },
		});
		expect(answer.body).toMatchObject({ status: 'APPROVED', category: 'UTILITY' });
		const fields = 'components,library_template_name';
		const shown = await simulator.graph(`/${textAt(answer.body, 'id')}?fields=${fields}`);
		expect(shown.body).toMatchObject({
			library_template_name: 'delivery_update_1',
			components: [
				{ format: 'TEXT' },
				{ text: expect.stringContaining('Call us'), example: { body_text: [expect.any(Array)] } },
				{ buttons: [{ text: 'Track delivery', url: 'https://a.example/{{1}}' }] },
			],
		});
	});

	test('takes the inputs as text, too, and makes codes', async () => {
		const phone = "[{'type': 'PHONE_NUMBER', 'phone_number': '+16315551010'}]";
		const call = await fromLibrary({
			library_template_name: 'payment_overdue_1',
			library_template_button_inputs: phone,
		});
		expect(call.status).toBe(200);
		const password = await fromLibrary({
			name: 'code',
			category: 'AUTHENTICATION',
			library_template_name: 'verify_code_1',
			library_template_body_inputs: { code_expiration_minutes: 5 },
		});
		expect((await simulator.graph(`/${textAt(password.body, 'id')}`)).text).toContain('5 minutes');
	});

	test.each<[string, Parts, number]>([
		['an unknown one', { library_template_name: 'delivery_update_99' }, 100],
		['another language', { library_template_name: 'fraud_alert_1', language: 'fr' }, 100],
		['another category', { library_template_name: 'verify_code_1' }, 100],
		['no address for its button', { library_template_name: 'delivery_update_1' }, 2388043],
		[
			'inputs of no form',
			{ library_template_name: 'fraud_alert_1', library_template_button_inputs: '{x' },
			100,
		],
	])('refuses %s', async (_name, parts, expected) => {
		const answer = await fromLibrary(parts);
		expect(at(answer.body, 'error', 'error_subcode') ?? code(answer)).toBe(expected);
	});

	test('checks the values that its templates are sent with', async () => {
		await fromLibrary({
			library_template_name: 'low_balance_warning_1',
			library_template_button_inputs: [
				{ type: 'URL', url: { base_url: 'https://a.example/' } },
				{ type: 'PHONE_NUMBER', phone_number: '+16315551010' },
			],
		});
		const outcome = async (...texts: string[]): Promise<unknown> => {
			const parameters = texts.map((text) => ({ type: 'text', text }));
			const answer = await send('mine', { components: [{ type: 'body', parameters }] });
			return answer.status === 200 ? 200 : code(answer);
		};
		expect(await outcome('Jim', '1234', '$75.00')).toBe(200);
		expect(await outcome('Jim', '12 34', '$75.00')).toBe(132018);
		expect(await outcome('Jim', '1234', 'plenty')).toBe(132018);
	});
});

describe('passwords in several languages', () => {
	const components = [
		{ type: 'BODY', add_security_recommendation: true },
		{ type: 'FOOTER', code_expiration_minutes: 10 },
		{ type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
	];
	const upsert = async (parts: Parts = {}): Promise<Answer> =>
		await post(`${ids.businessAccount}/upsert_message_templates`, {
			name: 'login_code',
			languages: ['en_US', 'es_ES', 'fr'],
			category: 'AUTHENTICATION',
			components,
			...parts,
		});

	test('are made or replaced, and approved', async () => {
		const before = await idNamed('login_code');
		const answer = await upsert();
		expect(listAt(answer.body, 'data').map(({ language, status }) => [language, status])).toEqual([
			['en_US', 'APPROVED'],
			['es_ES', 'APPROVED'],
			['fr', 'APPROVED'],
		]);
		expect(at(answer.body, 'data', 0, 'id')).toBe(before);
		expect((await simulator.graph(`${path}?name=login_code&language=fr`)).text).toContain(
			'Votre code',
		);
		expect(code(await upsert({ category: 'UTILITY' }))).toBe(100);
		expect(code(await upsert({ languages: [] }))).toBe(100);
	});

	test('are shown before they are made', async () => {
		const query =
			'category=AUTHENTICATION&languages=en_US,es&add_security_recommendation=true&code_expiration_minutes=10&button_types=OTP';
		const answer = await simulator.graph(
			`/${ids.businessAccount}/message_template_previews?${query}`,
		);
		expect(listAt(answer.body, 'data')).toMatchObject([
			{
				language: 'en_US',
				footer: 'This code expires in 10 minutes.',
				buttons: [{ text: 'Copy code' }],
			},
			{ language: 'es', body: expect.stringContaining('Tu código') },
		]);
		const bare = `/${ids.businessAccount}/message_template_previews`;
		expect(code(await simulator.graph(bare))).toBe(100);
	});
});
