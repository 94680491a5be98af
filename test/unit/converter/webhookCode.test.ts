import { converted, node, workflow } from './oldWorkflow';

/** What Meta posts, and the item of the trigger for it. */
const value = {
	messaging_product: 'whatsapp',
	metadata: { phone_number_id: '106540352242922' },
	contacts: [{ wa_id: '15551234567', profile: { name: 'Ada' } }],
	messages: [{ id: 'wamid.1', from: '15551234567', type: 'text', text: { body: 'Hi' } }],
};
const request = {
	headers: { host: 'n8n.test' },
	params: {},
	query: {},
	body: {
		object: 'whatsapp_business_account',
		entry: [{ id: '102290129340398', changes: [{ field: 'messages', value }] }],
	},
};
const event = { ...value, field: 'messages' };

/** A bot whose Code node gets the request of the Webhook node. */
const bot = (jsCode: string, more: object = {}) =>
	converted(
		workflow(
			[
				node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
				node('Read', 'code', { jsCode, ...more }),
				node('Answer', 'whatsApp', {
					operation: 'send',
					phoneNumberId: '106540352242922',
					recipientPhoneNumber: '={{ $json.from }}',
					textBody: '={{ $json.text }}',
				}),
			],
			[
				['Events', 'Read'],
				['Read', 'Answer'],
			],
		),
	);

/** Runs the code of a Code node as n8n does, with one item. */
function run(code: string, json: object): unknown {
	const items = [{ json: structuredClone(json) }];
	const $input = { all: () => items, first: () => items[0], last: () => items[0], item: items[0] };
	const named = () => $input;
	// The code under test is a text of the workflow.
	// eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
	return new Function('$input', '$json', 'items', 'item', '$', code)(
		$input,
		items[0]?.json,
		items,
		items[0],
		named,
	) as unknown;
}

const codeOf = (jsCode: string): string => {
	const { parameters } = bot(jsCode).nodeOf('Read');
	return (parameters as { jsCode: string }).jsCode;
};

describe('code that takes the request apart gives what it gave before', () => {
	test.each([
		"const body = $json.body; const v = body.entry?.[0]?.changes?.[0]?.value; return { from: v.messages[0].from, name: v.contacts?.[0]?.profile?.name ?? '' };",
		'const data = $input.first().json; const change = data.body.entry[0].changes[0]; return [change.field, change.value.messages[0].text.body];',
		'const { body } = $input.item.json; return body.entry[0].changes[0].value.messages.length;',
		'const body = items[0].json.body || {}; return body.object === "whatsapp_business_account" ? body.entry[0].changes[0].value.messages[0] : null;',
		'return $input.all().map((i) => i.json.body.entry[0].changes[0].value.messages[0].id);',
		'const out = []; for (const row of $input.all()) { for (const e of row.json.body.entry) for (const c of e.changes) out.push(c.value.messages[0].id); } return out;',
		'const first = $input.first();\nreturn first.json.body.entry[0].changes[0].value.metadata.phone_number_id;',
		"const query = $json.query || {}; if (query['hub.mode'] === 'subscribe') return 'challenge'; return $json.body.entry.length + $json.body.entry[0].changes[0].value.messages[0].id;",
		"const changes = $('Events').first().json.body.entry[0].changes; return changes[0].value.contacts[0].wa_id;",
	])('%s', (jsCode) => {
		const now = codeOf(jsCode);
		expect(bot(jsCode).nodeOf('Events').type).toBe('n8n-nodes-whatsapp-cloud.whatsAppCloudTrigger');
		expect(run(now, event)).toEqual(run(jsCode, request));
	});
});

describe('told, since it is lost or was not followed', () => {
	test.each([
		[
			"const sign = $json.headers['x-hub-signature-256']; return $json.body.entry[0].changes[0].value",
			'reads headers["x-hub-signature-256"]',
		],
		['return [$json.body.entry[0].id, $json.body.entry[0].changes[0].value]', 'entry[0].id'],
	])('%s', (jsCode, text) => {
		expect(bot(jsCode).textsOf('toDo', 'Read')).toContainEqual(expect.stringContaining(text));
	});

	test('code after a send that reads its items in a way of its own', () => {
		const { textsOf } = converted(
			workflow(
				[
					node('Send', 'whatsApp', { operation: 'send', textBody: 'Hi' }),
					node('Read', 'code', { jsCode: 'return pick($input.all()).messages' }),
				],
				[['Send', 'Read']],
			),
		);
		expect(textsOf('toDo', 'Read')).toEqual([
			expect.stringContaining('reads messages in a way that was not followed'),
		]);
	});
});

