import { converted, node, workflow } from './oldWorkflow';

const messages = 'body.entry[0].changes[0].value.messages';
const about = node('About', 'stickyNote', { content: 'WhatsApp' });

/** A Webhook node, another one behind it, and one that reads what that gives. */
const behind = (between: [type: string, typeVersion: number, parameters: object], read: string) =>
	converted(
		workflow(
			[
				node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
				node('Between', between[0], between[2], { typeVersion: between[1] }),
				node('Next', 'set', { read }, { typeVersion: 3.4 }),
				node('Sure', 'set', { read: `={{ $('Events').item.json.${messages} }}` }),
				about,
			],
			[
				['Events', 'Between'],
				['Between', 'Next'],
				['Events', 'Sure'],
			],
		),
	);

const codeOf = (jsCode: string): unknown => {
	const { parameters } = behind(['code', 2, { jsCode }], '=').nodeOf('Between');
	return (parameters as { jsCode: string }).jsCode;
};

describe('code that makes items of its own hands none on', () => {
	test.each([
		`return $input.all().map((i) => ({ json: { query: i.json.${messages}[0].text.body } }));`,
		'const items = []; items.push({ json: { query: 1 } }); return items;',
		"const item = { json: { query: 'a' } }; return item;",
		'$input.first().json = { query: 1 }; return $input.all();',
	])('%s', (jsCode) => {
		const { nodeOf, textsOf } = behind(['code', 2, { jsCode }], '={{ $json.query }}');
		expect(nodeOf('Next').parameters).toEqual({ read: '={{ $json.query }}' });
		expect(textsOf('toDo', 'Next')).toEqual([]);
	});

	test('in doubt, it is told', () => {
		const jsCode = 'return $input.all().filter(Boolean);';
		const { nodeOf, textsOf } = behind(['code', 2, { jsCode }], '={{ $json.query }}');
		expect(nodeOf('Next').parameters).toEqual({ read: '={{ $json.query }}' });
		expect(textsOf('toDo', 'Next')).toEqual([expect.stringContaining('only some may come')]);
	});
});

describe("what a node writes on the way is not taken for Meta's", () => {
	test.each([
		['set', 2, { values: { string: [{ name: 'query' }] } }],
		['set', 3.2, { fields: { values: [{ name: 'query' }] } }],
		[
			'set',
			3.4,
			{ includeOtherFields: true, assignments: { assignments: [{ name: 'query.text' }] } },
		],
		['set', 3.4, { includeOtherFields: true, mode: 'raw', jsonOutput: '{ "query": 1 }' }],
		['crypto', 1, { dataPropertyName: 'query' }],
		['code', 2, { jsCode: 'for (const i of items) i.json.query = 1;\nreturn items;' }],
	] as const)('%s %s %j', (...between) => {
		const { nodeOf } = behind([...between], `={{ $json.query }} {{ $json.${messages}[0].from }}`);
		expect(nodeOf('Next').parameters).toEqual({
			read: '={{ $json.query }} {{ $json.messages[0].from }}',
		});
	});

	test('where the new items have what was written, it is told', () => {
		const between = { values: { string: [{ name: 'messages' }] } };
		const { nodeOf, textsOf } = behind(['set', 2, between], `={{ $json.${messages} }}`);
		expect(nodeOf('Next').parameters).toEqual({ read: `={{ $json.${messages} }}` });
		expect(textsOf('toDo', 'Next')).toEqual([expect.stringContaining(messages)]);
	});

	test('a file whose address was written anew is no longer that of the look-up', () => {
		const look = node('Look', 'whatsApp', { resource: 'media', operation: 'mediaUrlGet' });
		const set = (name: string) =>
			node('Set', 'set', { values: { string: [{ name }] } }, { typeVersion: 2 });
		const fetch = node('Fetch', 'httpRequest', { url: '={{ $json.url }}' }, { typeVersion: 4.2 });
		const typeAfter = (name: string) =>
			converted(
				workflow(
					[look, set(name), fetch],
					[
						['Look', 'Set'],
						['Set', 'Fetch'],
					],
				),
			).nodeOf('Fetch').type;
		expect(typeAfter('url')).toBe('n8n-nodes-base.httpRequest');
		expect(typeAfter('note')).toBe('n8n-nodes-whatsapp-cloud.whatsAppCloud');
	});
});

describe('a whole item', () => {
	test('keeps what else it has, and what it lost is told', () => {
		const jsCode = `const data = $input.first().json; const { body, headers } = data; return body.entry[0].changes[0].value.messages;`;
		const { nodeOf, textsOf } = behind(['code', 2, { jsCode }], '=');
		expect(nodeOf('Between').parameters).toEqual({
			jsCode: expect.stringContaining('({ ...$input.first().json, body: ') as string,
		});
		expect(textsOf('toDo', 'Between')).toEqual([expect.stringContaining('reads headers')]);
	});

	test('an answer had more than is known, which is told', () => {
		const { nodeOf, textsOf } = converted(
			workflow(
				[
					node('Ask', 'whatsApp', { operation: 'sendAndWait', message: 'Yes?' }),
					node('Next', 'set', { read: '={{ $json.data }}' }),
				],
				[['Ask', 'Next']],
			),
		);
		expect(nodeOf('Next').parameters).toEqual({ read: '={{ $json.data }}' });
		expect(textsOf('toDo', 'Next')).toEqual([expect.stringContaining('reads data')]);
	});
});

describe('what is no item stays', () => {
	const sure = `const sure = $json.${messages};`;
	const now = 'const sure = $json.messages;';
	test.each([
		'rows.map((item) => item.json.body)',
		'rows.map(item => item.json.body)',
		'const item = await load(); log(item.json.body)',
		'const body = await item.json()',
		'const text = "uses $json.body to reply"',
		"const text = 'it\\'s $json.body'",
		'// $json.body\n1',
		'/* $json.body */ 1',
		'const text = `$json.body ${1 + { a: 1 }.a} $json.body`',
	])('%s', (code) => expect(codeOf(`${sure} ${code}`)).toBe(`${now} ${code}`));

	test('what a template has in braces is code', () => {
		expect(codeOf(`${sure} return \`a \${$json.${messages}[0].id} b\``)).toBe(
			`${now} return \`a \${$json.messages[0].id} b\``,
		);
	});
});

test.each([
	"if (body.object === 'instagram') return body.entry[0].messaging;",
	"if (body.object === 'page') return [];",
])('a webhook that others of Meta call, too, stays and is told: %s', (code) => {
	const jsCode = `const body = $json.body; ${code} return body.entry[0].changes[0].value.messages;`;
	const { nodeOf, textsOf } = converted(
		workflow(
			[
				node('Events', 'webhook', { path: 'hook', httpMethod: 'POST' }, { typeVersion: 2 }),
				node('Read', 'code', { jsCode }, { typeVersion: 2 }),
				about,
			],
			[['Events', 'Read']],
		),
	);
	expect(nodeOf('Events').type).toBe('n8n-nodes-base.webhook');
	expect(textsOf('left', 'Events')).toEqual([expect.stringContaining('other products')]);
});
