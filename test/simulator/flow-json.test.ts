import { endpointFlow, footer, validFlow } from '../fixtures/flowJson';
import { at, listAt, textAt, type Json } from './support/json';
import { ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off'], 'first');

let count = 0;

/** What Meta's side finds wrong with this Flow JSON. */
async function errorsOf(json: string | Json): Promise<Json[]> {
	const answer = await simulator.graph(`/${ids.businessAccount}/flows`, {
		json: {
			name: `Flow ${++count}`,
			categories: ['OTHER'],
			flow_json: typeof json === 'string' ? json : JSON.stringify(json, null, 2),
		},
	});
	expect(answer.status).toBe(200);
	return listAt(answer.body, 'validation_errors');
}

/** The Flow with a change to one of its screens. */
function changed(change: (screens: Json[], flow: Json) => void, flow = validFlow()): Json {
	change(listAt(flow, 'screens'), flow);
	return flow;
}

const children = (screen: Json | undefined): Json[] => listAt(screen, 'layout', 'children');

test.each([
	['without an endpoint', validFlow()],
	['with an endpoint', endpointFlow()],
])('valid Flow JSON %s has no errors', async (_name, flow) => {
	expect(await errorsOf(flow)).toEqual([]);
});

test('an error says where it is', async () => {
	const json = JSON.stringify(validFlow(), null, 2).replace(
		'"Which size?"',
		'"Which size?",\n"x": 1',
	);
	expect(await errorsOf(json)).toEqual([
		{
			error: 'INVALID_PROPERTY_KEY',
			error_type: 'FLOW_JSON_ERROR',
			message: "Property 'x' is not allowed in 'TextBody' component.",
			line_start: 13,
			line_end: 13,
			column_start: 1,
			column_end: 4,
			pointers: [
				{
					line_start: 13,
					line_end: 13,
					column_start: 1,
					column_end: 4,
					path: 'screens[0].layout.children[0].x',
				},
			],
		},
	]);
});

test.each([
	[
		'a comma too many',
		'{\n  "version": "7.3",\n}',
		3,
		1,
		"a property name in double quotes but found '}'",
	],
	['no colon', '{"version" "7.3"}', 1, 12, "':' but found '\"'"],
	['an end too early', '{"version": ', 1, 13, 'a value but found the end'],
	['text behind it', '{} {}', 1, 4, 'Unexpected text after the end'],
	['single quotes', "{'version': '7.3'}", 1, 2, 'a property name in double quotes'],
	['an open list', '{"screens": [1, 2', 1, 18, "',' or ']' but found the end"],
	['a wrong escape', '{"version": "\\x"}', 1, 17, 'is no value of JSON'],
	['a tab in a text', '{"version": "7\t3"}', 1, 13, 'a value'],
])('no JSON: %s', async (_name, json, line, column, reason) => {
	expect(await errorsOf(json)).toEqual([
		expect.objectContaining({
			error: 'INVALID_FLOW_JSON',
			message: expect.stringContaining(reason),
			line_start: line,
			column_start: column,
		}),
	]);
});

const navigate = (name: string): Json => ({ name: 'navigate', next: { type: 'screen', name } });

test.each<[string, string, (screens: Json[], flow: Json) => void]>([
	['no version', 'MISSING_FLOW_JSON_VERSION', (_, flow) => delete flow['version']],
	['an unknown version', 'INVALID_FLOW_JSON_VERSION', (_, flow) => (flow['version'] = '99.0')],
	[
		'an unknown member',
		'INVALID_PROPERTY_KEY',
		(_, flow) => (flow['data_channel_uri'] = 'https://x'),
	],
	[
		'a member of another type',
		'INVALID_PROPERTY_TYPE',
		([first]) => Object.assign(first ?? {}, { title: 1 }),
	],
	['a screen without layout', 'MISSING_REQUIRED_PROPERTY', ([first]) => delete first?.['layout']],
	[
		'another layout',
		'INVALID_PROPERTY_VALUE',
		([first]) => Object.assign(first?.['layout'] ?? {}, { type: 'Grid' }),
	],
	[
		'a digit in an ID',
		'PATTERN_MISMATCH',
		(screens) => screens.push({ ...screens[1], id: 'SCREEN_2' }),
	],
	[
		'a reserved ID',
		'SCREEN_ID_IS_RESERVED_KEYWORD',
		(screens) => screens.push({ ...screens[1], id: 'SUCCESS' }),
	],
	['an ID twice', 'DUPLICATE_SCREEN_IDS', (screens) => screens.push({ ...screens[1] })],
	['no terminal screen', 'MISSING_TERMINAL_SCREEN', ([, last]) => delete last?.['terminal']],
	[
		'a terminal screen without footer',
		'MISSING_FOOTER_ON_TERMINAL_SCREEN',
		([, last]) => children(last).pop(),
	],
	[
		'an unknown component',
		'INVALID_PROPERTY_VALUE',
		([first]) => children(first).push({ type: 'Slider' }),
	],
	[
		'a component without type',
		'MISSING_REQUIRED_PROPERTY',
		([first]) => children(first).push({ text: 'x' }),
	],
	[
		'a component without label',
		'MISSING_REQUIRED_PROPERTY',
		([first]) => children(first).push({ type: 'TextInput', name: 'x' }),
	],
	[
		'a name twice',
		'DUPLICATE_FORM_COMPONENT_NAMES',
		([first]) => children(first).push({ type: 'TextInput', name: 'size', label: 'x' }),
	],
	[
		'51 components',
		'MAX_ALLOWED_COMPONENTS_PER_SCREEN',
		([first]) =>
			children(first).push(...Array.from({ length: 48 }, () => ({ type: 'TextBody', text: 'x' }))),
	],
	[
		'an unknown action',
		'INVALID_PROPERTY_VALUE',
		([first]) => (children(first)[2] = footer({ name: 'jump' })),
	],
	[
		'a way to nowhere',
		'INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME',
		([first]) => (children(first)[2] = footer(navigate('NOWHERE'))),
	],
	[
		'a way to itself',
		'INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME',
		([first]) => (children(first)[2] = footer(navigate('START'))),
	],
	[
		'an end before the last screen',
		'INVALID_COMPLETE_ACTION',
		([first]) => (children(first)[2] = footer({ name: 'complete', payload: {} })),
	],
	[
		'an answer that nobody gives',
		'INVALID_ON_CLICK_ACTION_PAYLOAD',
		([first]) =>
			(children(first)[2] = footer({ ...navigate('FINISH'), payload: { x: '${form.colour}' } })),
	],
	[
		'data that is not there',
		'INVALID_ON_CLICK_ACTION_PAYLOAD',
		([, last]) => delete last?.['data'],
	],
	['no screens', 'MIN_ITEMS_REQUIRED', (screens) => screens.splice(0)],
])('%s: %s', async (_name, error, change) => {
	const found = await errorsOf(changed(change));
	expect(found.map((each) => each['error'])).toContain(error);
	for (const each of found) {
		expect(each).toMatchObject({
			line_start: expect.any(Number),
			column_start: expect.any(Number),
		});
	}
});

test.each<[string, string, unknown]>([
	['no model', "'routing_model' is missing", undefined],
	['a screen left out', 'missing in the routing model: [FINISH]', { START: ['FINISH'] }],
	[
		'a screen too many',
		'Invalid screens found in the routing model: [OTHER]',
		{ START: ['FINISH'], FINISH: [], OTHER: [] },
	],
	['a way back', 'Backward route [START->FINISH]', { START: ['FINISH'], FINISH: ['START'] }],
	[
		'a way left out',
		"Missing direct route from screen 'START' to screen 'FINISH'",
		{ START: [], FINISH: [] },
	],
])('with an endpoint, %s', async (_name, message, model) => {
	const found = await errorsOf({ ...endpointFlow(), routing_model: model });
	expect(found.map((each) => textAt(each, 'message')).join('\n')).toContain(message);
});

test('components inside others are checked as well', async () => {
	const found = await errorsOf(
		changed(([first]) => {
			children(first).unshift({
				type: 'If',
				condition: '${data.x}',
				then: [{ type: 'Nothing' }],
				else: [{ type: 'Switch', value: '${data.x}', cases: { a: [{ type: 'Nowhere' }] } }],
			});
		}),
	);
	expect(found.map((each) => at(each, 'pointers', 0, 'path'))).toEqual([
		'screens[0].layout.children[0].then[0].type',
		'screens[0].layout.children[0].else[0].cases.a[0].type',
	]);
});
