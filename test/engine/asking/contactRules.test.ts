import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { accountKeyOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import { loadTemplates, templateFixture } from '../../fixtures/templateFixtures';
import { until } from '../../until';
import { credential, itemsOf, onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;

beforeEach(async () => {
	await people.open();
	ada = people.somebody();
	await loadTemplates(people.state.simulator.url, [tour, box]);
});

/** Templates with quick replies, of which nobody has looked up the category before. */
const tour = {
	...templateFixture('greenhouse_tour'),
	id: '410000000009101',
	name: 'asked_tour',
	category: 'MARKETING',
	components: [
		{ type: 'BODY', text: 'Will you come?' },
		{
			type: 'BUTTONS',
			buttons: ['Yes', 'No'].map((text) => ({ type: 'QUICK_REPLY', text })),
		},
	],
};
const box = { ...tour, id: '410000000009102', name: 'asked_box', category: 'UTILITY' };

const byTemplate = (name: string) => ({
	askBy: 'template',
	template: { __rl: true, mode: 'name', value: `${name}:en_US` },
	componentsInput: 'fields',
	templateParts: [],
});

const ask = async (parameters: Record<string, unknown>) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters });

/** Records that somebody wants no marketing. */
async function optOut(person: string): Promise<void> {
	await people.store.contacts.record(
		[
			{
				fact: 'consent',
				accountKey: accountKeyOf(parseAccount(credential('http://127.0.0.1:1'))),
				contactKey: person,
				at: Date.now() - 1_000,
				category: 'marketing',
				granted: false,
				source: 'Test',
				note: null,
			},
		],
		Date.now(),
	);
}

const cap = (messages: number, appliesTo: 'marketing' | 'all') => ({
	contactRules: { cap: { cap: { messages, period: 7, unit: 'days', appliesTo } } },
});

test('a marketing template asks nobody who opted out; a utility template does', async () => {
	await optOut(ada);
	const { error } = await ask(byTemplate(tour.name));
	expect(error?.message).toContain('opted out of marketing');
	expect(await people.chatOf(ada)).toEqual([]);
	expect((await ask(byTemplate(box.name))).error).toBeUndefined();
	expect(await people.chatOf(ada)).toHaveLength(1);
});

test('somebody who opted out is asked by messages, unless the rules keep those from them, too', async () => {
	await optOut(ada);
	expect((await ask({})).error).toBeUndefined();
	await people.cancel(ada);
	const { error } = await ask({ contactRules: { notForOptedOut: ['service'] } });
	expect(error?.message).toContain('keep service messages from them');
});

test('questions by template count in a cap on marketing, and keep to it', async () => {
	const marketing = { ...byTemplate(tour.name), ...cap(1, 'marketing') };
	expect((await ask(marketing)).error).toBeUndefined();
	await people.cancel(ada);
	const second = await ask(marketing);
	expect(second.error?.message).toMatch(/1 marketing message/);
	expect(second.error?.description).toContain('Contact Rules');
	// What is no marketing is not counted.
	expect((await ask({ ...byTemplate(box.name), ...cap(1, 'marketing') })).error).toBeUndefined();
	expect((await people.chatOf(ada)).map(({ type }) => type)).toEqual(['template', 'template']);
});

test('a marketing question that had to wait for its turn keeps to the rules when it is asked', async () => {
	const marketing = { ...byTemplate(tour.name), ...cap(1, 'marketing') };
	const first = await ask({});
	const [second, third] = [await ask(marketing), await ask(marketing)];
	expect([second.error, third.error]).toEqual([undefined, undefined]);
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callUntilTaken(first))).toMatchObject({ approved: true });
	// The call asks it, as in the process of the trigger.
	await until('the second is asked', async () => {
		await people.call();
		return (await people.chatOf(ada)).length === 2;
	});
	await people.cancel(ada);
	const reasonOf = async (asked: { executionId: string }) =>
		itemsOf(await people.callUntilTaken(asked), 1)[0]?.json['reason'];
	expect([await reasonOf(second), await reasonOf(third)]).toEqual(['cancelled', 'notSent']);
	expect(await people.chatOf(ada)).toHaveLength(2);
});

test('a utility question that had to wait is asked, although its person wants no marketing', async () => {
	const first = await ask({});
	expect((await ask(byTemplate(box.name))).error).toBeUndefined();
	await optOut(ada);
	await people.tap(ada, 'Approve');
	await people.callUntilTaken(first);
	await until('the template asks', async () => {
		await people.call();
		return (await people.chatOf(ada)).length === 2;
	});
	expect((await people.chatOf(ada)).map(({ type }) => type)).toEqual(['interactive', 'template']);
});

test('what follows a question counts in a cap on all messages', async () => {
	const asked = await ask({ ...cap(1, 'all'), responseType: 'freeText', textFormat: 'number' });
	await people.say(ada, 'no number');
	const called = await people.callUntilTaken(asked);
	expect(itemsOf(called, 1)[0]?.json).toMatchObject({ reason: 'notSent' });
	expect(await people.textsOf(ada)).toEqual(['Tell me']);
});

test('quiet hours hold a question back, and say until when', async () => {
	const hours = { from: '00:00', to: '23:59', days: [], timeZone: 'UTC', appliesTo: 'all' };
	const { error } = await ask({ contactRules: { quietHours: { hours } } });
	expect(error?.message).toMatch(/quiet/i);
	expect(await people.chatOf(ada)).toEqual([]);
});

test.each(['template', 'directSend'])(
	'another way (%s) is chosen under Ask By',
	async (ifClosed) => {
		const { error } = await ask({ contactRules: { ifClosed, template: `${box.name}:en_US` } });
		expect(error?.message).toContain('set Ask By to a template instead');
	},
);
