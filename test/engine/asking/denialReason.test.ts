import { onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;
let approval: Record<string, unknown>;

beforeEach(async () => {
	await people.open();
	ada = people.somebody();
	approval = { recipient: ada, message: 'Pay 500 €?', askReason: true };
});

const deny = async () => {
	await people.ask(approval);
	await people.tap(ada, 'Deny');
	expect(await people.callOne()).toMatchObject({ answer: 'waiting' });
};

test('somebody who denies is asked why, and the item has what they write', async () => {
	await deny();
	expect((await people.textsOf(ada)).at(-1)).toBe('Why not? Write a few words, or tap the button.');
	await people.say(ada, 'Too much, offer 100 €');
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: false,
		denialReason: 'Too much, offer 100 €',
		answer: { id: 'deny', title: 'Deny' },
	});
});

test('a reason is no duty', async () => {
	await deny();
	await people.tap(ada, 'No reason');
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: false,
		denialReason: null,
		answer: { id: 'deny' },
	});
});

test('somebody who approves is asked nothing more', async () => {
	await people.ask(approval);
	await people.tap(ada, 'Approve');
	const called = await people.callOne();
	expect(onlyJson(called)).toMatchObject({ approved: true, denialReason: null });
	expect(await people.textsOf(ada)).toEqual(['Pay 500 €?']);
});
