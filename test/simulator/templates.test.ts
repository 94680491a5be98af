import { Callback } from './support/callback';
import { at, listAt, textAt } from './support/json';
import { ids, useSimulator, type Answer } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

type Parts = Record<string, unknown>;
const path = `/${ids.businessAccount}/message_templates`;
const code = (answer: Answer): unknown => at(answer.body, 'error', 'code');
const body = (text: string): Parts => ({ type: 'BODY', text });

const definition = (components: Parts[], parts: Parts = {}): Parts => ({
	name: 'greeting',
	language: 'en',
	category: 'UTILITY',
	components,
	...parts,
});
const create = async (components: Parts[], parts: Parts = {}): Promise<Answer> =>
	await simulator.graph(path, { json: definition(components, parts) });
const named = async (name: string): Promise<Parts[]> =>
	listAt((await simulator.graph(`${path}?name=${name}`)).body, 'data');
const buttons = (...list: Parts[]): Parts => ({ type: 'BUTTONS', buttons: list });
const quickReply = (text: string): Parts => ({ type: 'QUICK_REPLY', text });
const url = (address: string): Parts => ({ type: 'URL', text: 'Go', url: address });

test('lists with filters', async () => {
	const names = async (query: string): Promise<unknown[]> =>
		listAt((await simulator.graph(`${path}?fields=name&limit=50${query}`)).body, 'data').map(
			(template) => template['name'],
		);
	expect(await names('')).toHaveLength(20);
	expect(await names('&status=PAUSED,REJECTED')).toEqual(['paused_offer', 'rejected_offer']);
	expect(await names('&category=AUTHENTICATION')).toEqual(['login_code']);
	expect(await names('&language=de')).toEqual(['invoice_document']);
	expect(await names('&name=offer')).toHaveLength(4);
	expect(await names('&name_or_content=gets%20nothing')).toEqual([]);
	expect(await names('&content=verification')).toEqual(['login_code']);
});

test('a new template is looked at, approved and announced', async () => {
	const callback = await new Callback().start();
	try {
		const webhook = { callbackUrl: callback.url, fields: ['message_template_status_update'] };
		await simulator.admin('/account', { webhook }, 'PATCH');
		const answer = await create([body('Hello {{1}}, welcome.')]);
		const id = textAt(answer.body, 'id');
		expect(answer.body).toEqual({ id, status: 'PENDING', category: 'UTILITY' });
		const use = { type: 'template', template: { name: 'greeting', language: { code: 'en' } } };
		expect(code(await simulator.send(use))).toBe(132001);
		await simulator.admin('/clock', { ms: 1000 });
		await callback.until((received) => received.length === 1);
		expect(callback.received[0]).toMatchObject({
			field: 'message_template_status_update',
			value: {
				event: 'APPROVED',
				message_template_name: 'greeting',
				message_template_language: 'en',
			},
		});
		expect(code(await simulator.send(use))).toBe(132000);
		expect((await simulator.graph(`/${id}`)).body).toMatchObject({
			id,
			name: 'greeting',
			status: 'APPROVED',
			components: [{ type: 'BODY', text: 'Hello {{1}}, welcome.' }],
		});
	} finally {
		await callback.stop();
	}
});

test('a template is edited and looked at again', async () => {
	const [hello] = await named('hello_world');
	const id = textAt(hello, 'id');
	const edit = async (json: Parts): Promise<Answer> => await simulator.graph(`/${id}`, { json });
	expect((await edit({ components: [body('Good day.')] })).body).toMatchObject({ success: true });
	expect(await named('hello_world')).toMatchObject([
		{ status: 'PENDING', components: [{ text: 'Good day.' }] },
	]);
	expect(code(await edit({ components: [body('Too early.')] }))).toBe(100);
	await simulator.admin('/clock', { ms: 1000 });
	expect(code(await edit({ category: 'MARKETING' }))).toBe(100);
	expect(await named('hello_world')).toMatchObject([{ status: 'APPROVED' }]);
});

test('deleting by name takes all languages, by ID one', async () => {
	await create([body('Hello.')]);
	const german = textAt((await create([body('Hallo.')], { language: 'de' })).body, 'id');
	const remove = async (query: string): Promise<Answer> =>
		await simulator.graph(`${path}?${query}`, { method: 'DELETE' });
	await remove(`name=greeting&hsm_id=${german}`);
	expect(await named('greeting')).toMatchObject([{ language: 'en' }]);
	await create([body('Hallo.')], { language: 'de' });
	expect((await remove('name=greeting')).body).toEqual({ success: true });
	expect(await named('greeting')).toEqual([]);
	expect(code(await remove('name=greeting'))).toBe(100);
	expect(code(await remove('hsm_id=1'))).toBe(100);
});

