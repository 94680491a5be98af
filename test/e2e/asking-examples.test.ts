import { ChatClient, readableText } from '../../scripts/host/chat-client.ts';
import { nodeRuns } from '../../scripts/host/execution-data.ts';
import type { N8nApi } from '../../scripts/host/n8n-api.ts';
import { testAccount } from '../../scripts/host/test-account.ts';
import { present } from '../present';
import { until } from '../until';
import { sentTo, tap } from './asking-workflow';
import { importExample } from './examples';
import { e2eHost, ownerApi } from './host';

const { phoneNumberId } = testAccount;
const chat = new ChatClient(e2eHost().simulatorUrl);

let api: N8nApi;

beforeAll(async () => {
	api = await ownerApi();
});

const textsTo = async (waId: string): Promise<string[]> =>
	(await sentTo(chat, waId)).map(readableText);

/** Executes an imported example and returns what its nodes gave, once it has ended. */
const ended = async (executionId: string) => {
	const execution = await until('the execution ends', async () => {
		const found = await api.execution(executionId);
		return ['success', 'error', 'crashed'].includes(found.status) ? found : null;
	});
	return nodeRuns(execution.data ?? '');
};

test('"Approval by buttons" ships after a tap', async () => {
	const waId = '15550203011';
	const workflow = await importExample(api, 'approval-by-buttons', {
		'Ask for Approval': { recipient: `+${waId}` },
	});
	const id = await api.run(workflow.id, 'Start');
	await tap(chat, waId, 'Approve');
	const runs = await ended(id);
	expect(Object.keys(runs)).toContain('Ship It');
	expect(Object.keys(runs)).not.toContain('Stop It');
	expect((await textsTo(waId)).at(-1)).toBe('Thank you, noted.');
});

test('"Ask each person" goes on with each answer as it comes', async () => {
	const [ada, grace] = ['15550203013', '15550203014'];
	const guests = [
		{ name: 'Ada', phone: `+${ada}` },
		{ name: 'Grace', phone: `+${grace}` },
	];
	const workflow = await importExample(api, 'ask-each-person', {
		Guests: { jsonOutput: JSON.stringify({ guests }) },
	});
	await api.activate(workflow);
	const id = await api.run(workflow.id, 'Start');
	expect(Object.keys(await ended(id))).not.toContain('Ask Whether They Come');
	const ofGuests = async (status: string) =>
		(await api.executions(workflow.id)).filter((each) => each.id !== id && each.status === status);

	await tap(chat, grace, 'Yes');
	const [first] = await until('Grace has answered', async () => {
		const successful = await ofGuests('success');
		return successful.length > 0 ? successful : null;
	});
	expect(await ofGuests('waiting')).toHaveLength(1);
	expect(Object.keys(await ended(present(first).id))).toContain('Set a Place');

	await tap(chat, ada, 'No');
	await until('Ada has answered', async () => (await ofGuests('success')).length === 2);
	const [question] = await sentTo(chat, ada);
	expect(question?.body).toMatchObject({
		interactive: { body: { text: 'Hello Ada, will you come to our summer party on Friday?' } },
	});
});

test('"Address step by step" asks, checks, and has the address', async () => {
	const waId = '15550203012';
	const workflow = await importExample(api, 'address-step-by-step', {
		'Ask for the Address': { recipient: `+${waId}` },
	});
	const id = await api.run(workflow.id, 'Start');
	for (const [asked, answer] of [
		['Street', 'Main Street 1'],
		['Postal code?', 'ten thousand'],
		['five digits', '10115'],
		['City?', 'Berlin'],
	] as const) {
		await until(`"${asked}" is asked`, async () => (await textsTo(waId)).at(-1)?.includes(asked));
		await chat.type(phoneNumberId, waId, answer);
	}
	await tap(chat, waId, 'Higher up');
	const runs = await ended(id);
	expect(runs['Address']?.[0]?.outputs[0]?.[0]?.json).toEqual({
		street: 'Main Street 1',
		postalCode: '10115',
		city: 'Berlin',
		floor: 'Higher up',
	});
});
