import {
	changeTemplate,
	loadTemplates,
	removeTemplate,
	templateFixture,
	templateFixtures,
	templateWithVariables,
	type TemplateFixture,
} from '../fixtures/templateFixtures';
import type { Parts } from './support/definitions';
import { fill } from './support/fill';
import { at, listAt } from './support/json';
import { ids, useSimulator } from './support/simulator';

const simulator = useSimulator(['--timing', 'off']);

beforeEach(async () => {
	await loadTemplates(simulator.url);
});

/** 200, or Meta's error code. */
async function send(template: TemplateFixture, components: Parts[]): Promise<unknown> {
	const { name, language, optimization_spec: maximum } = template;
	const edge = maximum === undefined ? 'messages' : 'marketing_messages';
	const answer = await simulator.graph(`/${ids.phoneNumber}/${edge}`, {
		json: {
			messaging_product: 'whatsapp',
			to: '+15550200001',
			type: 'template',
			template: { name, language: { code: language }, components },
		},
	});
	return answer.status === 200 ? 200 : at(answer.body, 'error', 'code');
}

/** The components with one of them replaced, or left out. */
const change = (
	components: Parts[],
	wanted: (component: Parts) => boolean,
	replace: (component: Parts) => Parts | null,
): Parts[] =>
	components.flatMap((component) => {
		if (!wanted(component)) return [component];
		const changed = replace(component);
		return changed ? [changed] : [];
	});
const ofType =
	(type: string) =>
	(component: Parts): boolean =>
		component['type'] === type;
const withParameters = (edit: (parameters: Parts[]) => Parts[]) => (component: Parts) => ({
	...component,
	parameters: edit(listAt(component, 'parameters')),
});

const sendable = templateFixtures.filter(
	({ status, source }) => status === 'APPROVED' && source === undefined,
);
const having = (type: string): TemplateFixture[] =>
	sendable.filter((template) => fill(template).some(ofType(type)));

test.each(sendable)('$name in $language is sent with all it needs', async (template) => {
	expect(await send(template, fill(template))).toBe(200);
});

describe('the body', () => {
	test.each(having('body'))('of $name takes no variable more or less', async (template) => {
		const parts = fill(template);
		const edit = async (replace: (component: Parts) => Parts | null): Promise<unknown> =>
			await send(template, change(parts, ofType('body'), replace));
		expect(await edit(() => null)).toBe(132000);
		expect(await edit(withParameters((all) => all.slice(1)))).toBe(132000);
		expect(await edit(withParameters((all) => [...all, { type: 'text', text: 'x' }]))).toBe(132000);
		expect(await edit(withParameters((all) => all.map(() => ({ type: 'image' }))))).toBe(132012);
	});

	test.each(having('body'))('of $name has names, or none', async (template) => {
		const isNamed = template.parameter_format === 'NAMED';
		const edited = change(
			fill(template),
			ofType('body'),
			withParameters((all) =>
				all.map(({ type, text }, index) =>
					isNamed ? { type, text } : { type, text, parameter_name: String(index + 1) },
				),
			),
		);
		expect(await send(template, edited)).toBe(132012);
	});
});

describe('the header', () => {
	test.each(having('header'))('of $name is of its kind', async (template) => {
		const parts = fill(template);
		const isText = at(parts.find(ofType('header')), 'parameters', 0, 'type') === 'text';
		const missing = await send(
			template,
			change(parts, ofType('header'), () => null),
		);
		expect(missing).toBe(isText ? 132000 : 132012);
		const place = { type: 'product', product: {} };
		const other = change(
			parts,
			ofType('header'),
			withParameters(() => [place]),
		);
		const isProduct = at(parts.find(ofType('header')), 'parameters', 0, 'type') === 'product';
		expect(await send(template, other)).toBe(isProduct ? 131008 : 132012);
	});

	test('of text stays below 60 characters with its value', async () => {
		const template = templateFixture('season_opening');
		const long = withParameters(() => [{ type: 'text', text: 'x'.repeat(40) }]);
		expect(await send(template, change(fill(template), ofType('header'), long))).toBe(132005);
	});
});

describe('the buttons', () => {
	test.each(having('button'))('of $name need their values, each at its place', async (template) => {
		const parts = fill(template);
		const buttons = parts.filter(ofType('button'));
		const first = (component: Parts): boolean => component === buttons[0];
		const edit = async (replace: (component: Parts) => Parts | null): Promise<unknown> =>
			await send(template, change(parts, first, replace));
		expect(await edit(() => null)).toBe(131008);
		expect(await edit((button) => ({ ...button, sub_type: 'flow' }))).toBe(132012);
		expect(await edit((button) => ({ ...button, index: 9 }))).toBe(132000);
		expect(await edit(withParameters((all) => [...all, ...all]))).toBe(132000);
		expect(await edit(withParameters(() => [{ type: 'payload', payload: 'x' }]))).toBe(132012);
	});
});

const codes = sendable.filter(({ category }) => category === 'AUTHENTICATION');

