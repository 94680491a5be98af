import { itemsOf, onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();

beforeEach(async () => {
	await people.open();
});

/** Asks for each item, with what it says in the parameters. */
const askAll = async (items: Record<string, unknown>[], parameters: Record<string, unknown> = {}) =>
	await people.ask(
		{ recipient: '={{ $json.to }}', message: 'Tell me', ...parameters },
		{ items: items.map((json) => ({ json })) },
	);

const hour = 3_600_000;

const limit = {
	limitWaitTime: {
		values: {
			limitType: 'afterTimeInterval',
			resumeAmount: '={{ $json.seconds }}',
			resumeUnit: 'seconds',
		},
	},
};

test('each item has its own limit; n8n waits for the longest', async () => {
	const [ada, grace] = [people.somebody(), people.somebody()];
	const before = Date.now();
	const { waitTill, error } = await askAll(
		[
			{ to: ada, seconds: 2 },
			{ to: grace, seconds: 3_600 },
		],
		{ options: limit },
	);
	expect(error).toBeUndefined();
	expect(Date.parse(waitTill ?? '') - before).toBeGreaterThan(hour);
	const ended = await people.callUntil('waiting');
	expect(ended.outputs).toBeUndefined();
	await people.tap(ada, 'Approve');
	expect(await people.call()).toEqual([]);
	await people.tap(grace, 'Approve');
	const called = await people.callOne();
	expect(onlyJson(called)).toMatchObject({ itemIndex: 1, from: { recipient: grace } });
	expect(itemsOf(called, 1)).toMatchObject([
		{ json: { reason: 'noAnswer', itemIndex: 0, from: { recipient: ada } } },
	]);
});

test('a limit that has passed is the error of its item', async () => {
	const values = { limitType: 'atSpecifiedTime', maxDateAndTime: '={{ $json.until }}' };
	const [ada, grace] = [people.somebody(), people.somebody()];
	const items = [
		{ to: ada, until: '2099-01-01' },
		{ to: grace, until: '2020-01-01' },
	];
	const { error } = await askAll(items, { options: { limitWaitTime: { values } } });
	expect(error?.message).toMatch(/Limit Wait Time.*is in the past/);
	expect(await people.chatOf(ada)).toEqual([]);
});

test('each item says what to do if another question is open', async () => {
	const [ada, grace, mary] = [people.somebody(), people.somebody(), people.somebody()];
	for (const to of [ada, grace, mary]) await askAll([{ to }]);
	const asked = await people.ask(
		{
			recipient: '={{ $json.to }}',
			message: 'Second?',
			options: { ifOpen: '={{ $json.ifOpen }}' },
		},
		{
			items: [
				{ json: { to: ada, ifOpen: 'replace' } },
				{ json: { to: grace, ifOpen: 'fail' } },
				{ json: { to: mary, ifOpen: 'wait' } },
			],
			onError: 'continueRegularOutput',
		},
	);
	expect(asked.error).toBeUndefined();
	const textsOf = async () =>
		await Promise.all([ada, grace, mary].map(async (each) => await people.textsOf(each)));
	expect(await textsOf()).toEqual([['Tell me', 'Second?'], ['Tell me'], ['Tell me']]);
	for (const { answer } of await people.call()) expect(['taken', 'waiting']).toContain(answer);
	await people.tap(mary, 'Approve');
	await people.callUntil('taken');
	await people.callUntil('waiting');
	expect((await textsOf())[2]).toEqual(['Tell me', 'Second?']);
	await people.tap(mary, 'Approve');
	await people.tap(ada, 'Approve');
	const called = await people.callUntilTaken(asked);
	expect(itemsOf(called).map(({ json }) => json['itemIndex'])).toEqual([0, 2]);
	expect(itemsOf(called, 1)).toMatchObject([{ json: { reason: 'questionOpen', itemIndex: 1 } }]);
});

test('of 60 items, each person is asked once', async () => {
	const everybody = Array.from({ length: 60 }, () => people.somebody());
	const { error } = await askAll(everybody.map((to) => ({ to })));
	expect(error).toBeUndefined();
	for (const person of everybody) expect(await people.textsOf(person)).toEqual(['Tell me']);
	for (const person of everybody) await people.tap(person, 'Approve');
	const called = await people.callOne();
	expect(itemsOf(called).map(({ json }) => json['approved'])).toEqual(everybody.map(() => true));
});
