import { itemsOf, onlyJson } from '../node/account';
import { AskedPeople, targetsOf } from './askedPeople';

const people = new AskedPeople();
let ada: string;
let grace: string;

beforeEach(async () => {
	await people.open();
	[ada, grace] = [people.somebody(), people.somebody()];
});

const ask = async (parameters: Record<string, unknown> = {}, request = {}) =>
	await people.ask({ recipient: ada, message: 'Tell me', ...parameters }, request);

const afterHour = {
	limitWaitTime: {
		values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' },
	},
};
const minute = 60_000;

test('n8n waits a little longer than the limit, and then goes on by the second output', async () => {
	const before = Date.now();
	const { waitTill, executionId } = await ask({ options: afterHour });
	const ms = Date.parse(waitTill ?? '') - before;
	expect(Math.round(ms / minute)).toBe(62);
	const ended = await people.state.engine.resumeNode({ executionId });
	expect(itemsOf(ended, 0)).toEqual([]);
	expect(itemsOf(ended, 1)).toMatchObject([
		{ json: { approved: false, reason: 'noAnswer', answer: null, from: { recipient: ada } } },
	]);
});

test('nothing is due before the limit or the reminder', async () => {
	const reminder = { settings: { amount: 30, unit: 'minutes', text: 'Still there?' } };
	await ask({ options: { ...afterHour, reminder } });
	expect(await people.call()).toEqual([]);
	const now = Date.now();
	expect(await people.due(now + 29 * minute)).toEqual([]);
	expect(await people.due(now + 31 * minute)).toHaveLength(1);
});

test('a reminder and the end of a short limit', async () => {
	const values = { limitType: 'afterTimeInterval', resumeAmount: 3, resumeUnit: 'seconds' };
	const reminder = { settings: { amount: 1, unit: 'seconds', text: 'Still there?' } };
	await ask({ options: { limitWaitTime: { values }, reminder, expiredText: 'Too late' } });
	const called = await people.callUntil('taken');
	expect(itemsOf(called, 1)[0]?.json).toMatchObject({ reason: 'noAnswer' });
	expect(await people.textsOf(ada)).toEqual(['Tell me', 'Still there?', 'Too late']);
	// Too late.
	await people.tap(ada, 'Approve');
	expect(await people.call()).toEqual([]);
});

test('one question at a time: the second one waits for its turn', async () => {
	await ask({ message: 'First?' });
	await ask({ message: 'Second?' });
	expect(await people.textsOf(ada)).toEqual(['First?']);
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
	expect((await people.callOne()).answer).toBe('waiting');
	expect(await people.textsOf(ada)).toEqual(['First?', 'Second?']);
	await people.tap(ada, 'Deny');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: false });
});

test('a second question replaces the first one, or fails, by choice', async () => {
	await ask({ message: 'First?' });
	const failed = await ask({ message: 'Second?', options: { ifOpen: 'fail' } });
	expect(failed.error?.message).toContain('has not answered another question yet');
	const left = await ask({ options: { ifOpen: 'fail' } }, { onError: 'continueRegularOutput' });
	expect(itemsOf(left, 1)[0]?.json).toMatchObject({ reason: 'questionOpen' });
	await ask({ message: 'Third?', options: { ifOpen: 'replace' } });
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'replaced' });
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
	expect(await people.textsOf(ada)).toEqual(['First?', 'Third?']);
});

