import {
	changeTemplate,
	loadTemplates,
	removeTemplate,
	templateFixture,
} from '../../../fixtures/templateFixtures';
import { useEngine, useSimulator } from '../../harness';
import { accepted, credential, problemOf, requests, withoutStatuses } from '../account';
import { picked, templateNode } from './picked';

const simulator = useSimulator(withoutStatuses);
const engine = useEngine();
const { fields, send } = templateNode(engine, simulator);

beforeEach(async () => {
	// What an earlier test has looked up is forgotten.
	await engine.reload({});
	await loadTemplates(simulator.url);
});

/** How the node tells what went wrong: the error's text and what to do. */
async function told(parameters: Record<string, unknown>): Promise<string> {
	const { error } = await send(parameters);
	return `${error?.message ?? ''}\n${error?.description ?? ''}`;
}

const byHand = (name: string, more: Record<string, unknown>, language = 'en_US') =>
	picked({ name, language }, {}, { componentsInput: 'fields', templateValues: undefined, ...more });

const body = (...texts: string[]) => ({
	templateParts: ['body'],
	bodyVariables: { variable: texts.map((text) => ({ type: 'text', text })) },
});

describe('a template that changed after it was picked', () => {
	test('has other variables: the error shows what it takes now and what was given', async () => {
		const slot = templateFixture('delivery_slot');
		const schema = await fields(slot);
		await changeTemplate(simulator.url, 'delivery_slot');
		await engine.reload({});
		const value = { 'body.1': 'Friday', 'body.2': '2 and 4 pm' };
		const text = await told(picked(slot, { value, schema }));
		expect(text).toContain('(132012) [item 0]');
		expect(text).toContain(
			'The template delivery_slot (en_US) takes Image, {{1}}, {{2}}, {{3}} now; the message gives {{1}}, {{2}}.',
		);
		expect(text).toContain('Open the node, so that its fields follow the template');
	});

	test('was deleted a moment after the panel looked it up, in the same process', async () => {
		const welcome = templateFixture('welcome_back');
		const schema = await fields(welcome);
		await removeTemplate(simulator.url, welcome.id);
		const filled = picked(welcome, { value: { 'body.1': 'Ada' }, schema });
		expect(await told(filled)).toContain('The business account has no template welcome_back now');
		const preview = await told({ ...filled, options: { previewOnly: true } });
		expect(preview).toContain('The business account has no template welcome_back now');
	});

	test('has fewer variables since it was picked again: what was entered for others is left out', async () => {
		const slot = templateFixture('delivery_slot');
		const schema = await fields(slot);
		const value = { 'body.1': 'Friday', 'body.2': '2 and 4 pm', 'body.3': 'of before' };
		const { error } = await send(picked(slot, { value, schema }));
		expect(error).toBeUndefined();
	});

	test('was deleted between picking and sending', async () => {
		const welcome = templateFixture('welcome_back');
		const schema = await fields(welcome);
		await removeTemplate(simulator.url, welcome.id);
		await engine.reload({});
		const text = await told(picked(welcome, { value: { 'body.1': 'Ada' }, schema }));
		expect(text).toMatch(/\(132001\) \[item 0\]/);
		expect(text).toContain(
			'The business account has no template welcome_back now; it may have been deleted.',
		);
	});

	test('is looked up once for all items that it refuses', async () => {
		const slot = templateFixture('delivery_slot');
		const schema = await fields(slot);
		await changeTemplate(simulator.url, 'delivery_slot');
		await engine.reload({});
		const result = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: picked(slot, { value: { 'body.1': 'a', 'body.2': 'b' }, schema }),
			onError: 'continueRegularOutput',
			items: Array.from({ length: 20 }, () => ({ json: {} })),
			credentials: { whatsAppCloudApi: credential(simulator.url) },
		});
		const items = result.outputs?.[0] ?? [];
		expect(items).toHaveLength(20);
		for (const item of items) expect(problemOf(item)).toMatch(/132012/);
		const lookUps = (await requests(simulator)).filter(({ path }) =>
			path.includes('/message_templates'),
		);
		// Once for the panel, once for the errors.
		expect(lookUps).toHaveLength(2);
	});
});