test.each<[string, Parts[], Parts]>([
	['a body of 1024', [body('x'.repeat(1024))], {}],
	[
		'a header of 60 and a footer of 60',
		[
			{ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(60) },
			body('Hi'),
			{ type: 'FOOTER', text: 'x'.repeat(60) },
		],
		{},
	],
	[
		'a picture with its handle',
		[{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::abc'] } }, body('Hi')],
		{},
	],
	['10 quick replies', [body('Hi'), buttons(...'abcdefghij'.split('').map(quickReply))], {}],
	['a link with one variable', [body('Hi'), buttons(url('https://a.example/{{1}}'))], {}],
	['named parameters', [body('Hi {{first_name}}.')], { parameter_format: 'NAMED' }],
	[
		'a one-time password',
		[
			{ type: 'BODY', add_security_recommendation: true },
			buttons({ type: 'OTP', otp_type: 'COPY_CODE' }),
		],
		{ category: 'AUTHENTICATION' },
	],
])('taken: %s', async (_name, components, parts) => {
	expect((await create(components, parts)).status).toBe(200);
});

test.each<[string, Parts[], Parts, number]>([
	['a name with capitals', [body('Hi')], { name: 'Greeting' }, 2388046],
	['a name of 513', [body('Hi')], { name: 'x'.repeat(513) }, 2388046],
	['no language', [body('Hi')], { language: undefined }, 100],
	['an unknown category', [body('Hi')], { category: 'SPAM' }, 100],
	['no body', [{ type: 'FOOTER', text: 'x' }], {}, 100],
	['an unknown component', [body('Hi'), { type: 'SOUND' }], {}, 100],
	['a name and language twice', [body('Hi')], { name: 'hello_world', language: 'en_US' }, 2388024],
	['a body of 1025', [body('x'.repeat(1025))], {}, 2388040],
	['a footer of 61', [body('Hi'), { type: 'FOOTER', text: 'x'.repeat(61) }], {}, 2388040],
	[
		'a header of 61',
		[{ type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }, body('Hi')],
		{},
		2388040,
	],
	[
		'a header with two variables',
		[{ type: 'HEADER', format: 'TEXT', text: '{{1}} {{2}}' }, body('Hi')],
		{},
		2388047,
	],
	['a header without its text', [{ type: 'HEADER', format: 'TEXT' }, body('Hi')], {}, 2388047],
	['a picture without sample', [{ type: 'HEADER', format: 'IMAGE' }, body('Hi')], {}, 2388047],
	['a variable at the beginning', [body('{{1}} is here.')], {}, 2388299],
	['a variable at the end', [body('Hello {{1}}')], {}, 2388299],
	['a gap in the numbers', [body('Hi {{1}} and {{3}}.')], {}, 2388072],
	['11 buttons', [body('Hi'), buttons(...'abcdefghijk'.split('').map(quickReply))], {}, 100],
	['3 links', [body('Hi'), buttons(url('https://a'), url('https://b'), url('https://c'))], {}, 100],
	[
		'mixed quick replies',
		[body('Hi'), buttons(quickReply('a'), url('https://a'), quickReply('b'))],
		{},
		100,
	],
	['a button of 26', [body('Hi'), buttons(quickReply('x'.repeat(26)))], {}, 2388040],
	['a variable inside a link', [body('Hi'), buttons(url('https://a/{{1}}/b'))], {}, 100],
	[
		'an offer of 17',
		[{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'x'.repeat(17) } }, body('Hi')],
		{},
		2388040,
	],
	['a password without button', [{ type: 'BODY' }], { category: 'AUTHENTICATION' }, 100],
])('refused: %s', async (_name, components, parts, expected) => {
	const answer = await create(components, parts);
	const subcode = at(answer.body, 'error', 'error_subcode');
	expect([answer.status, subcode ?? code(answer)]).toEqual([400, expected]);
	expect(code(answer)).toBe(100);
});

test('an account has up to 250 templates', async () => {
	const templates = Array.from({ length: 230 }, (_, index) => ({
		name: `t${index}`,
		language: 'en',
		components: [body('Hi')],
	}));
	await simulator.admin('/account', { templates }, 'PATCH');
	expect(at((await create([body('Hi')])).body, 'error', 'error_subcode')).toBe(2388019);
});
