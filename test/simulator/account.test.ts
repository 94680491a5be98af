import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'sent=0,delivered=0,read=0']);

const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');

test('phone numbers: a list with chosen fields, one with its default fields', async () => {
	const list = await simulator.graph(
		`/${ids.businessAccount}/phone_numbers?fields=display_phone_number,verified_name`,
	);
	expect(list.body).toMatchObject({
		data: [
			{
				id: ids.phoneNumber,
				display_phone_number: '+1 555-010-0001',
				verified_name: 'Lucky Shrub',
			},
			{ id: ids.secondPhoneNumber },
		],
	});
	expect(at(list.body, 'data', 0, 'quality_rating')).toBeUndefined();
	const one = await simulator.graph(`/${ids.phoneNumber}`);
	expect(one.body).toMatchObject({ quality_rating: 'GREEN', platform_type: 'CLOUD_API' });
	const unknown = await simulator.graph(`/${ids.phoneNumber}?fields=shoe_size`);
	expect(code(unknown)).toBe(100);
	expect(textAt(unknown.body, 'error', 'message')).toContain('nonexisting field (shoe_size)');
});

test.each([
	[`${ids.phoneNumber}?fields=message_template_namespace`, 'message_template_namespace'],
	[`${ids.businessAccount}?fields=display_phone_number`, 'display_phone_number'],
	[`${ids.phoneNumber}/phone_numbers`, 'phone_numbers'],
	[`${ids.phoneNumber}/subscribed_apps`, 'subscribed_apps'],
	[`${ids.businessAccount}/whatsapp_business_profile`, 'whatsapp_business_profile'],
])('%s asks for what a node of its type does not have', async (path, field) => {
	const { body } = await simulator.graph(`/${path}`);
	expect(at(body, 'error')).toMatchObject({ code: 100, type: 'OAuthException' });
	expect(at(body, 'error', 'error_subcode')).toBeUndefined();
	expect(textAt(body, 'error', 'message')).toContain(`nonexisting field (${field}) on node type`);
});

test('the business account with nested fields', async () => {
	const answer = await simulator.graph(
		`/${ids.businessAccount}?fields=name,currency,phone_numbers{id,verified_name}`,
	);
	expect(answer.body).toEqual({
		id: ids.businessAccount,
		name: 'Lucky Shrub',
		currency: 'USD',
		phone_numbers: {
			data: [
				{ id: ids.phoneNumber, verified_name: 'Lucky Shrub' },
				{ id: ids.secondPhoneNumber, verified_name: 'Lucky Shrub Support' },
			],
		},
	});
	expect(code(await simulator.graph(`/${ids.businessAccount}?fields=phone_numbers{id`))).toBe(2500);
});

test('pages follow each other with cursors, forth and back', async () => {
	const seen: string[] = [];
	let next: string | undefined =
		`${simulator.url}/v25.0/${ids.businessAccount}/message_templates?fields=name&limit=4`;
	let last: unknown;
	while (next !== undefined) {
		const response: Response = await fetch(next, {
			headers: { authorization: 'Bearer SIMULATOR_ACCESS_TOKEN' },
		});
		last = await response.json();
		seen.push(...listAt(last, 'data').map((template) => String(template['name'])));
		const url = at(last, 'paging', 'next');
		next = typeof url === 'string' ? url : undefined;
	}
	const all = await simulator.graph(`/${ids.businessAccount}/message_templates?limit=100`);
	expect(seen).toEqual(listAt(all.body, 'data').map((template) => template['name']));
	expect(seen).toHaveLength(23);
	const before = textAt(last, 'paging', 'cursors', 'before');
	const back = await simulator.graph(
		`/${ids.businessAccount}/message_templates?fields=name&limit=4&before=${before}`,
	);
	expect(listAt(back.body, 'data').map((template) => template['name'])).toEqual(seen.slice(16, 20));
	const bad = await simulator.graph(`/${ids.businessAccount}/message_templates?after=nonsense`);
	expect(code(bad)).toBe(131059);
	expect(code(await simulator.graph(`/${ids.businessAccount}/message_templates?limit=0`))).toBe(
		100,
	);
});

test('business profile: fields on demand, changes with limits', async () => {
	const path = `/${ids.phoneNumber}/whatsapp_business_profile`;
	const read = async (): Promise<unknown> =>
		(await simulator.graph(`${path}?fields=about,email,websites,vertical`)).body;
	expect(await read()).toMatchObject({ data: [{ about: 'Succulent specialists' }] });
	const json = { messaging_product: 'whatsapp', about: 'New', websites: ['https://a.example/'] };
	expect((await simulator.graph(path, { json })).body).toEqual({ success: true });
	expect(await read()).toMatchObject({
		data: [{ about: 'New', websites: ['https://a.example/'] }],
	});
	for (const wrong of [
		{ about: 'x'.repeat(140) },
		{ websites: ['https://a', 'https://b', 'https://c'] },
		{ vertical: 'PIRACY' },
		{ colour: 'green' },
	]) {
		const answer = await simulator.graph(path, {
			json: { messaging_product: 'whatsapp', ...wrong },
		});
		expect([answer.status, code(answer)]).toEqual([400, 100]);
	}
	expect(await read()).toMatchObject({ data: [{ about: 'New' }] });
});