test('several items: all are answered, one item each, in their order', async () => {
	const { waitTill } = await ask(
		{ recipient: '={{ $json.to }}', message: '=Hello {{ $json.to }}' },
		{ items: [{ json: { to: ada } }, { json: { to: grace } }] },
	);
	expect(waitTill).toBeDefined();
	await people.tap(grace, 'Deny');
	expect((await people.callOne()).answer).toBe('waiting');
	await people.tap(ada, 'Approve');
	const items = itemsOf(await people.callOne());
	expect(items.map(({ json }) => json['approved'])).toEqual([true, false]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});

describe('several people', () => {
	const askBoth = async (needed: string) =>
		await ask({
			recipient: `${ada}, ${grace}`,
			options: {
				several: { settings: { needed, settledText: 'Already decided' } },
				thanks: 'Thanks',
			},
		});

	test('the first answer wins, and the other is told', async () => {
		await askBoth('first');
		await people.tap(grace, 'Approve');
		expect(onlyJson(await people.callOne())).toMatchObject({
			approved: true,
			from: { recipient: grace },
			replies: [{ state: 'settled' }, { state: 'answered' }],
		});
		expect(await people.textsOf(ada)).toEqual(['Tell me', 'Already decided']);
		expect(await people.textsOf(grace)).toEqual(['Tell me', 'Thanks']);
		await people.tap(ada, 'Deny');
		expect(await people.call()).toEqual([]);
	});

	test('all have to approve', async () => {
		await askBoth('all');
		await people.tap(grace, 'Approve');
		expect((await people.callOne()).answer).toBe('waiting');
		await people.tap(ada, 'Approve');
		expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
	});

	test('if somebody keeps the others from being enough, the reason is theirs', async () => {
		await askBoth('all');
		await people.say(grace, 'STOP');
		const called = await people.callOne();
		expect(itemsOf(called, 1)[0]?.json).toMatchObject({
			reason: 'optedOut',
			replies: [{ state: 'settled' }, { state: 'optedOut' }],
		});
	});

	test('more answers than people cannot be asked for', async () => {
		const several = { settings: { needed: 'some', number: 3 } };
		const { error } = await ask({ recipient: `${ada}, ${grace}`, options: { several } });
		expect(error?.message).toContain('asks for 3 answers, but 2 people are asked');
		const twice = await ask({ recipient: `${ada}, ${ada}` });
		expect(twice.error?.message).toContain('twice');
	});
});

test('what Meta refuses fails, or goes on by the second output, and a retry asks again', async () => {
	const refused = async () =>
		await people.state.simulator.addFault({ kind: 'error', code: 131026, count: 1 });
	await refused();
	const { error } = await ask();
	expect(error?.message).toMatch(/131026/);
	await refused();
	const left = await ask({}, { onError: 'continueRegularOutput' });
	expect(itemsOf(left, 1)[0]?.json).toMatchObject({ reason: 'notSent', approved: false });
	await refused();
	const retried = await ask({}, { retryOnFail: { maxTries: 2, waitMs: 0 } });
	expect(retried.error).toBeUndefined();
	expect(retried.waitTill).toBeDefined();
	expect(await people.textsOf(ada)).toEqual(['Tell me']);
	await people.tap(ada, 'Approve');
	expect(onlyJson(await people.callUntil('taken'))).toMatchObject({ approved: true });
});

test('an execution that the user retries finds its question and asks nothing twice', async () => {
	const asked = await ask();
	const again = await ask({}, { mode: 'retry', executionId: `${asked.executionId}9` });
	expect(again.waitTill).toBeDefined();
	expect(await people.textsOf(ada)).toEqual(['Tell me']);
	await people.tap(ada, 'Approve');
	const called = await people.callUntil('taken');
	expect(called.executionId).toBe(again.executionId);
});

test('taps on what is answered, or by somebody else, do nothing', async () => {
	await ask();
	const [sent] = await people.chatOf(ada);
	const [approve] = targetsOf(sent?.body ?? {});
	await people.tapId(grace, approve?.id ?? '');
	await people.tapId(ada, 'q:aaaaaaaaaaaaaaaaaaaaaaaa:0:o0');
	expect(await people.call()).toEqual([]);
	await people.tap(ada, 'Approve');
	await people.tap(ada, 'Deny');
	expect(onlyJson(await people.callOne())).toMatchObject({ approved: true });
	await people.tap(ada, 'Deny');
	expect(await people.call()).toEqual([]);
});

test('a cancelled question goes on by the second output', async () => {
	await ask();
	await people.cancel(ada);
	expect(itemsOf(await people.callOne(), 1)[0]?.json).toMatchObject({ reason: 'cancelled' });
	await people.tap(ada, 'Approve');
	expect(await people.call()).toEqual([]);
});
