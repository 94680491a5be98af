/** Values that lose something along the way: line breaks, digits, members, moments. */
import { runNode, useSimulator } from '../harness';
import { accepted, credentials, itemsOf, problemOf, withoutStatuses } from './account';

const simulator = useSimulator(withoutStatuses);

const run = async (parameters: Record<string, unknown>, json: Record<string, unknown> = {}) =>
	await runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'message', recipient: '+15550100007', ...parameters },
		credentials: credentials(simulator.url),
		items: [{ json }],
		onError: 'continueRegularOutput',
	});

/** The only item's error; undefined if it was sent. */
const problem = async (...request: Parameters<typeof run>): Promise<string | undefined> =>
	problemOf(itemsOf(await run(...request))[0]);

/** The content of the only message sent. */
async function sent(...request: Parameters<typeof run>): Promise<Record<string, unknown>> {
	expect(await problem(...request)).toBeUndefined();
	const [message] = await accepted(simulator);
	return message?.body[message.type] as Record<string, unknown>;
}

const reminder = {
	operation: 'sendTemplate',
	componentsInput: 'fields',
	template: { __rl: true, mode: 'name', value: 'appointment_reminder' },
	language: 'en_US',
	templateParts: ['header', 'body'],
	headerType: 'text',
	headerText: 'Ada',
	headerParameterName: 'first_name',
	bodyVariablesInput: 'json',
};

const orderUpdate = {
	operation: 'sendTemplate',
	componentsInput: 'fields',
	template: { __rl: true, mode: 'name', value: 'order_update' },
	language: 'en_US',
	templateParts: ['header', 'body', 'buttons'],
	headerType: 'image',
	headerMediaSource: 'link',
	headerMediaLink: 'https://example.com/order.jpeg',
	buttonsInput: 'json',
	buttonsJson: '[{"type": "url", "index": 2, "text": "A-1"}]',
	bodyVariablesInput: 'json',
};

describe('a variable of a template', () => {
	test.each([
		['{"day": "Mon\\nday", "time": "10:30"}', 'Variable 1 › Text" has a line break'],
		['{"day": "Monday", "time": "10:30\\u2028"}', 'Variable 2 › Text" has a line break'],
		['{"day": "Mon\\tday", "time": "10:30"}', 'Variable 1 › Text" has a tab'],
		['{"day": "Mon     day", "time": "10:30"}', 'Variable 1 › Text" has 5 spaces in a row'],
	])('%s is refused before the request', async (bodyVariablesJson, message) => {
		const shown = await problem({ ...reminder, bodyVariablesJson });
		expect(shown).toContain(`"Body Variables › ${message}`);
		expect(shown).toContain('[item 0]');
		expect((await simulator.counters())['requests'] ?? 0).toBe(0);
	});

	test('with four spaces goes out as it is', async () => {
		const bodyVariablesJson = '{"day": "Mon    day", "time": "10:30"}';
		expect(JSON.stringify(await sent({ ...reminder, bodyVariablesJson }))).toContain('Mon    day');
	});

	test('is mended on demand, also from the item', async () => {
		const options = { variableBreaks: 'dot' };
		const item = { bodyVariables: { day: 'Mon\n\nday', time: '10:\t30' }, headerText: 'A\u2029da' };
		const template = await sent({ ...reminder, valuesFrom: 'item', options }, item);
		expect(template['components']).toMatchObject([
			{ parameters: [{ text: 'A · da' }] },
			{ parameters: [{ text: 'Mon · day' }, { text: '10: 30' }] },
		]);
	});

	test('the same from the item without the option', async () => {
		const item = { bodyVariables: { day: 'Mon\nday', time: '10:30' } };
		expect(await problem({ ...reminder, valuesFrom: 'item' }, item)).toContain(
			'"Body Variables › Variable 1 › Text" has a line break',
		);
	});

	test('by number goes by its number', async () => {
		const template = await sent({ ...orderUpdate, bodyVariablesJson: '{"2": "A-1", "1": "Ada"}' });
		expect(template['components']).toContainEqual({
			type: 'body',
			parameters: [
				{ type: 'text', text: 'Ada' },
				{ type: 'text', text: 'A-1' },
			],
		});
	});
});

