import { itemsOf, onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;
let grace: string;

beforeEach(async () => {
	await people.open();
	[ada, grace] = [people.somebody(), people.somebody()];
});

const ask = async (parameters: Record<string, unknown> = {}) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters });

test('whoever writes that they want no more is asked no more', async () => {
	await ask({ responseType: 'freeText', options: { thanks: 'Thanks' } });
	await people.say(ada, 'STOP');
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'optedOut' });
	expect(await people.textsOf(ada)).toEqual(['Tell me']);

	await ask({ recipient: grace, denyLabel: 'Stop' });
	await people.tap(grace, 'Stop');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: false });
});

test('a choice that leaves other texts to other workflows ends with the word, and they get it', async () => {
	await ask({ otherText: 'leave' });
	const other = await people.say(ada, 'By the way');
	expect(other.received.startingIds).toEqual(['trigger']);
	expect(await people.call()).toEqual([]);

	const word = await people.say(ada, 'STOP');
	expect(word.received.startingIds).toEqual(['trigger']);
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'optedOut' });
	// Meta delivers it again.
	expect((await people.deliver(word.webhook)).startingIds).toEqual([]);
	expect(await people.call()).toEqual([]);
});

test('where only taps count, the word ends the question as well', async () => {
	await ask({ tapsOnly: true });
	const { received } = await people.say(ada, 'STOP');
	expect(received.startingIds).toEqual([]);
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'optedOut' });
});

test("a trigger's own words to opt out count for questions, too", async () => {
	await people.open({ parameters: { settings: { optOutWords: 'Schluss' } } });
	await ask({ responseType: 'freeText' });
	await people.say(ada, 'Stop');
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { text: 'Stop' } });

	await ask({ recipient: grace, otherText: 'leave' });
	await people.say(grace, 'SCHLUSS!');
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'optedOut' });
	await people.open();
});
