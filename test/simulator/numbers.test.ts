import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=0,read=0']);

const errorOf = ({ body }: Answer) => [
	at(body, 'error', 'code'),
	at(body, 'error', 'error_subcode'),
];
const success = { success: true };
const numbers = `/${ids.businessAccount}/phone_numbers`;

const stateOf = async (id: string) => at(await simulator.admin('/account'), 'phoneNumbers', id);
const add = async (json: Record<string, unknown> = {}) =>
	await simulator.graph(numbers, {
		json: { cc: '49', phone_number: '30901820', verified_name: 'Kakteen', ...json },
	});
const advance = async (ms: number) => await simulator.admin('/clock', { ms });

describe('a number that is added', () => {
	test('is verified with the code, then registered with a PIN, then may send', async () => {
		const id = textAt((await add()).body, 'id');
		expect((await simulator.graph(`/${id}?fields=status,code_verification_status`)).body).toEqual({
			id,
			status: 'PENDING',
			code_verification_status: 'NOT_VERIFIED',
		});
		const register = async (pin: string) =>
			await simulator.graph(`/${id}/register`, { json: { messaging_product: 'whatsapp', pin } });
		expect(errorOf(await register('123456'))).toEqual([133006, undefined]);
		const asked = { code_method: 'SMS', language: 'en_US' };
		expect((await simulator.graph(`/${id}/request_code`, { json: asked })).body).toEqual(success);
		const code = textAt(await stateOf(id), 'verificationCode', 'code');
		const verify = async (given: string) =>
			await simulator.graph(`/${id}/verify_code`, { json: { code: given } });
		expect(errorOf(await verify(code === '100000' ? '200000' : '100000'))).toEqual([
			136024,
			undefined,
		]);
		expect((await verify(code)).body).toEqual(success);
		expect(errorOf(await verify(code))).toEqual([100, 2388093]);
		expect(errorOf(await register('12345'))).toEqual([100, undefined]);
		expect((await register('123456')).body).toEqual(success);
		expect(errorOf(await register('654321'))).toEqual([133005, undefined]);
		expect(at((await simulator.graph(`/${id}?fields=status,is_pin_enabled`)).body)).toEqual({
			id,
			status: 'CONNECTED',
			is_pin_enabled: true,
		});
	});

	test('with a code that has expired is not verified', async () => {
		const id = textAt((await add()).body, 'id');
		await simulator.graph(`/${id}/request_code`, {
			json: { code_method: 'VOICE', language: 'de' },
		});
		const code = textAt(await stateOf(id), 'verificationCode', 'code');
		await advance(11 * 60_000);
		const answer = await simulator.graph(`/${id}/verify_code`, { json: { code } });
		expect(errorOf(answer)).toEqual([136024, undefined]);
		expect(textAt(answer.body, 'error', 'error_data', 'details')).toContain('has expired');
	});

	test.each([
		[{ cc: '1', phone_number: '5550100001' }, [100, 2388012]],
		[{ cc: '' }, [100, undefined]],
		[{ phone_number: '+49 30 901820' }, [100, undefined]],
		[{ verified_name: 'K' }, [100, undefined]],
	])('as %j is refused', async (json, error) => expect(errorOf(await add(json))).toEqual(error));
});

test('a number that is deregistered sends nothing, and may not come and go at will', async () => {
	const call = async (edge: string) =>
		await simulator.graph(`/${ids.phoneNumber}/${edge}`, {
			json: { messaging_product: 'whatsapp', pin: '123456' },
		});
	expect((await call('deregister')).body).toEqual(success);
	expect(errorOf(await call('deregister'))).toEqual([133010, undefined]);
	const sent = await simulator.graph(`/${ids.phoneNumber}/messages`, {
		json: { messaging_product: 'whatsapp', to: '+15550200001', text: { body: 'Hi' } },
	});
	expect(errorOf(sent)).toEqual([133010, undefined]);
	for (let turn = 0; turn < 9; turn++) await call(turn % 2 === 0 ? 'register' : 'deregister');
	expect(errorOf(await call('deregister'))).toEqual([133016, undefined]);
	await advance(73 * 3_600_000);
	expect((await call('deregister')).body).toEqual(success);
});

test('PIN, display name and visibility are set by a POST to the number', async () => {
	const set = async (json: Record<string, unknown>) =>
		await simulator.graph(`/${ids.phoneNumber}`, { json });
	for (const json of [
		{ pin: '000123' },
		{ new_display_name: 'Lucky Cactus' },
		{ search_visibility: 'HIDDEN' },
	]) {
		expect((await set(json)).body).toEqual(success);
	}
	const fields = 'is_pin_enabled,new_display_name,new_name_status,search_visibility';
	expect((await simulator.graph(`/${ids.phoneNumber}?fields=${fields}`)).body).toMatchObject({
		is_pin_enabled: true,
		new_display_name: 'Lucky Cactus',
		new_name_status: 'PENDING_REVIEW',
		search_visibility: 'HIDDEN',
	});
	for (const wrong of [{ pin: '12345' }, { new_display_name: 'x' }, { colour: 'green' }, {}]) {
		expect(errorOf(await set(wrong))).toEqual([100, undefined]);
	}
});

test('ice breakers and commands replace those before, within their limits', async () => {
	const path = `/${ids.phoneNumber}/conversational_automation`;
	const commands = [{ command_name: 'order', command_description: 'Order a plant' }];
	expect((await simulator.graph(path, { json: { prompts: ['Hours?'], commands } })).body).toEqual(
		success,
	);
	expect((await simulator.graph(path, { json: { prompts: ['Prices?'] } })).body).toEqual(success);
	expect((await simulator.graph(path)).body).toEqual({
		id: ids.phoneNumber,
		prompts: ['Prices?'],
		commands,
	});
	for (const wrong of [
		{ prompts: ['1', '2', '3', '4', '5'] },
		{ prompts: ['x'.repeat(81)] },
		{ prompts: ['Hours? 🌵'] },
		{ commands: [{ command_name: 'order', command_description: '' }] },
	]) {
		expect(errorOf(await simulator.graph(path, { json: wrong }))).toEqual([100, undefined]);
	}
});

