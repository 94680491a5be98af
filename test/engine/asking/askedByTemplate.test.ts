import { mp4 } from '../../simulator/support/files';
import { loadTemplates } from '../../fixtures/templateFixtures';
import { binaryFile } from '../node/files';
import { credentials, itemsOf, onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;

beforeAll(async () => {
	// What an earlier file has looked up is forgotten.
	await people.state.engine.reload({ N8N_USER_FOLDER: people.state.folder.path });
});
beforeEach(async () => {
	await people.open();
	ada = people.somebody();
	await loadTemplates(people.state.simulator.url);
});

interface Component {
	type: string;
	sub_type?: string;
	index?: string;
	parameters: Record<string, unknown>[];
}

const listed = (name: string) => ({ __rl: true, mode: 'list', value: `${name}:en_US` });

/** The fields of a template in the panel, as the editor stores them once it was picked. */
async function fieldsOf(name: string): Promise<unknown> {
	const { fields } = await people.state.engine.mapFields({
		node: 'whatsAppCloud',
		method: 'getTemplateFields',
		parameters: { operation: 'sendAndWait', askBy: 'template', template: listed(name) },
		credentials: credentials(people.state.simulator.url),
	});
	return fields;
}

/** What the panel holds after a template was picked and filled in. */
const picked = async (name: string, value: Record<string, unknown>) => ({
	askBy: 'template',
	template: listed(name),
	componentsInput: 'template',
	templateValues: { mappingMode: 'defineBelow', value, schema: await fieldsOf(name) },
});

const ask = async (parameters: Record<string, unknown>, request = {}) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters }, request);

/** The components of the only message that somebody has got, without the IDs of questions. */
async function componentsOf(person: string): Promise<Component[]> {
	const [sent, ...others] = await people.chatOf(person);
	if (sent === undefined || others.length > 0) throw new Error('One message was expected');
	const { template } = sent.body as { template: { components: Component[] } };
	return template.components;
}

const buttonsIn = (components: readonly Component[]) =>
	components
		.filter(({ type }) => type === 'button')
		.map(({ sub_type, index, parameters }) => ({ sub_type, index, ...parameters[0] }));

async function tapButton(person: string, place: string, text: string): Promise<void> {
	const found = buttonsIn(await componentsOf(person)).find(({ index }) => index === place);
	const { payload = '' } = (found ?? {}) as { payload?: string };
	await people.say(person, { type: 'button', button: { payload, text } });
}

test('header, body and quick replies are filled in as in Send Template', async () => {
	const values = {
		'header.text.first_name': 'Ada',
		'body.shop': 'Mitte',
		'body.day': 'Monday',
		'body.time': '10:30',
	};
	const asked = await ask(await picked('visit_reminder', values));
	expect(asked.error).toBeUndefined();
	expect(await componentsOf(ada)).toMatchObject([
		{ type: 'header', parameters: [{ type: 'text', text: 'Ada', parameter_name: 'first_name' }] },
		{ type: 'body', parameters: [{ text: 'Monday' }, { text: 'Mitte' }, { text: '10:30' }] },
		{ type: 'button', sub_type: 'quick_reply', index: '0' },
		{ type: 'button', sub_type: 'quick_reply', index: '1' },
	]);
	await tapButton(ada, '1', 'Another day');
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: false,
		answer: { id: 'deny' },
		message: { type: 'button', text: 'Another day' },
	});
});

test('where texts are kept, the template is there as the person has read it', async () => {
	const access = credentials(people.state.simulator.url, { keepTexts: true });
	const values = {
		'header.text.first_name': 'Ada',
		'body.shop': 'Mitte',
		'body.day': 'Monday',
		'body.time': '10:30',
	};
	const parameters = await picked('visit_reminder', values);
	expect((await ask(parameters, { credentials: access })).error).toBeUndefined();
	const kept = await people.state.engine.runNode({
		node: 'whatsAppCloud',
		parameters: { resource: 'contact', operation: 'getMessages', contact: ada },
		credentials: access,
	});
	expect(itemsOf(kept).map(({ json }) => json['line'])).toEqual([
		expect.stringContaining('Your visit at Mitte is on Monday at 10:30.'),
	]);
});

test('a video of the item is the header, and is uploaded', async () => {
	const value = { 'header.video': 'clip', 'body.1': 'Ada' };
	const parameters = {
		...(await picked('greenhouse_tour', value)),
		approvalType: 'single',
	};
	const items = [{ json: {}, binary: { clip: binaryFile(mp4(), 'video/mp4', 'tour.mp4') } }];
	const asked = await ask(parameters, { items });
	expect(asked.error).toBeUndefined();
	const [header, , ...buttons] = await componentsOf(ada);
	expect(header).toMatchObject({ type: 'header', parameters: [{ type: 'video' }] });
	expect(header?.parameters[0]?.['video']).toEqual({ id: expect.stringMatching(/^\d+$/) });
	expect(buttons).toHaveLength(1);
	await tapButton(ada, '0', 'Reserve a place');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
});

test('other buttons keep their values and places', async () => {
	const value = { 'body.1': 'Ada', 'button.2.url': 'winter', 'button.5.code': 'WINTER' };
	const asked = await ask(await picked('every_button', value));
	expect(asked.error).toBeUndefined();
	expect(buttonsIn(await componentsOf(ada))).toMatchObject([
		{ sub_type: 'url', index: '2', text: 'winter' },
		{ sub_type: 'copy_code', index: '5', coupon_code: 'WINTER' },
		{ sub_type: 'quick_reply', index: '0', payload: expect.stringMatching(/^q:.*:o0$/) },
		{ sub_type: 'quick_reply', index: '1', payload: expect.stringMatching(/^q:.*:o1$/) },
	]);
});