test('flows, catalogues, products and groups are listed', async () => {
	const flows = await simulator.graph(`/${ids.businessAccount}/flows`);
	expect(listAt(flows.body, 'data')).toMatchObject([
		{ id: ids.flow, name: 'appointment_booking', status: 'PUBLISHED' },
		{ status: 'DRAFT' },
	]);
	const catalogs = await simulator.graph(`/${ids.businessAccount}/product_catalogs`);
	expect(listAt(catalogs.body, 'data')).toMatchObject([{ id: ids.catalog }]);
	const products = await simulator.graph(
		`/${ids.catalog}/products?fields=retailer_id,name,price&limit=2`,
	);
	expect(products.body).toMatchObject({
		data: [{ retailer_id: 'SKU-ALOE', price: '$12.50' }, { retailer_id: 'SKU-JADE' }],
		paging: { next: expect.stringContaining('after=') },
	});
	const groups = await simulator.graph(`/${ids.phoneNumber}/groups`);
	expect(listAt(groups.body, 'data', 'groups')).toEqual([
		{ id: ids.group, subject: 'Plant lovers', created_at: expect.any(String) },
	]);
});

test('the clock goes no further than dates do', async () => {
	for (const ms of [1e18, 8.64e15, -1, '1000']) {
		await expect(simulator.admin('/clock', { ms })).rejects.toThrow(/: 400 .*ms: /);
	}
	expect(await simulator.admin('/clock')).toMatchObject({ offsetMs: 0 });
});

test('pricing analytics count what was delivered', async () => {
	await simulator.send();
	const template = { name: 'hello_world', language: { code: 'en_US' } };
	await simulator.send({ type: 'template', template });
	await simulator.send({ type: 'template', template, to: '+4915550200003' });
	await simulator.send({ to: '+19990131026' });
	await simulator.admin('/clock', { ms: 1000 });
	const now = Math.floor(Date.now() / 1000);
	const field = `pricing_analytics.start(${now - 3600}).end(${now + 3600}).granularity(DAILY).dimensions(["PRICING_CATEGORY","PRICING_TYPE","COUNTRY"])`;
	const answer = await simulator.graph(
		`/${ids.businessAccount}?fields=${encodeURIComponent(field)}`,
	);
	const points = listAt(answer.body, 'pricing_analytics', 'data', 0, 'data_points');
	expect(points).toHaveLength(3);
	expect(points).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ pricing_category: 'SERVICE', volume: 1, cost: 0 }),
			expect.objectContaining({
				pricing_category: 'UTILITY',
				country: 'US',
				volume: 1,
				cost: 0.004,
			}),
			expect.objectContaining({
				pricing_category: 'UTILITY',
				country: 'DE',
				volume: 1,
				cost: 0.004,
			}),
		]),
	);
	const edge = await simulator.graph(
		`/${ids.businessAccount}/pricing_analytics?start=${now - 3600}&end=${now + 3600}&granularity=DAILY`,
	);
	expect(at(edge.body, 'data', 0, 'data_points', 0, 'volume')).toBe(3);
	const bad = await simulator.graph(`/${ids.businessAccount}/pricing_analytics?start=1&end=2`);
	expect(code(bad)).toBe(100);
});

test('the account can be changed', async () => {
	await simulator.admin(
		'/account',
		{
			businessAccounts: { '29': { name: 'Second shop' } },
			phoneNumbers: { '39': { businessAccountId: '29', displayPhoneNumber: '+49 30 1234567' } },
			tokens: { OTHER: { businessAccountIds: ['29'] } },
		},
		'PATCH',
	);
	const list = await simulator.graph('/29/phone_numbers', { token: 'OTHER' });
	expect(listAt(list.body, 'data')).toMatchObject([{ id: '39' }]);
	const sent = await simulator.graph('/39/messages', {
		token: 'OTHER',
		json: {
			messaging_product: 'whatsapp',
			to: '30 7654321',
			type: 'text',
			text: { body: 'Hallo' },
		},
	});
	expect(sent.body).toMatchObject({ contacts: [{ wa_id: '49307654321' }] });
	expect(code(await simulator.graph('/39', { token: 'SIMULATOR_ACCESS_TOKEN' }))).toBe(100);
	await simulator.admin('/account', { tokens: { OTHER: null } }, 'PATCH');
	expect(code(await simulator.graph('/39', { token: 'OTHER' }))).toBe(190);
	await expect(simulator.admin('/account', { nonsense: 1 }, 'PATCH')).rejects.toThrow('nonsense');
});

test('a reset brings the default account back', async () => {
	await simulator.send();
	await simulator.admin('/account', { phoneNumbers: { [ids.phoneNumber]: null } }, 'PATCH');
	await simulator.admin('/faults', { kind: 'error' });
	await simulator.admin('/reset', {});
	expect((await simulator.send()).status).toBe(200);
	expect(await simulator.admin('/counters')).toMatchObject({ acceptedMessages: 1, requests: 1 });
});