test('a whole item in an expression is put together again', () => {
	const { nodeOf } = converted(
		workflow(
			[
				node('Send', 'whatsApp', { operation: 'send', textBody: 'Hi' }),
				node('Log', 'set', { value: '={{ JSON.stringify($json) }} {{ $json.messages.length }}' }),
			],
			[['Send', 'Log']],
		),
	);
	expect(nodeOf('Log').parameters).toEqual({
		value:
			'={{ JSON.stringify(({ ...$json, messages: [{ id: $json?.messageId }], contacts: [{ wa_id: $json?.recipient?.waId, input: $json?.recipient?.input }] })) }} {{ ([{ id: $json?.messageId }]).length }}',
	});
});

test('items of another node by names of the code', () => {
	const sends = ['Send', 'Other'].map((name) =>
		node(name, 'whatsApp', { operation: 'send', textBody: 'Hi' }),
	);
	const next = (jsCode: string) =>
		converted(
			workflow(
				[
					...sends,
					node('Between', 'set', {}, { typeVersion: 3.4 }),
					node('Next', 'code', { jsCode }),
				],
				[
					['Send', 'Between'],
					['Between', 'Next'],
				],
			),
		).nodeOf('Next').parameters;
	expect(
		next(`const ids = $('Send').all().map((r) => r.json.messages[0].id); return r.json.messages;`),
	).toEqual({
		jsCode: `const ids = $('Send').all().map((r) => r.json.messageId); return ([{ id: r.json?.messageId }]);`,
	});
	expect(next('const s = $("Other").first();\nreturn s.json.contacts[0].wa_id')).toEqual({
		jsCode: 'const s = $("Other").first();\nreturn s.json.recipient.waId',
	});
	const twoNodes = `$('Send').all().map((r) => r.json.messages); $('Between').all().map((r) => r.json.messages)`;
	expect(next(twoNodes)).toEqual({ jsCode: twoNodes });
});

test('a new value of a member is not taken for a reading', () => {
	const jsCode =
		'item.json.body = null; return [item.json.body.entry[0].changes[0].value.messages];';
	expect(codeOf(jsCode)).toBe('item.json.body = null; return [item.json.messages];');
});

describe('nodes that pass the request on', () => {
	const read = '={{ $json.body.entry[0].changes[0].value.messages[0].from }}';
	test.each([
		['set', 1, {}],
		['set', 2, { values: {} }],
		['set', 3.2, {}],
		['set', 3.4, { includeOtherFields: true }],
		[
			'code',
			2,
			{ jsCode: 'for (const item of $input.all()) item.json.seen = 1;\nreturn $input.all();' },
		],
	])('%s %s %j', (type, typeVersion, parameters) => {
		const { nodeOf } = converted(
			workflow(
				[
					node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
					node('Between', type, parameters, { typeVersion }),
					node('Next', 'set', { value: read }),
				],
				[
					['Events', 'Between'],
					['Between', 'Next'],
				],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({ value: '={{ $json.messages[0].from }}' });
	});

	test('Edit Fields without the other fields does not', () => {
		const { nodeOf } = converted(
			workflow(
				[
					node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
					node('Between', 'set', { value: read }, { typeVersion: 3.4 }),
					node('Next', 'set', { value: '={{ $json.body.entry }}' }),
				],
				[
					['Events', 'Between'],
					['Between', 'Next'],
				],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({ value: '={{ $json.body.entry }}' });
	});
});

test('names of members without an expression', () => {
	const splitting = (fieldToSplitOut: string) =>
		converted(
			workflow(
				[
					node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
					node('Split', 'splitOut', { fieldToSplitOut }),
					node('Next', 'set', {
						value: '={{ $(`Events`).item.json.body.entry[0].changes[0].value.messages }}',
					}),
				],
				[
					['Events', 'Split'],
					['Split', 'Next'],
				],
			),
		);
	const { nodeOf } = splitting('body.entry[0].changes[0].value.messages');
	expect(nodeOf('Split').parameters).toEqual({ fieldToSplitOut: 'messages' });
	expect(splitting('body.entry').textsOf('toDo', 'Split')).toEqual([
		'reads body.entry, which the items do not have any more.',
	]);
});

test('who reads the items of a responder that is gone is told', () => {
	const { textsOf } = converted(
		workflow(
			[
				node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
				node('OK', 'respondToWebhook', {}),
				node('Next', 'set', {
					value:
						"={{ $('OK').item.json.body }} {{ $json.body.entry[0].changes[0].value.messages }}",
				}),
			],
			[
				['Events', 'OK'],
				['OK', 'Next'],
			],
		),
	);
	expect(textsOf('toDo', 'Next')).toEqual([expect.stringContaining('OK, which is gone')]);
});
