import { at, textAt } from './support/json';
import { ids, useSimulator } from './support/simulator';
import {
	appointment,
	body,
	button,
	card,
	carousel,
	header,
	image,
	name,
	order,
	template,
	track,
	words,
	type Parts,
} from './support/template';

const simulator = useSimulator(['--timing', 'off'], 'first');

const inBody = (text: string): Parts =>
	template('order_update', [header(image), body(...words('Ana', text)), track]);

test.each([
	['a line break', 'two\nlines', 132018],
	['a line break of Windows', 'two\r\nlines', 132018],
	['a carriage return', 'two\rlines', 132018],
	['a tab', 'two\tcolumns', 132018],
	['a line break at the end', 'line\n', 132018],
	['five spaces', `a${' '.repeat(5)}b`, 132018],
	['four spaces', `a${' '.repeat(4)}b`, 200],
	['four spaces, twice', `a${' '.repeat(4)}b${' '.repeat(4)}c`, 200],
])('a variable with %s', async (_what, text, expected) => {
	expect(await simulator.outcome(inBody(text))).toBe(expected);
});

const bad = 'first\nsecond';
test.each<[string, Parts]>([
	[
		'of the header',
		template('appointment_reminder', [header(name('first_name', bad)), ...appointment.slice(1)]),
	],
	[
		'of the body, by name',
		template('appointment_reminder', [
			...appointment.slice(0, 1),
			body(name('day', bad), name('time', '10:30')),
		]),
	],
	[
		'of a card',
		template(
			'summer_carousel',
			carousel(card(0), card(1), {
				card_index: 2,
				components: [header(image), body(...words(bad)), button('url', 1, ...words('x'))],
			}),
		),
	],
	[
		'beside a currency',
		template('order_update', [
			header(image),
			body(...words('Ana'), {
				type: 'currency',
				currency: { fallback_value: '$\t1', code: 'USD', amount_1000: 1000 },
			}),
			track,
		]),
	],
])('a variable %s has no line break', async (_where, parts) => {
	expect(await simulator.outcome(parts)).toBe(132018);
});

test('a variable is looked at without a stored template, too', async () => {
	await simulator.admin('/settings', { strictReferences: false }, 'PATCH');
	const answer = await simulator.send(template('elsewhere', [body(...words(bad))]));
	await simulator.admin('/settings', { strictReferences: true }, 'PATCH');
	expect(at(answer.body, 'error', 'code')).toBe(132018);
});

test('the details of 132018 are in the words of Meta', async () => {
	const answer = await simulator.send(inBody(bad));
	expect(textAt(answer.body, 'error', 'message')).toBe(
		'(#132018) There was an issue with the parameters in your template',
	);
	expect(textAt(answer.body, 'error', 'error_data', 'details')).toBe(
		'body: parameters[1]: Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
	);
});

const group = (group_id: string): Parts => ({ type: 'group_id', group_id });
test.each<[string, Parts, number]>([
	['a group', template('group_invitation', [body(group(ids.group))]), 200],
	['an unknown group', template('group_invitation', [body(group('Y2FwaXRhbA'))]), 131041],
	['no group ID', template('group_invitation', [body({ type: 'group_id' })]), 131008],
	[
		'a group in a header',
		template('appointment_reminder', [header(group(ids.group)), ...appointment.slice(1)]),
		132012,
	],
])('group_id with %s', async (_what, parts, expected) => {
	expect(await simulator.outcome(parts)).toBe(expected);
});

const payment = (index: number | undefined, setting: Parts): Parts => ({
	type: 'button',
	sub_type: 'payment_request',
	...(index === undefined ? {} : { index }),
	parameters: [{ type: 'action', action: { payment_request: { payment_setting: setting } } }],
});
const pix = payment(0, { type: 'pix_dynamic_code', pix_dynamic_code: { code: '00020101br.gov' } });
const boleto = payment(1, {
	type: 'boleto',
	boleto: { digitable_line: '03399026944140000002628' },
});
const payLink = payment(2, {
	type: 'payment_link',
	payment_link: { uri: 'https://pay.example/1' },
});
const bill = (...buttons: Parts[]): Parts =>
	template('payment_choice', [body(...words('Ana')), ...buttons], 'pt_BR');

test.each<[string, Parts, number]>([
	['all three ways', bill(pix, boleto, payLink), 200],
	['capitals', bill({ ...pix, type: 'BUTTON', sub_type: 'PAYMENT_REQUEST' }, boleto, payLink), 200],
	['one of three left out', bill(pix, boleto), 131008],
	['no index', bill(payment(undefined, { type: 'boleto' }), boleto, payLink), 131008],
	['the wrong way for its button', bill({ ...boleto, index: 0 }, boleto, payLink), 132012],
	['an unknown way', bill(payment(0, { type: 'cash', cash: {} }), boleto, payLink), 131009],
	['no code', bill(payment(0, { type: 'pix_dynamic_code' }), boleto, payLink), 131008],
	[
		'an empty code',
		bill(payment(0, { type: 'pix_dynamic_code', pix_dynamic_code: { code: '' } }), boleto, payLink),
		131009,
	],
	[
		'a link that is none',
		bill(pix, boleto, payment(2, { type: 'payment_link', payment_link: { uri: 'pay me' } })),
		131009,
	],
	[
		'no action',
		bill({ ...pix, parameters: [{ type: 'text', text: 'x' }] }, boleto, payLink),
		132012,
	],
])('a payment request with %s', async (_what, parts, expected) => {
	expect(await simulator.outcome(parts)).toBe(expected);
});

const call = (parts: Parts): Parts => ({
	type: 'button',
	sub_type: 'voice_call',
	parameters: [{ type: 'ttl_minutes', ttl_minutes: 100 }],
	...parts,
});
test.each<[string, Parts, number]>([
	['no index', call({}), 200],
	['its index', call({ index: 1 }), 200],
	['the index of another', call({ index: 0 }), 132012],
	['a life of no minutes', call({ parameters: [{ type: 'ttl_minutes', ttl_minutes: 0 }] }), 131009],
])('a call button with %s', async (_what, parts, expected) => {
	expect(await simulator.outcome(template('call_back', [parts]))).toBe(expected);
});
test('a call button without index, where the template has none, is refused', async () => {
	expect(await simulator.outcome(template('order_update', [...order, call({})]))).toBe(132000);
});
