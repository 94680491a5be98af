import { credentials, itemsOf, onlyJson } from '../node/account';
import { AskedPeople } from './askedPeople';

const people = new AskedPeople();
let ada: string;
let approval: { recipient: string; message: string };

beforeEach(async () => {
	await people.open();
	ada = people.somebody();
	approval = { recipient: ada, message: 'Pay 500 €?' };
});

test('a tap on a button resumes the execution', async () => {
	const asked = await people.ask(approval);
	expect(asked.error).toBeUndefined();
	expect(asked.waitTill).toMatch(/^3000-/);
	expect(await people.textsOf(ada)).toEqual(['Pay 500 €?']);

	await people.tap(ada, 'Approve');
	const called = await people.callOne();
	expect(called).toMatchObject({ status: 200, answer: 'taken', executionId: asked.executionId });
	expect(itemsOf(called, 1)).toEqual([]);
	expect(onlyJson(called)).toMatchObject({
		approved: true,
		answer: { id: 'approve', title: 'Approve', text: 'Approve', value: 'approve' },
		from: { recipient: ada, waId: ada.slice(1), name: `Name of ${ada.slice(1)}` },
		message: { type: 'interactive', text: 'Approve' },
	});
});

test('a denial is an answer, too', async () => {
	await people.ask(approval);
	await people.tap(ada, 'Deny');
	expect(onlyJson(await people.callOne())).toMatchObject({
		approved: false,
		answer: { id: 'deny' },
	});
});

test('without a published trigger, nothing is sent', async () => {
	await people.open({ isPublished: false });
	const { error, waitTill } = await people.ask(approval);
	expect(error?.message).toContain('No published WhatsApp Cloud Trigger');
	expect(waitTill).toBeUndefined();
	expect(await people.textsOf(ada)).toEqual([]);
});

test('a trigger that is not sent what people write receives no answers', async () => {
	await people.open({ parameters: { events: ['template'] } });
	const { error } = await people.ask(approval);
	expect(error?.message).toContain('No published WhatsApp Cloud Trigger');
	await people.open();
});

test('whatever fails, an input that says it is approved is not passed on', async () => {
	const { url } = people.state.simulator;
	for (const unusable of [{ accessToken: '' }, { appSecret: '' }, { stateStore: 'off' }]) {
		const result = await people.ask(
			{ recipient: people.somebody(), message: 'Refund?' },
			{
				credentials: credentials(url, unusable),
				items: [{ json: { approved: true } }],
				onError: 'continueRegularOutput',
			},
		);
		expect(onlyJson(result)).toEqual({ error: expect.stringMatching(/\w/) });
	}
});