test('message links: made, listed, changed and deleted', async () => {
	const path = `/${ids.phoneNumber}/message_qrdls`;
	const made = await simulator.graph(path, {
		json: { prefilled_message: 'Hello', generate_qr_image: 'PNG' },
	});
	const code = textAt(made.body, 'code');
	expect(code).toMatch(/^[A-Z2-7]{14}$/);
	expect(made.body).toEqual({
		code,
		prefilled_message: 'Hello',
		deep_link_url: `https://wa.me/message/${code}`,
		qr_image_url: expect.stringMatching(/\.png$/),
	});
	const changed = await simulator.graph(path, { json: { code, prefilled_message: 'Hi' } });
	expect(changed.body).toMatchObject({ code, prefilled_message: 'Hi' });
	const list = await simulator.graph(`${path}?fields=code,qr_image_url.format(SVG)`);
	expect(listAt(list.body, 'data')).toEqual([
		{ code, qr_image_url: expect.stringMatching(/\.svg$/) },
	]);
	const one = await simulator.graph(`${path}/${code}`);
	expect(at(one.body, 'data', 0, 'prefilled_message')).toBe('Hi');
	expect((await simulator.graph(`${path}/${code}`, { method: 'DELETE' })).body).toEqual(success);
	expect(errorOf(await simulator.graph(`${path}/${code}`))).toEqual([100, 33]);
	const long = await simulator.graph(path, { json: { prefilled_message: 'x'.repeat(141) } });
	expect(errorOf(long)).toEqual([100, undefined]);
});

test('a username is free, held by another number of the account, or of another business', async () => {
	const claim = async (id: string, json: Record<string, unknown>) =>
		await simulator.graph(`/${id}/username`, { json });
	expect((await claim(ids.phoneNumber, { username: 'luckyshrub' })).body).toEqual({
		status: 'approved',
	});
	expect((await simulator.graph(`/${ids.phoneNumber}/username`)).body).toEqual({
		username: 'luckyshrub',
		status: 'approved',
	});
	const taken = await claim(ids.secondPhoneNumber, { username: 'luckyshrub' });
	expect(errorOf(taken)).toEqual([147005, undefined]);
	const moved = { username: 'luckyshrub', transfer_action: 'force_transfer' };
	expect((await claim(ids.secondPhoneNumber, moved)).body).toEqual({ status: 'approved' });
	expect((await simulator.graph(`/${ids.phoneNumber}/username`)).body).toEqual({});
	await simulator.admin(
		'/account',
		{
			businessAccounts: { '200000000000009': {} },
			phoneNumbers: {
				'300000000000009': { businessAccountId: '200000000000009', username: 'acme' },
			},
		},
		'PATCH',
	);
	expect(errorOf(await claim(ids.phoneNumber, { username: 'acme' }))).toEqual([147001, undefined]);
	for (const username of ['ab', 'www.shrub', 'shrub.com', '12345', 'a..b']) {
		expect(errorOf(await claim(ids.phoneNumber, { username }))).toEqual([100, undefined]);
	}
	const { body } = await simulator.graph(`/${ids.phoneNumber}/username_suggestions`);
	expect(at(body, 'data', 0, 'username_suggestions', 0)).toBe('luckyshrub');
});

test('commerce settings come in the query', async () => {
	const path = `/${ids.phoneNumber}/whatsapp_commerce_settings`;
	const settings = async () => at((await simulator.graph(path)).body, 'data', 0);
	expect(await settings()).toEqual({
		id: ids.phoneNumber,
		is_cart_enabled: true,
		is_catalog_visible: false,
	});
	await simulator.graph(`${path}?is_cart_enabled=false&is_catalog_visible=true`, { json: {} });
	expect(await settings()).toMatchObject({ is_cart_enabled: false, is_catalog_visible: true });
	const wrong = await simulator.graph(`${path}?is_cart_enabled=perhaps`, { json: {} });
	expect(errorOf(wrong)).toEqual([100, undefined]);
});

test('the health of a number is that of the worst of what it needs', async () => {
	const health = async (id: string) =>
		at((await simulator.graph(`/${id}?fields=health_status`)).body, 'health_status');
	expect(await health(ids.phoneNumber)).toMatchObject({
		can_send_message: 'AVAILABLE',
		entities: [
			{ entity_type: 'PHONE_NUMBER', id: ids.phoneNumber },
			{ entity_type: 'WABA', id: ids.businessAccount },
			{ entity_type: 'BUSINESS' },
			{ entity_type: 'APP', id: ids.app },
		],
	});
	await simulator.admin(
		'/account',
		{
			businessAccounts: { [ids.businessAccount]: { hasPaymentMethod: false } },
			phoneNumbers: {
				[ids.phoneNumber]: {
					health: { canSend: 'BLOCKED', errors: [{ error_code: 141002 }] },
				},
			},
		},
		'PATCH',
	);
	expect(await health(ids.phoneNumber)).toMatchObject({ can_send_message: 'BLOCKED' });
	expect(await health(ids.businessAccount)).toMatchObject({
		can_send_message: 'LIMITED',
		entities: [{ entity_type: 'WABA', errors: [{ error_code: 141006 }] }, {}, {}],
	});
});
