import { parseAccount } from '../../../nodes/WhatsAppCloud/graph/account';
import { accountKeyOf } from '../../../nodes/WhatsAppCloud/graph/identifiers';
import { credential, itemsOf, onlyJson } from '../node/account';
import { present } from '../../present';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;

beforeEach(async () => {
	await people.open();
	ada = people.somebody();
});

const ask = async (parameters: Record<string, unknown> = {}, request = {}) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters }, request);

const minute = 60_000;
const afterHour = {
	limitWaitTime: {
		values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' },
	},
};

test.each([
	[
		'choices',
		{ responseType: 'choice', choicesInput: 'json', choicesJson: '["Red", "Blue", "Red"]' },
	],
	[
		'choices of a form',
		{
			responseType: 'form',
			questionsInput: 'json',
			questionsJson: JSON.stringify([
				{ name: 'colour', text: 'Which?', kind: 'choice', choices: 'Red, Blue, Red' },
			]),
		},
	],
	['buttons of an approval', { approveLabel: 'Red', denyLabel: 'Red' }],
])('%s with equal titles are refused before anything is sent', async (_, parameters) => {
	const { error } = await ask(parameters);
	expect(error?.message).toContain('"Red"');
	expect(await people.chatOf(ada)).toEqual([]);
});

test('an answer that Meta delivers again after its question closed starts nothing', async () => {
	await ask({ responseType: 'freeText' });
	const { webhook } = await people.say(ada, 'words');
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { text: 'words' } });
	expect(await people.deliver(webhook)).toMatchObject({ startingIds: [], repeated: 0 });

	// Nor does it answer what the same person is asked next.
	await ask({ responseType: 'freeText' });
	expect(await people.deliver(webhook)).toMatchObject({ startingIds: [] });
	expect(await people.call()).toEqual([]);
	await people.say(ada, 'other words');
	expect(onlyJson(await people.callOne())).toMatchObject({ answer: { text: 'other words' } });
});

test('an answer that starts other workflows as well starts them once', async () => {
	await ask({ responseType: 'freeText', options: { startsWorkflows: true } });
	const { webhook, received } = await people.say(ada, 'words');
	expect(received.startingIds).toEqual(['trigger']);
	expect((await people.deliver(webhook)).startingIds).toEqual([]);
	await people.callOne();
	expect((await people.deliver(webhook)).startingIds).toEqual([]);
});

test('a person whose number gives way to a user ID in between answers all the same', async () => {
	const userId = `DE.${ada.slice(1)}`;
	await ask({ otherText: 'leave' });
	// Meta names both once, and then only the ID.
	await people.say(ada, 'Hello', { userId });
	const { received } = await people.say(userId, 'Approve');
	expect(received.startingIds).toEqual([]);
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: true,
		from: { recipient: ada, waId: null, userId },
	});
});

test('a person who takes another number in between answers from it', async () => {
	const userId = `DE.${ada.slice(1)}`;
	await ask({ recipient: userId });
	const newNumber = people.somebody();
	const { received } = await people.say(newNumber, 'Deny', { userId });
	expect(received.startingIds).toEqual([]);
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: false,
		from: { recipient: userId, waId: newNumber.slice(1) },
	});
});

const accountKey = accountKeyOf(parseAccount(credential('http://127.0.0.1:1')));

test('a picture where a button was to be tapped is asked again, or left to others', async () => {
	const picture = {
		type: 'image',
		image: { id: '1', mime_type: 'image/png', caption: 'Approve?' },
	};
	await ask();
	await people.say(ada, picture);
	expect((await people.callOne()).answer).toBe('waiting');
	expect(await people.textsOf(ada)).toEqual(['Tell me', 'Tell me']);
	await people.tap(ada, 'Approve');
	await people.callOne();

	await ask({ otherText: 'leave' });
	expect((await people.say(ada, picture)).received.startingIds).toEqual(['trigger']);
	expect(await people.call()).toEqual([]);
});

test('while the workflow of the trigger is unpublished, the limit ends the wait by itself', async () => {
	const asked = await ask({ options: afterHour });
	await people.open({ isPublished: false });
	const { executionId } = asked;
	const ended = await people.state.engine.resumeNode({ executionId });
	expect(itemsOf(ended, 0)).toEqual([]);
	expect(itemsOf(ended, 1)[0]?.json).toMatchObject({ reason: 'noAnswer' });
});

test('published again, the trigger brings the answer to what was asked before', async () => {
	await ask();
	await people.open({ isPublished: false });
	await people.open();
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
});

test('a deleted execution leaves its question lost, and the next one is asked', async () => {
	await ask({ message: 'First?' });
	await ask({ message: 'Second?' });
	expect(await people.textsOf(ada)).toEqual(['First?']);
	const [open] = await people.store.questions.openFor(accountKey, [ada]);
	// What the loop does once n8n says that there is no such execution.
	await people.store.questions.end(open?.waitId ?? '', Date.now());
	expect((await people.callOne()).answer).toBe('waiting');
	expect(await people.textsOf(ada)).toEqual(['First?', 'Second?']);
	// The button of the first one is still in the chat.
	const { received } = await people.say(ada, 'Approve');
	expect(received.startingIds).toEqual([]);
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
});

describe('a clock that jumps', () => {
	const hours = 60 * minute;

	test('ahead in the process of the trigger ends nothing early', async () => {
		const asked = await ask({ options: afterHour });
		const called = await people.call(Date.now() + 2 * hours);
		expect(called.find(({ executionId }) => executionId === asked.executionId)).toMatchObject({
			answer: 'waiting',
		});
		await people.tap(ada, 'Approve');
		expect(onlyJson(await people.callUntilTaken(asked))).toMatchObject({ approved: true });
	});

	test('back in the process of the trigger keeps no answer waiting', async () => {
		const asked = await ask({ options: afterHour });
		await people.tap(ada, 'Deny');
		const called = await people.call(Date.now() - 2 * hours);
		const own = called.find(({ executionId }) => executionId === asked.executionId);
		expect(onlyJson(present(own))).toMatchObject({ approved: false });
	});

	test('an answer with a time to come, as from a clock behind, counts if the limit is later', async () => {
		await ask({ options: afterHour });
		await people.say(ada, 'Approve', { at: Date.now() + 30 * minute });
		expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
	});
});