/** One way to reach each of Meta's errors about templates, and words that the answer must have. */
const refusals: [code: number, parameters: Record<string, unknown>, words: RegExp][] = [
	[
		132000,
		byHand('delivery_slot', body('Friday')),
		/takes \{\{1\}\}, \{\{2\}\} now; the message gives \{\{1\}\}/,
	],
	[
		132001,
		byHand('no_such_template', { templateParts: [] }),
		/has no template no_such_template now/,
	],
	[
		132001,
		byHand('order_shipped', body('Ada', 'L-1', 'Monday'), 'es'),
		/is not there in es, but in .*de.*pt_BR/,
	],
	[132001, byHand('pending_news', body('Ada')), /has the status PENDING now/],
	[
		132005,
		byHand('care_instructions', body('a'.repeat(1020), 'b')),
		/Shorten the values.*the body of the template care_instructions \(en_US\) has 1,\d{3} characters; Meta takes 1,024/,
	],
	[
		132012,
		byHand('receipt_with_picture', body('Ada', '$ 3')),
		/takes Image, \{\{1\}\}, \{\{2\}\}, See receipt URL now; the message gives \{\{1\}\}, \{\{2\}\}/,
	],
	[132015, byHand('paused_tips', body('ferns')), /has the status PAUSED now/],
	[132016, byHand('disabled_tips', body('ferns')), /has the status DISABLED now/],
	[132018, byHand('direct_send_parcel', { templateParts: [] }, 'en'), /Direct Send made/],
];

test('a text that is too long with its values is told by the preview, too', async () => {
	const text = await told(
		byHand('care_instructions', {
			...body('a'.repeat(1020), 'b'),
			options: { previewOnly: true },
		}),
	);
	expect(text).toMatch(/cannot be sent.*has 1,\d{3} characters; Meta takes 1,024/s);
});

describe('a refusal by Meta', () => {
	test.each(refusals)('%d is worded', async (code, parameters, words) => {
		const text = await told(parameters);
		expect(text).toContain(`(${code})`);
		expect(text).toMatch(words);
		expect(await accepted(simulator)).toEqual([]);
	});

	test.each([132007, 132008, 132021, 132068, 132069])(
		'%d, which no template here causes, is worded',
		async (code) => {
			await simulator.addFault({ kind: 'error', code, match: { path: '/messages$' }, count: 1 });
			const text = await told(byHand('delivery_slot', body('Friday', '2')));
			expect(text).toContain(`(${code})`);
			expect(text.split('\n')[1]?.length).toBeGreaterThan(20);
		},
	);

	test('without permission for templates keeps its words', async () => {
		await simulator.addFault({
			kind: 'error',
			code: 200,
			match: { path: '/message_templates$' },
		});
		const text = await told(byHand('delivery_slot', body('Friday')));
		expect(text).toContain('(132000)');
		expect(text).toContain('What the template takes now could not be looked up:');
	});

	test('keeps its words if the credential names no business account', async () => {
		const { error } = await engine.runNode({
			node: 'whatsAppCloud',
			parameters: byHand('delivery_slot', body('Friday')),
			items: [{ json: {} }],
			credentials: {
				whatsAppCloudApi: credential(simulator.url, { businessAccountId: '' }),
			},
		});
		expect(error?.message).toContain('(132000)');
		expect(error?.description).toContain('WhatsApp Business Account ID is empty');
	});

	test('a button without its value', async () => {
		const value = { 'body.1': 'L-1', 'button.0.url': 'a' };
		const text = await told(picked(templateFixture('two_links'), { value, schema: [] }));
		expect(text).toContain(
			'takes {{1}}, Choose a date URL, Choose a plant URL now; the message gives {{1}}, Choose a date URL.',
		);
	});
});

test('two templates of one name are told apart by their language', async () => {
	const texts = await Promise.all(
		['de', 'en_GB'].map(async (language) => {
			const template = templateFixture('order_shipped', language);
			const schema = await fields(template);
			const value = { 'body.1': 'Ada', 'body.2': 'L-1', 'body.3': 'x', 'button.0.url': 'L-1' };
			const { outputs } = await send(picked(template, { value, schema }));
			return outputs?.[0]?.[0]?.json['template'];
		}),
	);
	expect(texts).toMatchObject([
		{ language: 'de', text: expect.stringMatching(/^Hallo Ada/) },
		{ language: 'en_GB', text: expect.stringMatching(/^Hello Ada/) },
	]);
});