describe('a number beyond 2^53', () => {
	test.each(['9007199254740992', '9007199254740993', '9400111899223100001234'])(
		'%s keeps its digits as text and in JSON',
		async (digits) => {
			const bodyVariablesJson = `[${digits}, "${digits}"]`;
			const template = await sent({ ...orderUpdate, bodyVariablesJson });
			expect(template['components']).toContainEqual({
				type: 'body',
				parameters: [
					{ type: 'text', text: digits },
					{ type: 'text', text: digits },
				],
			});
		},
	);

	test('keeps them inside the JSON of a custom message', async () => {
		const customBody = '{"type": "text", "text": {"body": 9007199254740993}}';
		expect(await sent({ operation: 'sendCustom', customBody })).toEqual({
			body: '9007199254740993',
		});
	});

	test('2^53 − 1 is none', async () => {
		expect(await sent({ text: '={{ $json.id }}' }, { id: 2 ** 53 - 1 })).toMatchObject({
			body: '9007199254740991',
		});
	});

	test.each([
		['a number of the item', { text: '={{ $json.id }}' }, { id: 2 ** 53 }],
		['an expression', { text: '={{ 9007199254740993 }}' }, {}],
		['one that computes', { text: '={{ 2 ** 53 + 1 }}' }, {}],
		[
			'a number within a text',
			{ text: 'Parcel {{ $json.id }}'.replace(/^/, '=') },
			{ id: 2 ** 60 },
		],
		['a value of the item', { valuesFrom: 'item', text: '' }, { text: 9.4e21 }],
	])('%s that has lost digits is refused', async (_, parameters, item) => {
		const shown = await problem(parameters, item);
		expect(shown).toMatch(/^"Text" is the number .*give it as text \[item 0\]/);
	});

	test('the same inside an object', async () => {
		const customBody = '={{ { type: "text", text: { body: $json.id } } }}';
		expect(await problem({ operation: 'sendCustom', customBody }, { id: 2 ** 53 })).toContain(
			'"Message (JSON) › text › body" is the number 9007199254740992',
		);
	});

	const buttons = { operation: 'sendInteractive', interactiveType: 'button', body: 'Pick' };
	const asJson = { ...buttons, buttonsInput: 'json' };

	test.each<[string, Record<string, unknown>]>([
		['JSON', { ...asJson, buttonsJson: '=[{"id": "{{ $json.id }}", "title": "A"}]' }],
		['JSON without quotes', { ...asJson, buttonsJson: '=[{"id": {{ $json.id }}, "title": "A"}]' }],
		['a row', { ...buttons, buttons: { button: [{ title: 'A', id: '={ {{ $json.id }} }' }] } }],
		[
			'a body',
			{
				operation: 'sendCustom',
				customBody: '={"type": "text", "text": {"body": "No. {{ $json.id }}"}}',
			},
		],
		[
			'a text that the expression makes',
			{ operation: 'sendText', text: '={{ "No. " + $json.id }}' },
		],
		['a call', { operation: 'sendText', text: '={{ $json.id.toString() + "/" + 1 }}' }],
		['a template string', { operation: 'sendText', text: '={{ `No. ${$json["id"]}` }}' }],
		[
			'JSON that the expression makes',
			{
				...asJson,
				buttonsJson: '={{ JSON.stringify([{ id: $json.id, title: "A" }]) }}',
			},
		],
		[
			'JSON of what the item holds',
			{
				...asJson,
				buttonsJson: '={{ JSON.stringify([{ ...$input.first().json, title: "A" }]) }}',
			},
		],
		['another node', { operation: 'sendText', text: `={{ "No. " + $('Start').item.json.id }}` }],
		['another way to the item', { operation: 'sendText', text: '=No. {{ $input.item.json.id }}' }],
	])('is not rounded by an expression within %s', async (_, parameters) => {
		const lost = await problem(parameters, { id: 9_007_199_254_740_992 });
		expect(lost).toMatch(/is the number 9007199254740992, too long to be kept digit by digit/);
		expect(await accepted(simulator)).toHaveLength(0);
		expect(await problem(parameters, { id: '9007199254740993' })).toBeUndefined();
		const [message] = await accepted(simulator);
		expect(JSON.stringify(message?.body)).toContain('9007199254740993');
	});
});

describe('JSON', () => {
	const buttons = {
		operation: 'sendInteractive',
		interactiveType: 'button',
		body: 'Pick',
		buttonsInput: 'json',
	};

	test("of Meta's own shape is taken", async () => {
		const action = { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] };
		const interactive = await sent({
			...buttons,
			buttonsJson: JSON.stringify({ type: 'button', body: { text: 'Choose' }, action }),
		});
		expect(interactive).toEqual({ type: 'button', body: { text: 'Choose' }, action });
	});

	test('with a member that nobody knows is refused, from the item as well', async () => {
		const row = { id: 'a', title: 'A', emoji: '🌵' };
		const message =
			'"Buttons › Button 1 › emoji" is not known here; known are type, title, id [item 0]';
		expect(await problem({ ...buttons, buttonsJson: JSON.stringify([row]) })).toContain(message);
		const fromItem = { ...buttons, valuesFrom: 'item' };
		expect(await problem(fromItem, { buttons: [row] })).toContain(message);
		expect(await accepted(simulator)).toEqual([]);
	});

	test('holds moments as their ISO text', async () => {
		const customBody =
			'={{ { type: "text", text: { body: DateTime.fromISO("2027-02-25T10:00:00Z", { zone: "utc" }) } } }}';
		expect(await sent({ operation: 'sendCustom', customBody })).toEqual({
			body: '2027-02-25T10:00:00.000Z',
		});
	});

	test('a moment for a text is its ISO text, too', async () => {
		expect(await sent({ text: '={{ new Date(0) }}' })).toMatchObject({
			body: '1970-01-01T00:00:00.000Z',
		});
	});
});