test('a template that was not picked has its quick replies first, or where its values say', async () => {
	const variables = { componentsInput: 'fields', bodyVariablesInput: 'json' };
	const byHand = {
		askBy: 'template',
		...variables,
		template: { __rl: true, mode: 'name', value: 'every_button:en_US' },
		bodyVariablesJson: '["Ada"]',
		templateParts: ['body', 'buttons'],
		buttonsInput: 'json',
		buttonsJson: JSON.stringify([
			{ type: 'url', index: 2, text: 'winter' },
			{ type: 'copy_code', index: 5, code: 'WINTER' },
		]),
	};
	expect((await ask(byHand)).error).toBeUndefined();
	const quickReplies = async () =>
		buttonsIn(await componentsOf(ada)).filter(({ sub_type }) => sub_type === 'quick_reply');
	expect((await quickReplies()).map(({ index }) => index)).toEqual(['0', '1']);

	ada = people.somebody();
	const components = [
		{ type: 'body', parameters: [{ type: 'text', text: 'Ada' }] },
		{ type: 'header', parameters: [{ type: 'text', text: 'you' }] },
		{
			type: 'button',
			sub_type: 'quick_reply',
			index: '1',
			parameters: [{ type: 'payload', payload: 'mine' }],
		},
		{
			type: 'button',
			sub_type: 'copy_code',
			index: '0',
			parameters: [{ type: 'coupon_code', coupon_code: 'POTS25' }],
		},
	];
	const asJson = {
		askBy: 'template',
		approvalType: 'single',
		template: { __rl: true, mode: 'name', value: 'coupon_code:en_US' },
		componentsInput: 'json',
		componentsJson: JSON.stringify(components),
	};
	expect((await ask(asJson)).error).toBeUndefined();
	expect(await quickReplies()).toMatchObject([
		{ index: '1', payload: expect.stringMatching(/^q:/) },
	]);
});

test('a form is opened by the Flow button of a template, and its answers are those of the question', async () => {
	const parameters = {
		...(await picked('rate_by_form', { 'body.first_name': 'Ada' })),
		responseType: 'form',
		formType: 'flow',
		flow: { __rl: true, mode: 'id', value: '600000000000001' },
		buttonText: 'Open',
	};
	expect((await ask(parameters)).error).toBeUndefined();
	const [button] = buttonsIn(await componentsOf(ada));
	const { action } = button as { action?: { flow_token: string } };
	expect(action?.flow_token).toMatch(/^q:/);
	await people.say(ada, {
		type: 'interactive',
		interactive: {
			type: 'nfm_reply',
			nfm_reply: {
				name: 'flow',
				body: 'Sent',
				response_json: JSON.stringify({ flow_token: action?.flow_token, stars: '5' }),
			},
		},
	});
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { value: { stars: '5' } } });
});

test('ten stars, outside of the window; within it, the message asks', async () => {
	const choicesJson = JSON.stringify(
		Array.from({ length: 10 }, (_, index) => `${index + 1} stars`),
	);
	const rating = {
		...(await picked('ten_replies', {})),
		askBy: 'templateOutsideWindow',
		responseType: 'choice',
		choicesInput: 'json',
		choicesJson,
	};
	expect((await ask(rating)).error).toBeUndefined();
	await tapButton(ada, '2', '3');
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { id: '3 stars' } });
	// They have written, so the window is open now.
	await ask(rating);
	expect((await people.chatOf(ada)).map(({ type }) => type)).toEqual(['template', 'interactive']);
	await people.tap(ada, '4 stars');
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { id: '4 stars' } });
});

test('the window counts when the question goes, which may be long after it was asked for', async () => {
	const values = {
		'header.text.first_name': 'Ada',
		'body.shop': 'Mitte',
		'body.day': 'Monday',
		'body.time': '10:30',
	};
	const reminder = { ...(await picked('visit_reminder', values)), askBy: 'templateOutsideWindow' };
	await ask(reminder);
	// The window is closed, and the first question is open.
	const second = await ask(reminder);
	expect((await people.chatOf(ada)).map(({ type }) => type)).toEqual(['template']);
	await tapButton(ada, '0', 'I will come');
	await people.callUntil('taken');
	await people.callUntil('waiting');
	expect((await people.chatOf(ada)).map(({ type }) => type)).toEqual(['template', 'interactive']);
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callUntilTaken(second))).toMatchObject({ approved: true });
});

test.each([
	[
		'1 quick reply',
		'greenhouse_tour',
		{ 'header.video': 'https://x.example/a.mp4', 'body.1': 'A' },
	],
	[
		'0 quick replies',
		'order_shipped',
		{ 'body.1': 'A', 'body.2': 'B', 'body.3': 'C', 'button.0.url': 'D' },
	],
])('with %s, %s is too small for two buttons', async (there, name, value) => {
	const { error } = await ask(await picked(name, value));
	expect(error?.message).toContain(`has ${there}, but 2 are needed to answer`);
	expect(await people.chatOf(ada)).toEqual([]);
});

test('eleven choices are too many for a template', async () => {
	const titles = Array.from({ length: 11 }, (_, index) => `Size ${index + 1}`);
	const { error } = await ask({
		askBy: 'template',
		template: { __rl: true, mode: 'name', value: 'ten_replies:en_US' },
		componentsInput: 'fields',
		templateParts: [],
		responseType: 'choice',
		choicesInput: 'json',
		choicesJson: JSON.stringify(titles),
	});
	expect(error?.message).toContain('has 10 quick replies, but 11 are needed to answer');
	expect(await people.chatOf(ada)).toEqual([]);
});