test.each(codes)(
	'the code of $name is the same in text and button, and short',
	async (template) => {
		const text = (value: string): ((component: Parts) => Parts) =>
			withParameters(() => [{ type: 'text', text: value }]);
		const parts = fill(template);
		expect(await send(template, change(parts, ofType('button'), text('111111')))).toBe(132012);
		const long = change(parts, () => true, text('x'.repeat(16)));
		expect(await send(template, long)).toBe(131009);
	},
);

describe('the cards', () => {
	test.each(having('carousel'))('of $name come in their number and shape', async (template) => {
		const parts = fill(template);
		const edit = async (replace: (cards: Parts[]) => Parts[]): Promise<unknown> =>
			await send(
				template,
				change(parts, ofType('carousel'), (carousel) => ({
					...carousel,
					cards: replace(listAt(carousel, 'cards')),
				})),
			);
		expect(
			await send(
				template,
				change(parts, ofType('carousel'), () => null),
			),
		).toBe(132012);
		expect(await edit((cards) => cards.slice(1))).toBe(132000);
		expect(await edit((cards) => cards.map((card) => ({ ...card, card_index: 0 })))).toBe(131009);
		expect(await edit((cards) => cards.map((card) => ({ ...card, components: [] })))).toBe(132012);
		const four = await edit((cards) =>
			Array.from({ length: 4 }, (_, card_index) => ({ ...cards[0], card_index })),
		);
		expect(four).toBe(template.name === 'product_carousel' ? 200 : 132000);
	});
});

test('an offer that ends says when', async () => {
	const template = templateFixture('weekend_offer');
	const parts = fill(template);
	const offer = ofType('limited_time_offer');
	expect(
		await send(
			template,
			change(parts, offer, () => null),
		),
	).toBe(132012);
	const never = withParameters(() => [
		{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 'never' } },
	]);
	expect(await send(template, change(parts, offer, never))).toBe(132012);
});

test('the status of an order goes with its template, and with no other', async () => {
	const template = templateFixture('order_progress');
	const parts = fill(template);
	expect(
		await send(
			template,
			change(parts, ofType('order_status'), () => null),
		),
	).toBe(132012);
	const hours = templateFixture('opening_hours');
	expect(await send(hours, parts.filter(ofType('order_status')))).toBe(132012);
});

test('products are those of the catalogue', async () => {
	const template = templateFixture('forgotten_cart');
	const strange = { thumbnail_product_retailer_id: 'SKU-YETI', sections: [] };
	const edited = change(
		fill(template),
		ofType('button'),
		withParameters(() => [{ type: 'action', action: strange }]),
	);
	expect(await send(template, edited)).toBe(131009);
});

test.each([
	['paused_tips', 132015],
	['disabled_tips', 132016],
	['rejected_promise', 132001],
	['pending_news', 132001],
	['appealed_advice', 132001],
	['archived_market', 132001],
	['leaving_soon', 132001],
	['sent_too_often', 132001],
])('%s cannot be sent: %d', async (name, expected) => {
	const template = templateFixture(name);
	expect(await send(template, fill(template))).toBe(expected);
});

test('a template that is gone, pending in this language or made by Direct Send', async () => {
	const parcel = templateFixture('direct_send_parcel', 'en');
	expect(await send(parcel, [])).toBe(132018);
	const french = templateFixture('order_shipped', 'fr');
	expect(await send(french, fill(french))).toBe(132001);
	const hours = templateFixture('opening_hours');
	await removeTemplate(simulator.url, hours.id);
	expect(await send(hours, [])).toBe(132001);
});

test.each([
	['delivery_slot', 132012],
	['welcome_back', 132012],
	['market_day', 132012],
])('%s has changed since it was chosen: %d', async (name, expected) => {
	const before = templateFixture(name);
	expect(await send(before, fill(before))).toBe(200);
	const after = await changeTemplate(simulator.url, name);
	expect(await send(before, fill(before))).toBe(expected);
	expect(await send(after, fill(after))).toBe(200);
});

test.each([
	['BLOCKED', 132068],
	['THROTTLED', 132069],
])('a button opens no flow that is %s: %d', async (status, expected) => {
	await simulator.admin('/account', { flows: { [ids.flow]: { status } } }, 'PATCH');
	const template = templateFixture('book_by_form');
	expect(await send(template, fill(template))).toBe(expected);
});

test('250 variables are counted, and too long in all', async () => {
	const wide = templateWithVariables(250);
	await loadTemplates(simulator.url, [wide]);
	expect(await send(wide, fill(wide))).toBe(132005);
	const short = change(
		fill(wide),
		ofType('body'),
		withParameters((all) => all.slice(1)),
	);
	expect(await send(wide, short)).toBe(132000);
});

test.each([
	['a line break', 'a\nb', 132018],
	['a tab', 'a\tb', 132018],
	['five spaces', 'a     b', 132018],
	['a control character', 'a\u0007b', 132007],
	['nothing', '', 131008],
	['1,000 characters', 'x'.repeat(1000), 132005],
])('a variable takes no %s', async (_name, text, expected) => {
	const template = templateFixture('care_instructions');
	const edit = withParameters(([first, ...rest]) => [{ ...first, text }, ...rest]);
	expect(await send(template, change(fill(template), ofType('body'), edit))).toBe(expected);
});
